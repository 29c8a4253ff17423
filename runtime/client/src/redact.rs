//! Removes user names, passwords and signatures from URLs in messages and in the log.

#[cfg(feature = "client")]
mod log;

#[cfg(feature = "client")]
pub(crate) use log::{body, links, quietly};

/// Stands for a sensitive value.
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// The headers that tell who the caller is.
const SECRET_HEADERS: &[&str] = &[
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
    "x-amz-bearer",
    "x-amz-security-token",
    "x-amz-s3session-token",
];

/// The schemes that stay visible.
const SCHEMES: [&str; 2] = ["http://", "https://"];

/// Whether a header tells who the caller is. `name` is in lower case.
pub fn is_secret_header(name: &str) -> bool {
    SECRET_HEADERS.contains(&name)
}

/// Removes user name and password from a text that is meant to be a URL, even if it isn't valid: everything between the
/// scheme and the last `@`, which may be percent-encoded.
pub fn url(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let scheme = SCHEMES.iter().find(|scheme| lower.starts_with(**scheme));
    cut(text, scheme.map_or(0, |scheme| scheme.len()))
}

/// The same for a text that may be something else, such as an argument: only if `:` or `//` comes before the `@`, and not
/// for an ARN, which can end with the name of a session.
pub fn possible_url(text: &str) -> String {
    let before = text.get(..end_of_user(text).unwrap_or(0));
    let before = before.unwrap_or(text).to_ascii_lowercase();
    let has_mark = [":", "//", "%3a"].iter().any(|mark| before.contains(mark));
    if !has_mark || before.starts_with("arn:") {
        return text.to_owned();
    }
    let starts = SCHEMES.iter();
    let starts = starts.filter_map(|scheme| Some(before.find(scheme)? + scheme.len()));
    cut(text, starts.min().unwrap_or(0))
}

/// Removes user names and passwords from the URLs in a text.
pub fn text(text: &str) -> String {
    each_word(text, char::is_whitespace, possible_url)
}

/// Applies `change` to each part of a text between separators.
fn each_word(
    text: &str,
    is_separator: impl Fn(char) -> bool,
    change: impl Fn(&str) -> String,
) -> String {
    let words = text.split_inclusive(is_separator);
    words.map(change).collect()
}

/// The text without what is between `start` and the end of user and password.
fn cut(text: &str, start: usize) -> String {
    let end = end_of_user(text).filter(|end| *end >= start);
    let kept = end.and_then(|end| Some((text.get(..start)?, text.get(end..)?)));
    kept.map_or_else(|| text.to_owned(), |(start, end)| format!("{start}{end}"))
}

/// The end of the last `@`, which may be percent-encoded, once or several times.
fn end_of_user(text: &str) -> Option<usize> {
    let is_encoded = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        before.trim_end_matches("25").ends_with('%')
    };
    let mut encoded = text.rmatch_indices("40").map(|(at, _)| at);
    let encoded = encoded.find(|at| is_encoded(*at)).map(|at| at + 2);
    text.rfind('@').map(|at| at + 1).max(encoded)
}
