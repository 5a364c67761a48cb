//! Opens contractions, so that one pattern serves `isn't`, `isnt` and `is not`.

/// A contraction opened: bytes of the first part as it stands, the word of the first part, the word of the second.
pub type Opened<'w> = (usize, &'w str, &'static str);

/// Those that no ending tells, in the order of their numbers.
pub fn fixed() -> impl Iterator<Item = &'static str> {
    FIXED.iter().map(|f| f.0)
}

/// The one at that place of [`fixed`].
pub fn opened(place: usize) -> Option<Opened<'static>> {
    FIXED.get(place).map(|(_, length, first, second)| (*length, *first, *second))
}

/// Splits a lower-case word (apostrophes already straight) that is not fixed by its ending. `None` if it is no
/// contraction.
pub fn by_ending(word: &str) -> Option<Opened<'_>> {
    ENDINGS.iter().find_map(|(ending, second)| {
        let first = word.strip_suffix(ending)?;
        (!first.is_empty()).then_some((first.len(), first, *second))
    })
}

const ENDINGS: [(&str, &str); 7] = [
    ("n't", "not"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'m", "am"),
    ("'d", "'d"),
    ("'s", "'s"),
];

/// Irregular ones and those written without an apostrophe, where no other word is spelt so.
const FIXED: [(&str, usize, &str, &str); 33] = [
    ("can't", 2, "can", "not"),
    ("won't", 2, "will", "not"),
    ("shan't", 3, "shall", "not"),
    ("cannot", 3, "can", "not"),
    ("aint", 2, "is", "not"),
    ("ain't", 2, "is", "not"),
    ("arent", 3, "are", "not"),
    ("cant", 2, "can", "not"),
    ("couldnt", 5, "could", "not"),
    ("didnt", 3, "did", "not"),
    ("doesnt", 4, "does", "not"),
    ("dont", 2, "do", "not"),
    ("hadnt", 3, "had", "not"),
    ("hasnt", 3, "has", "not"),
    ("havent", 4, "have", "not"),
    ("heres", 4, "here", "'s"),
    ("im", 1, "i", "am"),
    ("isnt", 2, "is", "not"),
    ("ive", 1, "i", "have"),
    ("shouldnt", 6, "should", "not"),
    ("thats", 4, "that", "'s"),
    ("theres", 5, "there", "'s"),
    ("theyre", 4, "they", "are"),
    ("theyve", 4, "they", "have"),
    ("wasnt", 3, "was", "not"),
    ("werent", 4, "were", "not"),
    ("whats", 4, "what", "'s"),
    ("wheres", 5, "where", "'s"),
    ("wont", 2, "will", "not"),
    ("wouldnt", 5, "would", "not"),
    ("yall", 1, "you", "all"),
    ("y'all", 1, "you", "all"),
    ("youre", 3, "you", "are"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn open(word: &str) -> Option<Opened<'_>> {
        fixed().position(|f| f == word).and_then(opened).or_else(|| by_ending(word))
    }

    #[test]
    fn parts_cover_the_word() {
        assert_eq!(open("isn't"), Some((2, "is", "not")));
        assert_eq!(open("can't"), Some((2, "can", "not")));
        assert_eq!(open("dont"), Some((2, "do", "not")));
        assert_eq!(open("they're"), Some((4, "they", "are")));
        assert_eq!(open("korea's"), Some((5, "korea", "'s")));
        assert_eq!(open("'s"), None);
        assert_eq!(open("its"), None);
    }
}
