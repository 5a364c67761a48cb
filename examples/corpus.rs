//! Writes a generated corpus: `cargo run --release --example corpus -- 200000 7 > corpus.ndjson` gives 200,000 comments
//! of seed 7 as NDJSON, `… -- 20000 7 lemmy` a Lemmy page. The profile that fits is `benches/corpus/profile.toml`.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise| arguments.next().and_then(|a| a.parse().ok()).unwrap_or(otherwise);
    let (count, seed) = (number(20_000), number(7));
    let comments = corpus::Corpus::new(seed).take(usize::try_from(count).unwrap_or_default());
    let mut out = io::BufWriter::new(io::stdout().lock());
    if arguments.next().as_deref() == Some("lemmy") {
        return out.write_all(corpus::lemmy_page(comments).as_bytes());
    }
    let mut line = String::new();
    for comment in comments {
        line.clear();
        corpus::ndjson_line(&mut line, &comment);
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}
