//! Removes secrets from headers and bodies before they are logged.

use super::{each_word, possible_url, text};
use tracing::level_filters::LevelFilter;

/// Stands for a secret in the log.
const HIDDEN: &str = "***";

/// What precedes the secrets of signed URLs, and of requests that a response quotes, in lower case.
const SIGNING: &[&str] = &[
    "authorization: bearer ",
    "password=",
    "signature=",
    "token=",
    "x-amz-bearer: ",
    "x-amz-credential=",
    "x-amz-security-token: ",
];

/// The value of a header with URLs, for the log: without user names, passwords, queries and fragments.
pub(crate) fn links(value: &str) -> String {
    let without_query = |word: &str| {
        let Some(at) = word.find(['?', '#']) else {
            return word.to_owned();
        };
        let (path, query) = word.split_at(at);
        let mut end = query.chars();
        let end = end.next_back().filter(|c| ends_a_link(*c));
        let mark = query.get(..1).unwrap_or_default();
        format!(
            "{path}{mark}{HIDDEN}{}",
            end.map(String::from).unwrap_or_default()
        )
    };
    without_signatures(&each_word(&text(value), ends_a_link, without_query))
}

/// Quotes and commas don't end a link: a query can contain them.
fn ends_a_link(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>')
}

/// The text of a body, for the log: without user names, passwords and signatures of URLs. Whoever has a signed URL can
/// act as its signer.
pub(crate) fn body(text: &str) -> String {
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | ',' | '&');
    let with_slashes = |word: &str| {
        if word.contains("//") || word.to_ascii_lowercase().contains("%2f%2f") {
            possible_url(word)
        } else {
            word.to_owned()
        }
    };
    without_signatures(&each_word(text, is_separator, with_slashes))
}

fn without_signatures(text: &str) -> String {
    // As long as the text, byte for byte.
    let lower = text.to_ascii_lowercase();
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(end) = next_signature(&lower, from) {
        shown.push_str(text.get(from..end).unwrap_or_default());
        shown.push_str(HIDDEN);
        let value = lower.as_bytes().iter().skip(end);
        from = end + value.take_while(|byte| is_in_query(**byte)).count();
    }
    shown + text.get(from..).unwrap_or_default()
}

/// The start of the value of the next signing parameter.
fn next_signature(lower: &str, from: usize) -> Option<usize> {
    let rest = lower.get(from..)?;
    let ends = SIGNING
        .iter()
        .filter_map(|name| Some(from + rest.find(name)? + name.len()));
    ends.min()
}

/// Whether it can be part of a parameter's value.
fn is_in_query(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%+/=".contains(&byte)
}

/// Runs the signing library with logging off: at the level `trace` it logs headers with secrets in them.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    if LevelFilter::current() < LevelFilter::TRACE {
        return work();
    }
    tracing::dispatcher::with_default(&tracing::Dispatch::none(), work)
}
