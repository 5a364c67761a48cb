//! Times of comments, and the steps they are counted in.

use crate::label::Stance;
use crate::stats::Counts;
use crate::thread::Comment;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// Rows that a figure over time has at most.
const MOST_STEPS: i64 = 12;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Lengths of a step: seconds, how many of the unit, the unit.
const STEPS: [(i64, i64, &str); 10] = [
    (600, 10, "min"),
    (HOUR, 1, "h"),
    (3 * HOUR, 3, "h"),
    (6 * HOUR, 6, "h"),
    (DAY, 1, "days"),
    (3 * DAY, 3, "days"),
    (7 * DAY, 1, "weeks"),
    (28 * DAY, 4, "weeks"),
    (364 * DAY, 52, "weeks"),
    (3640 * DAY, 520, "weeks"),
];

/// Rows that the longest step has at most; later comments are left out.
const MOST_LONGEST: i64 = 1000;

/// The stances of some comments, and those without the unsure.
pub(super) type Step = (Counts<Stance>, Counts<Stance>);

/// Comments by the time since the first of their thread. Which step fits shows at the end, so that each is counted, as
/// far as it could be the one.
#[derive(Debug, Default)]
pub(super) struct Times {
    /// The longest time.
    span: i64,
    steps: [Vec<Step>; STEPS.len()],
}

impl Times {
    /// Adds the comments of a thread: when, which stance, and whether that is unsure.
    pub fn add(&mut self, comments: &[(i64, Stance, bool)]) {
        let first = comments.iter().map(|c| c.0).min().unwrap_or(0);
        for (time, stance, unsure) in comments {
            let elapsed = time.saturating_sub(first);
            self.span = self.span.max(elapsed);
            for (i, ((length, ..), steps)) in STEPS.iter().zip(&mut self.steps).enumerate() {
                let most = if i + 1 < STEPS.len() { MOST_STEPS } else { MOST_LONGEST };
                let at = elapsed / length;
                if at >= most {
                    continue;
                }
                steps.resize(steps.len().max(at as usize + 1), Step::default());
                let Some((all, sure)) = steps.get_mut(at as usize) else { continue };
                all.add(*stance);
                if !unsure {
                    sure.add(*stance);
                }
            }
        }
    }

    /// The steps that fit, their length and its unit.
    pub fn steps(&self) -> (&[Step], i64, &'static str) {
        let (at, (_, length, unit)) = step(self.span);
        (self.steps.get(at).map_or(&[], Vec::as_slice), length, unit)
    }

    /// True if no two comments of a thread are told apart by their times.
    pub fn are_one(&self) -> bool {
        self.span == 0
    }
}

/// When a comment was written, in seconds from some point that all comments of its page share: the time that the input
/// gives, else the age that the page prints, counted back from the moment of saving.
pub(super) fn seconds(comment: &Comment) -> Option<i64> {
    let created = comment.created.as_deref().and_then(instant);
    created.or_else(|| Some(-age(comment.age.as_deref()?)?))
}

/// The step for comments over `span` seconds, and its place.
fn step(span: i64) -> (usize, (i64, i64, &'static str)) {
    let fits = |(length, ..): &(i64, i64, &'static str)| span / length < MOST_STEPS;
    let at = STEPS.iter().position(fits).unwrap_or(STEPS.len() - 1);
    (at, STEPS[at])
}

/// `2031-05-17T10:00:00Z`, with or without time and zone, or seconds since 1970.
fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let whole = || text.split('.').next()?.parse::<i64>().ok();
    let zoned = || text.parse::<Timestamp>().ok().map(|t| t.as_second());
    let utc = |t: DateTime| t.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|z| z.timestamp().as_second());
    let civil = || text.parse::<DateTime>().ok().and_then(utc);
    let date = || text.parse::<Date>().ok().and_then(|d| utc(d.at(0, 0, 0, 0)));
    whole().or_else(zoned).or_else(civil).or_else(date)
}

/// `8 hours ago`, `3d`, `a year ago`, in seconds.
fn age(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(digits)?;
    let rest = rest.trim_start();
    let (number, unit) = match rest.strip_prefix("an ").or_else(|| rest.strip_prefix("a ")) {
        Some(unit) if number.is_empty() => (1, unit),
        _ => (number.parse::<i64>().ok().filter(|n| *n < 100_000)?, rest),
    };
    let unit = unit.split_whitespace().next()?;
    let seconds = match unit {
        "s" | "sec" | "second" | "seconds" => 1,
        "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hr" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7 * DAY,
        "mo" | "month" | "months" => 30 * DAY,
        "y" | "yr" | "year" | "years" => 365 * DAY,
        _ => return None,
    };
    Some(number * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_ages_are_read() {
        assert_eq!(instant("2031-05-17T10:00:00Z"), Some(1_936_778_400));
        assert_eq!(instant("2031-05-17"), instant("2031-05-17T00:00:00"));
        assert_eq!((instant("1936778400.5"), instant("soon")), (Some(1_936_778_400), None));
        let ages = ["8 hours ago", "3d", "a year ago", "an hour ago", "just now", "2 moons ago"].map(age);
        assert_eq!(ages, [Some(28_800), Some(259_200), Some(31_536_000), Some(3600), None, None]);
    }

    #[test]
    fn steps_follow_the_span() {
        let steps = [600, 8000, 200_000, 900_000, 9_000_000].map(|s| step(s).1.0);
        assert_eq!(steps, [600, HOUR, 6 * HOUR, DAY, 28 * DAY]);
    }
}
