//! Which characters are pictographs, and which only dress them.

/// A pictograph (the blocks that hold emoji; Unicode Technical Standard 51).
pub fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{2190}'..='\u{21FF}' | '™')
}

/// Joiners, variation selectors and skin tones: no token of their own.
pub fn is_dressing(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{FEFF}' | '\u{2060}')
}
