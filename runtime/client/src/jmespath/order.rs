//! Equality and order, as `JMESPath` has them.

use std::cmp::Ordering;

use super::value::{Number, Value};

/// Whether two values are the same; the order of keys doesn't matter.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => numbers(a, b) == Some(Ordering::Equal),
        (Value::String(a), Value::String(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b))
        }
        (Value::Map(entries), Value::Map(others)) => {
            entries.len() == others.len()
                && entries
                    .iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        _ => false,
    }
}

/// The order of two strings or two numbers; none when there is no order between them.
pub(super) fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => numbers(a, b),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn numbers(a: &Number, b: &Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Integer(a), Number::Integer(b)) => Some(integers(a, b)),
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

/// How to sort these, all strings or all numbers: a total order.
pub(super) fn total<'a>(
    mut keys: impl Iterator<Item = &'a Value>,
) -> fn(&Value, &Value) -> Ordering {
    if keys.any(|key| matches!(key, Value::Number(Number::Float(_) | Number::Decimal(_)))) {
        floats
    } else {
        exact
    }
}

fn exact(a: &Value, b: &Value) -> Ordering {
    compare(a, b).unwrap_or(Ordering::Equal)
}

fn floats(a: &Value, b: &Value) -> Ordering {
    // Adding zero makes -0.0 the same as 0.0.
    let float = |value: &Value| {
        if let Value::Number(number) = value {
            number.to_f64() + 0.0
        } else {
            f64::NAN
        }
    };
    float(a).total_cmp(&float(b))
}
