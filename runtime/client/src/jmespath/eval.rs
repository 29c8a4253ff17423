//! Evaluates an expression.

use std::cmp::Ordering;
use std::rc::Rc;

use jmespath::Variable;
use jmespath::ast::{Ast, Comparator, KeyValuePair};

use super::functions;
use super::literal::Literals;
use super::order;
use super::value::{Entry, Number, Value};

/// An expression's evaluation; the error is what to tell the user.
pub(super) struct Evaluator<'a> {
    pub(super) literals: &'a Literals,
}

/// An argument of a function.
#[derive(Clone)]
pub(super) enum Argument<'a> {
    Value(Value),
    /// `&expression`
    Expression(&'a Ast),
}

impl Evaluator<'_> {
    pub(super) fn eval(&self, ast: &Ast, value: &Value) -> Result<Value, String> {
        Ok(match ast {
            Ast::Identity { .. } => value.clone(),
            Ast::Field { name, .. } => value.get(name).cloned().unwrap_or(Value::Null),
            Ast::Index { idx, .. } => element(value, *idx),
            Ast::Slice {
                start, stop, step, ..
            } => slice(value, *start, *stop, *step)?,
            Ast::Literal { offset, value } => self
                .literals
                .get(offset)
                .cloned()
                .unwrap_or_else(|| from_variable(value)),
            Ast::Subexpr { lhs, rhs, .. } => self.eval(rhs, &self.eval(lhs, value)?)?,
            Ast::Or { lhs, rhs, .. } => match self.eval(lhs, value)? {
                left if is_true(&left) => left,
                _ => self.eval(rhs, value)?,
            },
            Ast::And { lhs, rhs, .. } => match self.eval(lhs, value)? {
                left if is_true(&left) => self.eval(rhs, value)?,
                left => left,
            },
            Ast::Not { node, .. } => Value::Boolean(!is_true(&self.eval(node, value)?)),
            Ast::Condition {
                predicate, then, ..
            } => {
                if is_true(&self.eval(predicate, value)?) {
                    self.eval(then, value)?
                } else {
                    Value::Null
                }
            }
            Ast::Comparison {
                comparator,
                lhs,
                rhs,
                ..
            } => compare(comparator, &self.eval(lhs, value)?, &self.eval(rhs, value)?)?,
            Ast::Projection { lhs, rhs, .. } => self.project(&self.eval(lhs, value)?, rhs)?,
            Ast::ObjectValues { node, .. } => values(&self.eval(node, value)?),
            Ast::Flatten { node, .. } => flatten(&self.eval(node, value)?),
            Ast::MultiList { elements, .. } => self.multi_list(elements, value)?,
            Ast::MultiHash { elements, .. } => self.multi_hash(elements, value)?,
            Ast::Function { name, args, .. } => self.function(name, args, value)?,
            Ast::Expref { .. } => {
                return Err("An expression (&) can only be an argument of a function.".to_owned());
            }
        })
    }

    fn project(&self, list: &Value, each: &Ast) -> Result<Value, String> {
        let Value::List(list) = list else {
            return Ok(Value::Null);
        };
        let results = list.iter().map(|element| self.eval(each, element));
        let kept = results.filter(|result| !matches!(result, Ok(Value::Null)));
        Ok(Value::List(kept.collect::<Result<_, _>>()?))
    }

    fn multi_list(&self, elements: &[Ast], value: &Value) -> Result<Value, String> {
        if matches!(value, Value::Null) {
            return Ok(Value::Null);
        }
        Ok(Value::List(
            elements
                .iter()
                .map(|element| self.eval(element, value))
                .collect::<Result<_, _>>()?,
        ))
    }

    fn multi_hash(&self, pairs: &[KeyValuePair], value: &Value) -> Result<Value, String> {
        if matches!(value, Value::Null) {
            return Ok(Value::Null);
        }
        let mut entries = Vec::new();
        for pair in pairs {
            put(
                &mut entries,
                Rc::from(&*pair.key),
                self.eval(&pair.value, value)?,
            );
        }
        Ok(Value::Map(entries.into()))
    }

    fn function(&self, name: &str, args: &[Ast], value: &Value) -> Result<Value, String> {
        let arguments: Vec<Argument<'_>> = args
            .iter()
            .map(|argument| self.argument(argument, value))
            .collect::<Result<_, _>>()?;
        functions::call(self, name, &arguments)
    }

    fn argument<'a>(&self, ast: &'a Ast, value: &Value) -> Result<Argument<'a>, String> {
        match ast {
            Ast::Expref { ast, .. } => Ok(Argument::Expression(ast)),
            ast => self.eval(ast, value).map(Argument::Value),
        }
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

fn element(value: &Value, index: i32) -> Value {
    let Value::List(list) = value else {
        return Value::Null;
    };
    let distance = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    let place = if index < 0 {
        list.len().checked_sub(distance)
    } else {
        Some(distance)
    };
    place
        .and_then(|place| list.get(place))
        .cloned()
        .unwrap_or(Value::Null)
}

fn slice(value: &Value, start: Option<i32>, stop: Option<i32>, by: i32) -> Result<Value, String> {
    let Value::List(list) = value else {
        return Ok(Value::Null);
    };
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let (lowest, highest) = if by < 0 {
        (-1, length - 1)
    } else {
        (0, length)
    };
    let bound = |bound: Option<i32>, default: i64| match bound.map(i64::from) {
        None => default,
        Some(bound) if bound < 0 => (bound + length).clamp(lowest, highest),
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
                taken.extend(
                    usize::try_from(place)
                        .ok()
                        .and_then(|place| list.get(place))
                        .cloned(),
                );
                place += i64::from(by);
            }
        }
    }
    Ok(Value::List(taken.into()))
}

/// Null where there is no order.
fn compare(comparator: &Comparator, a: &Value, b: &Value) -> Result<Value, String> {
    let has_order = |value: &Value| matches!(value, Value::Number(_) | Value::String(_));
    let holds: fn(Ordering) -> bool = match comparator {
        Comparator::Equal => return Ok(Value::Boolean(order::equal(a, b))),
        Comparator::NotEqual => return Ok(Value::Boolean(!order::equal(a, b))),
        Comparator::LessThan => Ordering::is_lt,
        Comparator::LessThanEqual => Ordering::is_le,
        Comparator::GreaterThan => Ordering::is_gt,
        Comparator::GreaterThanEqual => Ordering::is_ge,
    };
    match (a, b) {
        (Value::Number(_), Value::String(_)) | (Value::String(_), Value::Number(_)) => {
            Err("A number and a string can't be compared.".to_owned())
        }
        _ if has_order(a) && has_order(b) => {
            Ok(Value::Boolean(order::compare(a, b).is_some_and(holds)))
        }
        _ => Ok(Value::Null),
    }
}

fn values(value: &Value) -> Value {
    match value {
        Value::Map(entries) => {
            Value::List(entries.iter().map(|(_, value)| value.clone()).collect())
        }
        _ => Value::Null,
    }
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

fn from_variable(variable: &Variable) -> Value {
    match variable {
        Variable::Null | Variable::Expref(_) => Value::Null,
        Variable::String(string) => Value::string(string),
        Variable::Bool(boolean) => Value::Boolean(*boolean),
        Variable::Number(number) => {
            Number::parse(&number.to_string()).map_or(Value::Null, Value::Number)
        }
        Variable::Array(list) => {
            Value::List(list.iter().map(|element| from_variable(element)).collect())
        }
        Variable::Object(map) => Value::Map(
            map.iter()
                .map(|(key, value)| (Rc::from(&**key), from_variable(value)))
                .collect(),
        ),
    }
}
