//! Evaluates an expression.

use std::cmp::Ordering;
use std::rc::Rc;

use super::functions;
use super::order;
use swage_jmespath::{Ast, Comparator};
use swage_jmespath::{Entry, Value};

/// An argument of a function.
#[derive(Clone)]
pub(super) enum Argument<'a> {
    Value(Value),
    /// `&expression`
    Expression(&'a Ast),
}

/// What an expression finds in a value; the error is what to tell the user.
pub(super) fn eval(ast: &Ast, value: &Value) -> Result<Value, String> {
    Ok(match ast {
        Ast::Current => value.clone(),
        Ast::Field(name) => value.get(name).cloned().unwrap_or(Value::Null),
        Ast::Index(index) => element(value, *index),
        Ast::Slice(bounds) => slice(value, *bounds)?,
        Ast::Literal(literal) => literal.clone(),
        Ast::Steps(steps) | Ast::Indexes(steps) => steps
            .iter()
            .try_fold(value.clone(), |found, step| eval(step, &found))?,
        Ast::Or(sides) => match eval(&sides[0], value)? {
            left if is_true(&left) => left,
            _ => eval(&sides[1], value)?,
        },
        Ast::And(sides) => match eval(&sides[0], value)? {
            left if is_true(&left) => eval(&sides[1], value)?,
            left => left,
        },
        Ast::Not(inner) => Value::Boolean(!is_true(&eval(inner, value)?)),
        Ast::Comparison(comparator, sides) => {
            let [left, right] = &**sides;
            compare(*comparator, &eval(left, value)?, &eval(right, value)?)?
        }
        Ast::Flatten(list) => flatten(&eval(list, value)?),
        Ast::Projection(parts) => match eval(&parts[0], value)? {
            Value::List(list) => project(list.iter(), &parts[1])?,
            _ => Value::Null,
        },
        Ast::ValueProjection(parts) => match eval(&parts[0], value)? {
            Value::Map(entries) => project(entries.iter().map(|(_, value)| value), &parts[1])?,
            _ => Value::Null,
        },
        Ast::FilterProjection(parts) => filter(parts, value)?,
        Ast::MultiList(_) | Ast::MultiHash(_) if matches!(value, Value::Null) => Value::Null,
        Ast::MultiList(elements) => {
            let found = elements.iter().map(|element| eval(element, value));
            Value::List(found.collect::<Result<_, _>>()?)
        }
        Ast::MultiHash(pairs) => multi_hash(pairs, value)?,
        Ast::Function(name, arguments) => {
            let arguments = arguments.iter().map(|ast| argument(ast, value));
            functions::call(name, &arguments.collect::<Result<Vec<_>, _>>()?)?
        }
        Ast::Reference(_) => {
            return Err("An expression (&) can only be an argument of a function.".to_owned());
        }
    })
}

/// What the expression finds in each element, but for nulls.
fn project<'a>(elements: impl Iterator<Item = &'a Value>, each: &Ast) -> Result<Value, String> {
    let results = elements.map(|element| eval(each, element));
    let kept = results.filter(|result| !matches!(result, Ok(Value::Null)));
    Ok(Value::List(kept.collect::<Result<_, _>>()?))
}

fn filter([list, each, condition]: &[Ast; 3], value: &Value) -> Result<Value, String> {
    let Value::List(list) = eval(list, value)? else {
        return Ok(Value::Null);
    };
    let mut found = Vec::new();
    for element in list.iter() {
        if is_true(&eval(condition, element)?) {
            found.push(eval(each, element)?);
        }
    }
    found.retain(|value| !matches!(value, Value::Null));
    Ok(Value::List(found.into()))
}

fn multi_hash(pairs: &[(Rc<str>, Ast)], value: &Value) -> Result<Value, String> {
    let mut entries = Vec::new();
    for (key, ast) in pairs {
        put(&mut entries, Rc::clone(key), eval(ast, value)?);
    }
    Ok(Value::Map(entries.into()))
}

fn argument<'a>(ast: &'a Ast, value: &Value) -> Result<Argument<'a>, String> {
    match ast {
        Ast::Reference(ast) => Ok(Argument::Expression(ast)),
        ast => eval(ast, value).map(Argument::Value),
    }
}

/// Sets a key: at its place when it has one, else at the end.
pub(super) fn put(entries: &mut Vec<Entry>, key: Rc<str>, value: Value) {
    match entries.iter_mut().find(|(k, _)| *k == key) {
        Some((_, old)) => *old = value,
        None => entries.push((key, value)),
    }
}

/// All but null, false and what is empty; zero is true.
fn is_true(value: &Value) -> bool {
    matches!(value, Value::Number(_)) || !value.is_blank()
}

fn element(value: &Value, index: i64) -> Value {
    let Value::List(list) = value else {
        return Value::Null;
    };
    let distance = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    let place = if index < 0 {
        list.len().checked_sub(distance)
    } else {
        Some(distance)
    };
    let element = place.and_then(|place| list.get(place));
    element.cloned().unwrap_or(Value::Null)
}

fn slice(value: &Value, [start, stop, by]: [Option<i64>; 3]) -> Result<Value, String> {
    let Value::List(list) = value else {
        return Ok(Value::Null);
    };
    let by = by.unwrap_or(1);
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let (lowest, highest) = if by < 0 {
        (-1, length - 1)
    } else {
        (0, length)
    };
    let bound = |bound: Option<i64>, default: i64| match bound {
        None => default,
        Some(bound) if bound < 0 => bound.saturating_add(length).clamp(lowest, highest),
        Some(bound) => bound.clamp(lowest, highest),
    };
    let (front, back) = if by < 0 {
        (highest, lowest)
    } else {
        (lowest, highest)
    };
    let (mut place, stop) = (bound(start, front), bound(stop, back));
    let mut taken = Vec::new();
    match by.cmp(&0) {
        Ordering::Equal => return Err("slice step cannot be zero".to_owned()),
        direction => {
            while place.cmp(&stop) == direction.reverse() {
                let element = usize::try_from(place)
                    .ok()
                    .and_then(|place| list.get(place));
                taken.extend(element.cloned());
                place = place.saturating_add(by);
            }
        }
    }
    Ok(Value::List(taken.into()))
}

/// Null if the values can't be ordered.
fn compare(comparator: Comparator, a: &Value, b: &Value) -> Result<Value, String> {
    let has_order = |value: &Value| matches!(value, Value::Number(_) | Value::String(_));
    let holds: fn(Ordering) -> bool = match comparator {
        Comparator::Equal => return Ok(Value::Boolean(order::equal(a, b))),
        Comparator::NotEqual => return Ok(Value::Boolean(!order::equal(a, b))),
        Comparator::Less => Ordering::is_lt,
        Comparator::LessOrEqual => Ordering::is_le,
        Comparator::Greater => Ordering::is_gt,
        Comparator::GreaterOrEqual => Ordering::is_ge,
    };
    if !has_order(a) || !has_order(b) {
        return Ok(Value::Null);
    }
    Ok(Value::Boolean(order::compare(a, b)?.is_some_and(holds)))
}

fn flatten(value: &Value) -> Value {
    let Value::List(list) = value else {
        return Value::Null;
    };
    let mut flat = Vec::with_capacity(list.len());
    for element in list.iter() {
        match element {
            Value::List(inner) => flat.extend(inner.iter().cloned()),
            other => flat.push(other.clone()),
        }
    }
    Value::List(flat.into())
}
