//! Converts numbers between CBOR's forms and text.

use std::fmt::Write;

/// The maximum number of bytes of a big number in a response. Converting to decimal takes quadratic time.
const MOST_BYTES: usize = 1024;
/// The maximum number of decimals that are written out; smaller numbers get an exponent.
const LEAST_EXPONENT: i64 = -1000;
/// The largest power of ten that fits into 32 bits, and its number of zeros.
const BASE: u64 = 1_000_000_000;
const BASE_DIGITS: usize = 9;

/// A half-precision float (RFC 8949, appendix D).
pub(super) fn half(bits: u16) -> f64 {
    let exponent = i32::from((bits >> 10) & 0x1F);
    let mantissa = f64::from(bits & 0x03FF);
    let magnitude = match exponent {
        0 => mantissa * 2_f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (mantissa + 1024.0) * 2_f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 {
        magnitude
    } else {
        -magnitude
    }
}

/// The integer that a float represents; `None` beyond 2^53, where floats can't represent all integers.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn whole(float: f64) -> Option<i64> {
    (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
}

/// Seconds as milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
pub(super) fn millis(seconds: f64) -> Option<i64> {
    (seconds.abs() < 1e15).then(|| (seconds * 1000.0).round() as i64)
}

/// A float's shortest text; finite numbers are in JSON's grammar.
pub(super) fn from_float(float: f64) -> String {
    match float {
        _ if float.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ => format!("{float:?}"),
    }
}

/// The decimal digits of a number in big-endian bytes, of `-1 - n` if it is negative. `None` if it is too big.
pub(super) fn digits_of_bytes(bytes: &[u8], is_negative: bool) -> Option<String> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = bytes
        .get(zeros..)
        .filter(|bytes| bytes.len() <= MOST_BYTES)?;
    let mut limbs = Vec::new();
    let (first, words) = bytes.split_at_checked(bytes.len() % 4)?;
    for word in std::iter::once(first).chain(words.chunks(4)) {
        let word = word
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        shift(&mut limbs, 1 << 32, word, BASE);
    }
    if is_negative {
        shift(&mut limbs, 1, 1, BASE);
    }
    let mut text = String::from(if is_negative { "-" } else { "" });
    let mut limbs = limbs.iter().rev();
    // Writing to a string can't fail.
    let _ = write!(text, "{}", limbs.next().copied().unwrap_or(0));
    limbs.for_each(|limb| {
        let _ = write!(text, "{limb:09}");
    });
    Some(text)
}

/// The big-endian bytes of a decimal number; `None` if the text has other characters than digits.
fn bytes_of_digits(digits: &str, less: u64) -> Option<Vec<u8>> {
    if digits.is_empty() {
        return None;
    }
    let mut limbs = Vec::new();
    let (first, words) = digits.split_at_checked(digits.len() % BASE_DIGITS)?;
    let words = words.as_bytes().chunks(BASE_DIGITS);
    for word in std::iter::once(first.as_bytes()).chain(words) {
        let word = word.iter().try_fold(0, |word, digit| {
            digit
                .is_ascii_digit()
                .then(|| word * 10 + u64::from(digit - b'0'))
        });
        shift(&mut limbs, BASE, word?, 1 << 32);
    }
    borrow(&mut limbs, less);
    let bytes = limbs.iter().rev().flat_map(|limb| {
        // A limb has 32 bits.
        let [_, _, _, _, bytes @ ..] = limb.to_be_bytes();
        bytes
    });
    Some(bytes.skip_while(|byte| *byte == 0).collect())
}

/// Multiplies a number in little-endian limbs by a factor and adds a summand.
fn shift(limbs: &mut Vec<u64>, factor: u64, add: u64, base: u64) {
    let mut carry = add;
    for limb in limbs.iter_mut() {
        let sum = *limb * factor + carry;
        *limb = sum % base;
        carry = sum / base;
    }
    while carry > 0 {
        limbs.push(carry % base);
        carry /= base;
    }
}

/// Subtracts from a number in 32-bit limbs; the number must not be smaller.
fn borrow(limbs: &mut [u64], less: u64) {
    let mut less = less;
    for limb in limbs {
        let (rest, is_below) = limb.overflowing_sub(less);
        *limb = rest & 0xFFFF_FFFF;
        less = u64::from(is_below);
    }
}

/// An integer beyond 64 bits: whether it is negative, and the bytes that follow the tag.
pub(super) fn big(digits: &str) -> Option<(bool, Vec<u8>)> {
    match digits.strip_prefix('-') {
        Some(digits) => Some((true, bytes_of_digits(digits, 1)?)),
        None => Some((false, bytes_of_digits(digits, 0)?)),
    }
}

/// A decimal fraction as text: `-1.50` from `-150` and `-2`.
pub(super) fn decimal(mantissa: &str, exponent: &str) -> Option<String> {
    let exponent: i64 = exponent.parse().ok()?;
    let digits = mantissa.strip_prefix('-').unwrap_or(mantissa);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = match exponent {
        0 => return Some(mantissa.to_owned()),
        LEAST_EXPONENT..0 => usize::try_from(-exponent).ok()?,
        _ => return Some(format!("{mantissa}e{exponent}")),
    };
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (integer, fraction) = padded.split_at_checked(padded.len() - decimals)?;
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    Some(format!("{sign}{integer}.{fraction}"))
}

/// Splits a decimal into mantissa and exponent.
pub(super) fn decimal_parts(text: &str) -> Option<(String, i64)> {
    let (coefficient, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let coefficient = coefficient.strip_prefix('+').unwrap_or(coefficient);
    let (integer, fraction) = coefficient.split_once('.').unwrap_or((coefficient, ""));
    let decimals = i64::try_from(fraction.len()).ok()?;
    let exponent: i64 = exponent.parse().ok()?;
    let mantissa = format!("{integer}{fraction}");
    let digits = mantissa.strip_prefix('-').unwrap_or(&mantissa);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then_some(mantissa)
        .zip(exponent.checked_sub(decimals))
}
