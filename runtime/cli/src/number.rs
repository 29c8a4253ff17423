//! Numbers as text.

use swage_client::json::is_number;

/// Parses an integer of any size into JSON's form. A sign and surrounding whitespace are allowed.
pub(crate) fn integer(text: &str) -> Option<String> {
    let text = text.trim();
    let (minus, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    Some(match (minus, digits) {
        (_, "") => "0".to_owned(),
        (true, digits) => format!("-{digits}"),
        (false, digits) => digits.to_owned(),
    })
}

/// Parses a floating-point number into JSON's form, or `NaN`, `Infinity`, `-Infinity`.
pub(crate) fn float(text: &str) -> Option<String> {
    let text = text.trim();
    if is_number(text) {
        return Some(text.to_owned());
    }
    let number: f64 = text.parse().ok()?;
    Some(match number {
        n if n.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        n => format!("{n:?}"),
    })
}

/// Whether the text of a number is an integer.
pub(crate) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}
