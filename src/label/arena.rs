//! Memory for what is found in one comment: dozens of short lists, given back all at once before the next is read.

pub(super) use bumpalo::Bump as Arena;
pub(super) use bumpalo::collections::Vec as List;

/// The items as a list in the arena.
pub(super) fn listed<'a, T>(arena: &'a Arena, items: impl IntoIterator<Item = T>) -> List<'a, T> {
    List::from_iter_in(items, arena)
}

/// The items as a slice in the arena.
pub(super) fn kept<T>(arena: &Arena, items: impl IntoIterator<Item = T>) -> &[T] {
    listed(arena, items).into_bump_slice()
}
