//! Stances in colour, for a terminal.

use crate::label::Stance;
use anstyle::{Ansi256Color, Style};

/// Paints by stance, in hues near those of the figures; the default leaves text as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Paints if `on`.
    pub fn new(on: bool) -> Self {
        Paint { on }
    }

    /// `text` in the colour of the stance.
    pub fn stance(self, stance: Stance, text: &str) -> String {
        if !self.on {
            return text.to_owned();
        }
        let colour = match stance {
            Stance::Support => 39,
            Stance::Deny => 208,
            Stance::Query => 178,
            Stance::Comment => 245,
        };
        let style = Style::new().fg_color(Some(Ansi256Color(colour).into()));
        format!("{style}{text}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_put_around_the_words_or_not_at_all() {
        assert_eq!(Paint::default().stance(Stance::Deny, "deny"), "deny");
        assert_eq!(Paint::new(true).stance(Stance::Deny, "deny"), "\u{1b}[38;5;208mdeny\u{1b}[0m");
    }
}
