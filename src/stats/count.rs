//! Counts of labels and the shares they make.

use super::interval::{Interval, Wilson};
use crate::label::{Sentiment, Stance};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use std::marker::PhantomData;

/// A closed set of labels that can be counted.
pub trait Class: Copy + PartialEq + 'static {
    /// Every label, in the order of reports.
    const ALL: &'static [Self];

    /// The name used in data and output.
    fn name(self) -> &'static str;
}

/// How often each label of a set was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts<C> {
    counts: Vec<u64>,
    class: PhantomData<C>,
}

/// One label's count with its share of all, in [0, 1], and the interval of that share. Written to data with four
/// decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Comments with the label.
    pub count: u64,
    /// Of all labelled comments; `None` without any.
    pub share: Option<f64>,
    /// The interval of the share; (0, 1) without any comment.
    pub interval: Interval,
}

/// The shares of every label of a set over the same comments.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution<C> {
    n: u64,
    shares: Vec<(C, Share)>,
}

impl<C: Class> Counts<C> {
    /// Counts one more.
    pub fn add(&mut self, class: C) {
        for (known, count) in C::ALL.iter().zip(&mut self.counts) {
            *count += u64::from(*known == class);
        }
    }

    /// Counts all of another.
    pub fn merge(&mut self, other: &Counts<C>) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// How often a label was given.
    pub fn of(&self, class: C) -> u64 {
        C::ALL.iter().zip(&self.counts).find(|(known, _)| **known == class).map_or(0, |(_, count)| *count)
    }

    /// All together.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Shares of the whole with their intervals.
    pub fn distribution(&self, wilson: &Wilson) -> Distribution<C> {
        let n = self.total();
        let share = |count: u64| Share {
            count,
            share: (n > 0).then(|| count as f64 / n as f64),
            interval: wilson.interval(count, n),
        };
        Distribution { n, shares: C::ALL.iter().zip(&self.counts).map(|(c, k)| (*c, share(*k))).collect() }
    }
}

impl<C: Class> Distribution<C> {
    /// Number of labelled comments.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The share of one label.
    pub fn of(&self, class: C) -> Share {
        let none = Share { count: 0, share: None, interval: Interval { low: 0.0, high: 1.0 } };
        self.shares.iter().find(|(known, _)| *known == class).map_or(none, |(_, share)| *share)
    }

    /// Every label with its share, in the order of reports.
    pub fn iter(&self) -> impl Iterator<Item = (C, Share)> + '_ {
        self.shares.iter().copied()
    }
}

impl<C: Class> Default for Counts<C> {
    fn default() -> Self {
        Counts { counts: vec![0; C::ALL.len()], class: PhantomData }
    }
}

impl<C: Class> Serialize for Distribution<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.shares.len() + 1))?;
        map.serialize_entry("n", &self.n)?;
        for (class, share) in &self.shares {
            map.serialize_entry(class.name(), share)?;
        }
        map.end()
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("count", &self.count)?;
        map.serialize_entry("share", &self.share.map(round4))?;
        map.serialize_entry("low", &round4(self.interval.low))?;
        map.serialize_entry("high", &round4(self.interval.high))?;
        map.end()
    }
}

impl<C: Class> JsonSchema for Distribution<C> {
    fn schema_name() -> Cow<'static, str> {
        let class = std::any::type_name::<C>();
        Cow::Owned(format!("{}Shares", class.rsplit("::").next().unwrap_or(class)))
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<Share>();
        let mut schema = json_schema!({
            "description": "How often each label was given.",
            "type": "object",
            "properties": {"n": {"description": "Labelled comments; sentences for sides.", "type": "integer", "minimum": 0}},
            "required": ["n"],
        });
        let names = || C::ALL.iter().map(|c| c.name());
        if let Some(properties) = schema.get_mut("properties").and_then(|p| p.as_object_mut()) {
            properties.extend(names().map(|name| (name.to_owned(), share.clone().to_value())));
        }
        if let Some(required) = schema.get_mut("required").and_then(|r| r.as_array_mut()) {
            required.extend(names().map(|name| name.into()));
        }
        schema
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A count with its share of all and the interval of that share.",
            "type": "object",
            "properties": {
                "count": {"description": "How many.", "type": "integer", "minimum": 0},
                "share": {"description": "Of all; null without any.", "type": ["number", "null"], "minimum": 0, "maximum": 1},
                "low": {"description": "Lower bound.", "type": "number", "minimum": 0, "maximum": 1},
                "high": {"description": "Upper bound.", "type": "number", "minimum": 0, "maximum": 1},
            },
            "required": ["count", "share", "low", "high"],
        })
    }
}

/// Four decimals, without a negative zero: the precision of every number in data.
pub(crate) fn round4(x: f64) -> f64 {
    rounded(x * 10_000.0) / 10_000.0 + 0.0
}

/// As `f64::round` but for the sign of a zero, without a call where the number is small: the number below one half is
/// added, so that what is just below a half stays down.
fn rounded(x: f64) -> f64 {
    const HALF: f64 = 0.5 - f64::EPSILON / 4.0;
    if x.abs() < 1e15 { (x + HALF.copysign(x)) as i64 as f64 } else { x.round() }
}

/// A probability of a test: four decimals, small ones with three significant digits.
pub(crate) fn round_p(p: f64) -> f64 {
    if p >= 0.001 { round4(p) } else { format!("{p:.2e}").parse().unwrap_or(p) }
}

impl Class for Stance {
    const ALL: &'static [Stance] = &Stance::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

impl Class for Sentiment {
    const ALL: &'static [Sentiment] = &Sentiment::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(stances: &[Stance]) -> Counts<Stance> {
        let mut counts = Counts::default();
        stances.iter().for_each(|s| counts.add(*s));
        counts
    }

    #[test]
    fn numbers_are_rounded_as_the_library_rounds_them() {
        let halves = (-4000..4000).map(|i| f64::from(i) / 2.0);
        let near = halves.flat_map(|x| [x, x.next_up(), x.next_down()]);
        let far = (0..64).flat_map(|i| [1.0, 1.5, 1.25].map(|x| x * (2.0_f64).powi(i)));
        for x in near.chain(far).chain([f64::NAN, f64::INFINITY, 0.5_f64.next_down(), 1e15, -1e15, 1e300]) {
            assert!(rounded(x) == x.round() || x.is_nan() && rounded(x).is_nan(), "{x:e}");
        }
    }

    #[test]
    fn counts_add_up() {
        let mut all = counts(&[Stance::Support, Stance::Deny, Stance::Support]);
        all.merge(&counts(&[Stance::Query]));
        assert_eq!((all.of(Stance::Support), all.of(Stance::Comment), all.total()), (2, 0, 4));
        let shares: f64 = all.distribution(&Wilson::new(0.95)).iter().filter_map(|(_, s)| s.share).sum();
        assert!((shares - 1.0).abs() < 1e-12);
    }

    #[test]
    fn data_name_each_label_and_round() {
        let json =
            serde_json::to_string(&counts(&[Stance::Deny; 3]).distribution(&Wilson::new(0.95))).unwrap();
        assert_eq!(
            json,
            concat!(
                r#"{"n":3,"support":{"count":0,"share":0.0,"low":0.0,"high":0.5615},"#,
                r#""deny":{"count":3,"share":1.0,"low":0.4385,"high":1.0},"#,
                r#""query":{"count":0,"share":0.0,"low":0.0,"high":0.5615},"#,
                r#""comment":{"count":0,"share":0.0,"low":0.0,"high":0.5615}}"#,
            )
        );
    }

    #[test]
    fn no_comments_have_no_share() {
        let none = counts(&[]).distribution(&Wilson::new(0.95));
        assert_eq!((none.n(), none.of(Stance::Deny).share), (0, None));
        assert!(round4(-0.000_01).is_sign_positive());
    }
}
