//! Functions of numbers.

use swage_jmespath::{Number, Value};

pub(super) fn abs(value: &Value) -> Value {
    match value {
        Value::Number(Number::Float(float)) => Value::Number(Number::Float(float.abs())),
        Value::Number(Number::Decimal(digits)) => {
            Value::Number(Number::Decimal(digits.trim_start_matches('-').into()))
        }
        Value::Number(Number::Integer(digits)) => Value::integer(&digits.trim_start_matches('-')),
        other => other.clone(),
    }
}

pub(super) fn round(value: &Value, to: fn(f64) -> f64) -> Result<Value, String> {
    let float = match value {
        Value::Number(number @ (Number::Float(_) | Number::Decimal(_))) => number.to_f64(),
        other => return Ok(other.clone()),
    };
    if !float.is_finite() {
        return Err(format!("{value} can't be rounded."));
    }
    // Adding zero turns -0.0 to 0.0.
    Ok(Value::integer(&format!("{:.0}", to(float) + 0.0)))
}

/// Exact until the first number that isn't an integer, or the first sum that is too long.
pub(super) fn sum(numbers: &[Value]) -> Number {
    numbers
        .iter()
        .fold(Number::Integer("0".into()), |sum, value| {
            let Value::Number(number) = value else {
                return sum;
            };
            let exact = integer(&sum).zip(integer(number));
            match exact.and_then(|(sum, number)| sum.checked_add(number)) {
                Some(sum) => Number::Integer(sum.to_string().into()),
                None => Number::Float(sum.to_f64() + number.to_f64()),
            }
        })
}

fn integer(number: &Number) -> Option<i128> {
    match number {
        Number::Integer(digits) => digits.parse().ok(),
        Number::Float(_) | Number::Decimal(_) => None,
    }
}

#[allow(clippy::cast_precision_loss, reason = "no list is that long")]
pub(super) fn avg(numbers: &[Value]) -> Value {
    if numbers.is_empty() {
        return Value::Null;
    }
    let sum = sum(numbers);
    let float = match integer(&sum) {
        Some(sum) => quotient(sum, numbers.len() as u128),
        None => sum.to_f64() / numbers.len() as f64,
    };
    Value::Number(Number::Float(float))
}

/// The double that is nearest to the quotient.
#[allow(clippy::cast_precision_loss, reason = "it is rounded once")]
fn quotient(dividend: i128, divisor: u128) -> f64 {
    let magnitude = dividend.unsigned_abs();
    let shift = magnitude.leading_zeros().min(127);
    let shifted = magnitude << shift;
    // The lowest bit tells whether anything is left, for the rounding of ties.
    let quotient = (shifted / divisor) | u128::from(!shifted.is_multiple_of(divisor));
    let float = quotient as f64 / 2_f64.powi(i32::try_from(shift).unwrap_or(0));
    if dividend < 0 { -float } else { float }
}

/// Parses a number as Python does; null if it isn't one.
pub(super) fn from(value: &Value) -> Value {
    match value {
        Value::Number(_) => value.clone(),
        Value::String(text) => {
            let text = text.trim();
            let unsigned = text
                .strip_prefix('+')
                .filter(|rest| !rest.starts_with(['+', '-']));
            Number::parse(unsigned.unwrap_or(text)).map_or(Value::Null, Value::Number)
        }
        _ => Value::Null,
    }
}
