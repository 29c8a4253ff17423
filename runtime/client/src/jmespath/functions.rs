//! `JMESPath`'s functions.

mod check;
mod number;
mod text;

pub use text::quoted;

use std::cmp::Ordering;
use std::rc::Rc;

use super::eval::{Argument, eval, put};
use super::order;
use check::{OBJECT, STRING, type_name, wrong_type};
use swage_jmespath::{Entry, Value};

/// A function: the accepted types of its parameters (empty: any), and its implementation.
struct Function {
    name: &'static str,
    parameters: &'static [&'static [&'static str]],
    /// Whether the last parameter may be given more than once.
    variadic: bool,
    run: Run,
}

enum Run {
    /// From one value.
    One(fn(&Value) -> Result<Value, String>),
    /// From two values.
    Two(fn(&Value, &Value) -> Result<Value, String>),
    /// From any number of values.
    All(fn(&[Value]) -> Result<Value, String>),
    /// From a list and an expression that gives a key for each element.
    By(fn(&[Value], &[Value]) -> Result<Value, String>),
    /// From an expression and a list.
    Map,
    /// From one value or expression.
    Type,
}

const ANY: &[&str] = &[];
const NUMBER: &[&str] = &["number"];
const ARRAY: &[&str] = &["array"];
const EXPREF: &[&str] = &["expref"];
const NUMBERS: &[&str] = &["array-number"];
const STRINGS: &[&str] = &["array-string"];
const NUMBERS_OR_STRINGS: &[&str] = &["array-number", "array-string"];

const fn one(
    name: &'static str,
    of: &'static [&'static [&'static str]],
    run: fn(&Value) -> Result<Value, String>,
) -> Function {
    Function {
        name,
        parameters: of,
        variadic: false,
        run: Run::One(run),
    }
}

const fn two(
    name: &'static str,
    of: &'static [&'static [&'static str]],
    run: fn(&Value, &Value) -> Result<Value, String>,
) -> Function {
    Function {
        name,
        parameters: of,
        variadic: false,
        run: Run::Two(run),
    }
}

const fn by(name: &'static str, run: fn(&[Value], &[Value]) -> Result<Value, String>) -> Function {
    Function {
        name,
        parameters: &[ARRAY, EXPREF],
        variadic: false,
        run: Run::By(run),
    }
}

static FUNCTIONS: &[Function] = &[
    one("abs", &[NUMBER], |value| Ok(number::abs(value))),
    one("avg", &[NUMBERS], |list| Ok(number::avg(elements(list)))),
    one("ceil", &[NUMBER], |value| number::round(value, f64::ceil)),
    two("contains", &[&["array", "string"], ANY], contains),
    two("ends_with", &[STRING, STRING], |a, b| {
        Ok(Value::Boolean(as_str(a).ends_with(as_str(b))))
    }),
    one("floor", &[NUMBER], |value| number::round(value, f64::floor)),
    two("join", &[STRING, STRINGS], |glue, list| {
        let parts: Vec<&str> = elements(list).iter().map(as_str).collect();
        Ok(Value::string(&parts.join(as_str(glue))))
    }),
    one("keys", &[OBJECT], |map| {
        Ok(list(
            entries(map)
                .iter()
                .map(|(key, _)| Value::String(key.clone())),
        ))
    }),
    one("length", &[&["string", "array", "object"]], |value| {
        Ok(Value::integer(&length(value)))
    }),
    Function {
        name: "map",
        parameters: &[EXPREF, ARRAY],
        variadic: false,
        run: Run::Map,
    },
    one("max", &[NUMBERS_OR_STRINGS], |list| {
        best(elements(list), elements(list), Ordering::Greater)
    }),
    by("max_by", |list, keys| best(list, keys, Ordering::Greater)),
    Function {
        name: "merge",
        parameters: &[OBJECT],
        variadic: true,
        run: Run::All(merge),
    },
    one("min", &[NUMBERS_OR_STRINGS], |list| {
        best(elements(list), elements(list), Ordering::Less)
    }),
    by("min_by", |list, keys| best(list, keys, Ordering::Less)),
    Function {
        name: "not_null",
        parameters: &[ANY],
        variadic: true,
        run: Run::All(|values| Ok(not_null(values))),
    },
    one("reverse", &[&["array", "string"]], |value| {
        Ok(reverse(value))
    }),
    one("sort", &[&["array-string", "array-number"]], |list| {
        Ok(sort(elements(list), elements(list)))
    }),
    by("sort_by", |list, keys| Ok(sort(list, keys))),
    two("starts_with", &[STRING, STRING], |a, b| {
        Ok(Value::Boolean(as_str(a).starts_with(as_str(b))))
    }),
    one("sum", &[NUMBERS], |list| {
        Ok(Value::Number(number::sum(elements(list))))
    }),
    one("to_array", &[ANY], |value| {
        Ok(if matches!(value, Value::List(_)) {
            value.clone()
        } else {
            list([value.clone()])
        })
    }),
    one("to_number", &[ANY], |value| Ok(number::from(value))),
    one("to_string", &[ANY], |value| Ok(text::from(value))),
    Function {
        name: "type",
        parameters: &[ANY],
        variadic: false,
        run: Run::Type,
    },
    one("values", &[OBJECT], |map| {
        Ok(list(entries(map).iter().map(|(_, value)| value.clone())))
    }),
];

/// Calls the function with this name.
pub(super) fn call(name: &str, arguments: &[Argument<'_>]) -> Result<Value, String> {
    let function = FUNCTIONS.iter().find(|function| function.name == name);
    let function = function.ok_or_else(|| format!("Unknown function: {name}()"))?;
    check::arguments(name, function.parameters, function.variadic, arguments)?;
    let values = arguments.iter().filter_map(|argument| match argument {
        Argument::Value(value) => Some(value.clone()),
        Argument::Expression(_) => None,
    });
    let values: Vec<Value> = values.collect();
    let each = arguments.iter().find_map(|argument| match argument {
        Argument::Expression(ast) => Some(|value: &Value| eval(ast, value)),
        Argument::Value(_) => None,
    });
    match (&function.run, &*values, each) {
        (Run::One(run), [value], _) => run(value),
        // JMESPath has no name for this type.
        (Run::Type, [], _) => Ok(Value::Null),
        (Run::Type, [value, ..], _) => Ok(Value::string(type_name(value))),
        (Run::Two(run), [a, b], _) => run(a, b),
        (Run::All(run), values, None) => run(values),
        (Run::By(run), [list], Some(key)) => {
            let list = elements(list);
            run(list, &check::keys(name, list, key)?)
        }
        (Run::Map, [list], Some(each)) => {
            let found = elements(list).iter().map(each);
            Ok(Value::List(found.collect::<Result<_, _>>()?))
        }
        _ => Err(format!(
            "An expression (&) can't be this argument of {name}()."
        )),
    }
}

fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::List(values.into_iter().collect())
}

fn elements(value: &Value) -> &[Value] {
    if let Value::List(list) = value {
        list
    } else {
        &[]
    }
}

fn entries(value: &Value) -> &[Entry] {
    if let Value::Map(entries) = value {
        entries
    } else {
        &[]
    }
}

fn as_str(value: &Value) -> &str {
    if let Value::String(text) = value {
        text
    } else {
        ""
    }
}

fn contains(subject: &Value, search: &Value) -> Result<Value, String> {
    let found = match (subject, search) {
        (Value::List(list), _) => list.iter().any(|element| order::same(element, search)),
        (Value::String(subject), Value::String(search)) => subject.contains(&**search),
        _ => return Err(wrong_type("contains", search, STRING)),
    };
    Ok(Value::Boolean(found))
}

fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::List(list) => list.len(),
        Value::Map(entries) => entries.len(),
        _ => 0,
    }
}

/// The first element with the greatest or least key.
fn best(list: &[Value], keys: &[Value], wanted: Ordering) -> Result<Value, String> {
    let mut best: Option<(&Value, &Value)> = None;
    for (key, element) in keys.iter().zip(list) {
        let is_better = match best {
            Some((best, _)) => order::compare(key, best)? == Some(wanted),
            None => true,
        };
        best = if is_better {
            Some((key, element))
        } else {
            best
        };
    }
    Ok(best.map_or(Value::Null, |(_, element)| element.clone()))
}

fn sort(list: &[Value], keys: &[Value]) -> Value {
    let mut pairs: Vec<(&Value, &Value)> = keys.iter().zip(list).collect();
    pairs.sort_by(|(a, _), (b, _)| order::total(a, b));
    Value::List(pairs.into_iter().map(|(_, value)| value.clone()).collect())
}

/// Only the first argument must be an object: the AWS CLI ignores other arguments that are empty.
fn merge(maps: &[Value]) -> Result<Value, String> {
    let mut merged = Vec::new();
    for map in maps {
        let is_empty = matches!(map, Value::String(_) | Value::List(_)) && map.is_blank();
        if !is_empty && !matches!(map, Value::Map(_)) {
            return Err(wrong_type("merge", map, OBJECT));
        }
        for (key, value) in entries(map) {
            put(&mut merged, Rc::clone(key), value.clone());
        }
    }
    Ok(Value::Map(merged.into()))
}

fn not_null(values: &[Value]) -> Value {
    let mut values = values.iter();
    let found = values.find(|value| !matches!(value, Value::Null));
    found.cloned().unwrap_or(Value::Null)
}

fn reverse(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.chars().rev().collect::<String>().into()),
        other => Value::List(elements(other).iter().rev().cloned().collect()),
    }
}
