//! The shipped rule pack, built into the program.

/// The files of the English pack, sorted by name.
pub const FILES: &[(&str, &str)] = &[
    ("rules/en/approval.toml", include_str!("../../rules/en/approval.toml")),
    ("rules/en/cues.toml", include_str!("../../rules/en/cues.toml")),
    ("rules/en/downplay.toml", include_str!("../../rules/en/downplay.toml")),
    ("rules/en/epistemic.toml", include_str!("../../rules/en/epistemic.toml")),
    ("rules/en/form.toml", include_str!("../../rules/en/form.toml")),
    ("rules/en/inflection.toml", include_str!("../../rules/en/inflection.toml")),
    ("rules/en/lists.toml", include_str!("../../rules/en/lists.toml")),
    ("rules/en/pack.toml", include_str!("../../rules/en/pack.toml")),
    ("rules/en/question.toml", include_str!("../../rules/en/question.toml")),
    ("rules/en/quotation.toml", include_str!("../../rules/en/quotation.toml")),
    ("rules/en/reply.toml", include_str!("../../rules/en/reply.toml")),
    ("rules/en/role.toml", include_str!("../../rules/en/role.toml")),
    ("rules/en/sarcasm.toml", include_str!("../../rules/en/sarcasm.toml")),
    ("rules/en/sentiment.tsv", include_str!("../../rules/en/sentiment.tsv")),
    ("rules/en/valence.toml", include_str!("../../rules/en/valence.toml")),
    ("rules/en/whataboutism.toml", include_str!("../../rules/en/whataboutism.toml")),
];
