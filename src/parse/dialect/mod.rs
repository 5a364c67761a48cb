//! The page families: one module each.

pub(crate) mod furniture;
pub(crate) mod lemmy;
pub(crate) mod named_list;
