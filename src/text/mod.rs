//! Text: words, blocks, sentences. Everything keeps byte offsets into the text it was made from.

mod contraction;
mod eight;
mod emoji;
mod letters;
mod lexer;
mod lookup;
mod segment;
mod short;
mod token;
mod words;

pub use lexer::{add_tokens, tokenize, tokenize_new};
pub use segment::{blocks, sentences};
pub use token::{Kind, Token};
pub use words::{WordId, Words, mark};
