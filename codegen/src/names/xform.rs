//! Names of commands and options as in the AWS CLI.

/// Words in operation names that the AWS CLI doesn't split; botocore lists the operations one by one.
const WORDS: &[(&str, &str)] = &[
    ("OTel", "Otel"),
    ("PartiQL", "Partiql"),
    ("WhatsApp", "Whatsapp"),
    ("HITsFor", "HitsFor"),
    ("iSCSI", "Iscsi"),
];

/// The name of an operation with these words joined.
pub(super) fn with_words(name: &str) -> String {
    WORDS
        .iter()
        .fold(name.to_owned(), |name, (word, one)| name.replace(word, one))
}

/// Adds a hyphen before every capitalized word, and between a lower-case letter or digit and a capital.
pub(super) fn xform(name: &str) -> String {
    if name.contains('-') {
        return name.to_owned();
    }
    after_small(&before_words(&plural_apart(name))).to_ascii_lowercase()
}

/// `GatewayARNs` → `Gateway-arns`: at least two capitals and an `s` at the end.
fn plural_apart(name: &str) -> String {
    let Some(stem) = name.strip_suffix('s') else {
        return name.to_owned();
    };
    let start = stem
        .trim_end_matches(|c: char| c.is_ascii_uppercase())
        .len();
    if stem.len() - start < 2 {
        return name.to_owned();
    }
    format!("{}-{}", &name[..start], name[start..].to_ascii_lowercase())
}

/// A string with room for the name and some hyphens.
fn with_room(name: &str) -> String {
    String::with_capacity(name.len() + 8)
}

/// Adds a hyphen before a capital followed by lower-case letters, except at the start.
fn before_words(name: &str) -> String {
    let mut out = with_room(name);
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let word = c.is_ascii_uppercase() && chars.peek().is_some_and(char::is_ascii_lowercase);
        if word && !out.is_empty() {
            out.push('-');
        }
        out.push(c);
    }
    out
}

/// Adds a hyphen between a lower-case letter or digit and a capital.
fn after_small(name: &str) -> String {
    let mut out = with_room(name);
    let mut last = '-';
    for c in name.chars() {
        if c.is_ascii_uppercase() && (last.is_ascii_lowercase() || last.is_ascii_digit()) {
            out.push('-');
        }
        out.push(c);
        last = c;
    }
    out
}
