//! Memory for what is found in one comment: dozens of short lists, given back all at once before the next is read.

pub(super) use bumpalo::Bump as Arena;
pub(super) use bumpalo::collections::Vec as List;

/// The items as a list in the arena.
pub(super) fn listed<'a, T>(arena: &'a Arena, items: impl IntoIterator<Item = T>) -> List<'a, T> {
    List::from_iter_in(items, arena)
}

/// Items whose number is known, as a slice in the arena.
pub(super) fn kept<T, I>(arena: &Arena, items: I) -> &mut [T]
where
    I: IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
{
    arena.alloc_slice_fill_iter(items)
}

/// The same item so many times.
pub(super) fn filled<T: Copy>(arena: &Arena, item: T, count: usize) -> &mut [T] {
    arena.alloc_slice_fill_copy(count, item)
}
