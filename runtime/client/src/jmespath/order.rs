//! Equality and order, the same as the AWS CLI's.

use std::cmp::Ordering;

use swage_jmespath::{Number, Value};

/// Whether two values are equal. Booleans equal numbers only as elements.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Boolean(_), Value::Number(_)) | (Value::Number(_), Value::Boolean(_)) => false,
        (a, b) => same(a, b),
    }
}

/// Whether two elements are equal: as elements, false equals 0 and true equals 1. The order of keys doesn't matter.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Boolean(boolean), Value::Number(number))
        | (Value::Number(number), Value::Boolean(boolean)) => {
            let boolean = Number::Float(f64::from(u8::from(*boolean)));
            numbers(&boolean, number) == Some(Ordering::Equal)
        }
        (Value::Number(a), Value::Number(b)) => numbers(a, b) == Some(Ordering::Equal),
        (Value::String(a), Value::String(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
        }
        (Value::Map(entries), Value::Map(others)) => {
            entries.len() == others.len()
                && entries
                    .iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

/// The order of two strings or two numbers; `None` for NaN, and an error for a string and a number.
pub(super) fn compare(a: &Value, b: &Value) -> Result<Option<Ordering>, String> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Ok(numbers(a, b)),
        (Value::String(a), Value::String(b)) => Ok(Some(a.cmp(b))),
        _ => Err("A number and a string can't be compared.".to_owned()),
    }
}

/// The order for sorting values that are all strings or all numbers; NaN comes last.
pub(super) fn total(a: &Value, b: &Value) -> Ordering {
    let is_none =
        |value: &Value| matches!(value, Value::Number(number) if number.to_f64().is_nan());
    let order = compare(a, b).ok().flatten();
    order.unwrap_or_else(|| is_none(a).cmp(&is_none(b)))
}

fn numbers(a: &Number, b: &Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Integer(a), Number::Integer(b)) => Some(integers(a, b)),
        (Number::Integer(a), Number::Float(b)) => with_float(a, *b),
        (Number::Float(a), Number::Integer(b)) => with_float(b, *a).map(Ordering::reverse),
        _ => a.to_f64().partial_cmp(&b.to_f64()),
    }
}

/// Digits without leading zeros, of any length.
fn integers(a: &str, b: &str) -> Ordering {
    match (a.strip_prefix('-'), b.strip_prefix('-')) {
        (None, None) => (a.len(), a).cmp(&(b.len(), b)),
        (Some(a), Some(b)) => (b.len(), b).cmp(&(a.len(), a)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
    }
}

/// Compares exactly even if the digits exceed a float's precision.
fn with_float(digits: &str, float: f64) -> Option<Ordering> {
    if !float.is_finite() {
        return 0.0_f64.partial_cmp(&float);
    }
    // Adding zero turns -0.0 into 0.0.
    let whole = float.floor() + 0.0;
    let fraction = whole.partial_cmp(&float)?;
    Some(integers(digits, &format!("{whole:.0}")).then(fraction))
}
