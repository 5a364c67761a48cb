//! Values of exports, which change their type from version to version: `null`, a number, a string, `false`.

use serde::Deserialize;
use serde_json::Value;

/// Any value; asked for what is needed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Loose(pub Value);

impl Loose {
    /// A string that is not empty, or a number as text.
    pub fn text(&self) -> Option<String> {
        match &self.0 {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => {
                Some(match number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 1e15) {
                    Some(whole) => format!("{whole:.0}"),
                    None => number.to_string(),
                })
            }
            _ => None,
        }
    }

    /// The string; empty where there is none.
    pub fn words(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }

    /// A number, rounded, or a string of digits.
    pub fn number(&self) -> Option<i64> {
        match &self.0 {
            Value::Number(n) => n.as_i64().or_else(|| n.as_f64().map(|f| f.round() as i64)),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// True for `true`, and for what stands in its place, such as the time of an edit.
    pub fn is_set(&self) -> bool {
        match &self.0 {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.is_empty(),
            Value::Number(n) => n.as_f64() != Some(0.0),
            _ => true,
        }
    }

    /// True if nothing is there.
    pub fn is_none(&self) -> bool {
        self.0.is_null()
    }

    /// A value inside, by keys.
    pub fn at(&self, keys: &[&str]) -> Loose {
        let inner = keys.iter().try_fold(&self.0, |value, key| value.get(key));
        Loose(inner.cloned().unwrap_or_default())
    }
}
