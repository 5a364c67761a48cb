//! The JSON Schemas of all that is written as JSON; `docs/schema` holds them.

use super::eval::packs::Packs;
use crate::coding::Agreement;
use crate::convert::Row;
use crate::report::{Document, Manifest, Record, Summary};
use crate::stats::Evaluation;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

/// A coding by hand, as the report page exports it in a list.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "the page writes it, this names its fields")]
struct Coding {
    /// Id of the comment.
    id: String,
    /// Its thread.
    thread_id: String,
    /// The stance; empty if only the sentiment was coded.
    label: String,
    /// The sentiment; empty if only the stance was coded.
    sentiment: String,
    /// Who coded.
    coder: String,
}

/// Name and JSON Schema (draft 2020-12) of each kind of JSON that is written:
/// `labelled-comment` (a line of `label --format json`), `summary`, `manifest`, `page` (`thread --format json`), `comment` (a
/// line of `convert --to ndjson`), `evaluation`, `coder-agreement` and `pack-comparison` (`eval --format json`, with
/// `--codings`, with `--compare`), `codings` (the report page's export). They allow no fields that they do not name.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("labelled-comment", of::<Record<'_>>()),
        ("summary", of::<Summary>()),
        ("manifest", of::<Manifest<'_>>()),
        ("page", of::<Document<'_>>()),
        ("comment", of::<Row<'_>>()),
        ("evaluation", of::<Evaluation>()),
        ("coder-agreement", of::<Agreement>()),
        ("pack-comparison", of::<Packs<'_>>()),
        ("codings", of::<Vec<Coding>>()),
    ]
}

fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.with_transform(RecursiveTransform(close)).into_generator().into_root_schema_for::<T>()
}

/// Allows no fields beside those that are named.
fn close(schema: &mut Schema) {
    if schema.get("properties").is_some() && schema.get("additionalProperties").is_none() {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// `BLESS=1 cargo test schemas` writes them anew.
    #[test]
    fn the_published_schemas_are_current() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
        for (name, schema) in schemas() {
            let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
            let path = folder.join(format!("{name}.json"));
            if std::env::var_os("BLESS").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &text).unwrap();
            }
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == text, "{name}.json is stale: BLESS=1 cargo test schemas");
        }
        let kept: BTreeSet<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        let known: BTreeSet<String> = schemas().iter().map(|(name, _)| format!("{name}.json")).collect();
        assert_eq!(kept, known);
    }
}
