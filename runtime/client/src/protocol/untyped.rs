//! Untyped scalars: numbers are converted to the schema's type, everything else is kept as received.

use crate::error::DecodeError;
use crate::schema::Kind;
use crate::shape::Untyped;

/// A value for a member of this kind. Numbers may arrive as strings and strings as numbers. The decimals of an integer are
/// dropped, unless it is a string.
pub(crate) fn of_kind(kind: Kind, value: Untyped) -> Result<Untyped, DecodeError> {
    let integer = is_integer(kind);
    if !integer && !matches!(kind, Kind::Float | Kind::Double | Kind::BigDecimal) {
        return Ok(value);
    }
    let text = match &value {
        Untyped::Null => return Ok(value),
        Untyped::Number(text) => text.as_str(),
        Untyped::String(text) if integer && !is_whole(text.trim()) => "",
        Untyped::String(text) => text.trim(),
        Untyped::Boolean(true) => "1",
        Untyped::Boolean(false) => "0",
        _ => "",
    };
    let number = match kind {
        _ if integer => integer_text(text),
        Kind::BigDecimal => is_decimal(text).then(|| text.to_owned()),
        _ => double_text(text),
    };
    number
        .map(Untyped::Number)
        .ok_or_else(|| DecodeError::new("expected a number, found other text"))
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a kind is an integer, including big integers.
fn is_integer(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum | Kind::BigInteger
    )
}

/// An integer of any size; decimals are dropped.
fn integer_text(text: &str) -> Option<String> {
    if is_whole(text) {
        return Some(text.trim_start_matches('+').to_owned());
    }
    let double: f64 = text
        .parse()
        .ok()
        .filter(|double: &f64| double.is_finite())?;
    Some(format!("{:.0}", double.trunc() + 0.0))
}

/// Whether it is a number that JSON can express.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_digit = |c: char| c.is_ascii_digit();
    digits.starts_with(is_digit) && digits.ends_with(is_digit) && text.parse::<f64>().is_ok()
}

/// The text of a double, with a decimal point so that it doesn't become an integer.
fn double_text(text: &str) -> Option<String> {
    if text.parse::<f64>().is_err() {
        return None;
    }
    let is_integer = text
        .bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_digit());
    Some(if is_integer {
        format!("{text}.0")
    } else {
        text.to_owned()
    })
}
