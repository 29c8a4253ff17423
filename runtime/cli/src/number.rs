//! Numbers as text.

use swage_client::json::is_number;

/// An integer of any size, as JSON writes it: an optional sign and ASCII digits, blanks around them.
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

/// A floating-point number, as JSON writes it or `NaN`, `Infinity`, `-Infinity`.
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

/// Whether a number's text is that of an integer.
pub(crate) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}
