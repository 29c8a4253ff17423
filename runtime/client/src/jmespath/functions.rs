//! `JMESPath`'s functions.

use std::cmp::Ordering;
use std::fmt::Write;
use std::rc::Rc;

use super::eval::{Argument, Evaluator, put};
use super::order;
use super::value::{Entry, Number, Value, json_number};

/// A function: what its parameters may be (empty: anything), and what it does.
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
    Two(fn(&Value, &Value) -> Value),
    /// From any number of values.
    All(fn(&[Value]) -> Value),
    /// From a list and an expression that gives a key for each element.
    By(fn(&[Value], &[Value]) -> Value),
    /// From an expression and a list.
    Map,
    /// From what may contain a value, and that.
    Contains,
    /// From one value or expression.
    Type,
}

const ANY: &[&str] = &[];
const NUMBER: &[&str] = &["number"];
const STRING: &[&str] = &["string"];
const ARRAY: &[&str] = &["array"];
const OBJECT: &[&str] = &["object"];
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
    run: fn(&Value, &Value) -> Value,
) -> Function {
    Function {
        name,
        parameters: of,
        variadic: false,
        run: Run::Two(run),
    }
}

const fn by(name: &'static str, run: fn(&[Value], &[Value]) -> Value) -> Function {
    Function {
        name,
        parameters: &[ARRAY, EXPREF],
        variadic: false,
        run: Run::By(run),
    }
}

static FUNCTIONS: &[Function] = &[
    one("abs", &[NUMBER], |value| Ok(abs(value))),
    one("avg", &[NUMBERS], |list| Ok(avg(elements(list)))),
    one("ceil", &[NUMBER], |value| round(value, f64::ceil)),
    Function {
        name: "contains",
        parameters: &[&["array", "string"], ANY],
        variadic: false,
        run: Run::Contains,
    },
    two("ends_with", &[STRING, STRING], |a, b| {
        Value::Boolean(text(a).ends_with(text(b)))
    }),
    one("floor", &[NUMBER], |value| round(value, f64::floor)),
    two("join", &[STRING, STRINGS], |glue, list| {
        Value::string(
            &elements(list)
                .iter()
                .map(text)
                .collect::<Vec<_>>()
                .join(text(glue)),
        )
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
        Ok(best(elements(list), elements(list), Ordering::Greater))
    }),
    by("max_by", |list, keys| best(list, keys, Ordering::Greater)),
    Function {
        name: "merge",
        parameters: &[OBJECT],
        variadic: true,
        run: Run::All(merge),
    },
    one("min", &[NUMBERS_OR_STRINGS], |list| {
        Ok(best(elements(list), elements(list), Ordering::Less))
    }),
    by("min_by", |list, keys| best(list, keys, Ordering::Less)),
    Function {
        name: "not_null",
        parameters: &[ANY],
        variadic: true,
        run: Run::All(not_null),
    },
    one("reverse", &[&["array", "string"]], |value| {
        Ok(reverse(value))
    }),
    one("sort", &[&["array-string", "array-number"]], |list| {
        Ok(sort(elements(list), elements(list)))
    }),
    by("sort_by", sort),
    two("starts_with", &[STRING, STRING], |a, b| {
        Value::Boolean(text(a).starts_with(text(b)))
    }),
    one("sum", &[NUMBERS], |list| {
        Ok(Value::Number(sum(elements(list))))
    }),
    one("to_array", &[ANY], |value| {
        Ok(if matches!(value, Value::List(_)) {
            value.clone()
        } else {
            list([value.clone()])
        })
    }),
    one("to_number", &[ANY], |value| Ok(to_number(value))),
    one("to_string", &[ANY], |value| Ok(to_string(value))),
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

/// Calls the function of that name.
pub(super) fn call(
    evaluator: &Evaluator<'_>,
    name: &str,
    arguments: &[Argument<'_>],
) -> Result<Value, String> {
    let function = FUNCTIONS.iter().find(|function| function.name == name);
    let function = function.ok_or_else(|| format!("Unknown function: {name}()"))?;
    function.check(arguments)?;
    let values: Vec<Value> = arguments
        .iter()
        .filter_map(|argument| match argument {
            Argument::Value(value) => Some(value.clone()),
            Argument::Expression(_) => None,
        })
        .collect();
    let key = arguments.iter().find_map(|argument| match argument {
        Argument::Expression(ast) => Some(|value: &Value| evaluator.eval(ast, value)),
        Argument::Value(_) => None,
    });
    match (&function.run, &*values, key) {
        (Run::One(run), [value], _) => run(value),
        // Of no type that JMESPath has a name for.
        (Run::Type, [], _) => Ok(Value::Null),
        (Run::Type, [value, ..], _) => Ok(Value::string(type_name(value))),
        (Run::Two(run), [a, b], _) => Ok(run(a, b)),
        (Run::All(run), values, _) => Ok(run(values)),
        (Run::Contains, [subject, search], _) => contains(subject, search),
        (Run::By(run), [values], Some(key)) => {
            let keys: Vec<Value> = elements(values).iter().map(key).collect::<Result<_, _>>()?;
            check_keys(name, &keys)?;
            Ok(run(elements(values), &keys))
        }
        (Run::Map, [values], Some(each)) => Ok(Value::List(
            elements(values)
                .iter()
                .map(each)
                .collect::<Result<_, _>>()?,
        )),
        _ => Err(format!(
            "An expression (&) can't be this argument of {name}()."
        )),
    }
}

impl Function {
    fn check(&self, arguments: &[Argument<'_>]) -> Result<(), String> {
        let Self {
            name,
            parameters,
            variadic,
            ..
        } = self;
        let (expected, actual) = (parameters.len(), arguments.len());
        if actual < expected || actual > expected && !variadic {
            let least = if *variadic { "at least " } else { "" };
            let plural = if expected == 1 { "" } else { "s" };
            return Err(format!(
                "Expected {least}{expected} argument{plural} for function {name}(), received {actual}"
            ));
        }
        let last = parameters.last().into_iter().cycle();
        arguments
            .iter()
            .zip(parameters.iter().chain(last))
            .try_for_each(|(argument, types)| check(name, argument, types))
    }
}

fn check(function: &str, argument: &Argument<'_>, types: &[&str]) -> Result<(), String> {
    let value = match argument {
        Argument::Expression(_) if types.contains(&"expref") || types.is_empty() => return Ok(()),
        Argument::Expression(_) => {
            return Err(wrong_type(function, "an expression", types, "expref"));
        }
        Argument::Value(value) => value,
    };
    let of = |element: &Value, kind: &str| kind.strip_prefix("array-") == Some(type_name(element));
    let fits = match value {
        Value::List(list) => types
            .iter()
            .any(|kind| *kind == "array" || list.iter().all(|element| of(element, kind))),
        scalar => types.contains(&type_name(scalar)),
    };
    if fits || types.is_empty() {
        return Ok(());
    }
    // An element is to blame when a list as such would do.
    let blamed = match value {
        Value::List(list) if types.iter().any(|kind| kind.starts_with("array-")) => {
            let first = list
                .iter()
                .find(|element| !types.iter().any(|kind| of(element, kind)));
            first.or_else(|| {
                list.iter().find(|element| {
                    list.first()
                        .is_some_and(|f| type_name(f) != type_name(element))
                })
            })
        }
        _ => None,
    };
    let blamed = blamed.unwrap_or(value);
    Err(wrong_type(
        function,
        &blamed.to_string(),
        types,
        type_name(blamed),
    ))
}

/// Keys of elements are all strings or all numbers.
fn check_keys(function: &str, keys: &[Value]) -> Result<(), String> {
    let Some(first) = keys.first() else {
        return Ok(());
    };
    let wrong = |key: &&Value| {
        !matches!(type_name(key), "number" | "string") || type_name(key) != type_name(first)
    };
    match keys.iter().find(wrong) {
        Some(key) => Err(wrong_type(
            function,
            &key.to_string(),
            &["string", "number"],
            type_name(key),
        )),
        None => Ok(()),
    }
}

fn wrong_type(function: &str, value: &str, types: &[&str], actual: &str) -> String {
    let types: Vec<String> = types.iter().map(|name| format!("'{name}'")).collect();
    let types = types.join(", ");
    format!(
        "In function {function}(), invalid type for value: {value}, expected one of: [{types}], received: \"{actual}\""
    )
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Boolean(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
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

fn text(value: &Value) -> &str {
    if let Value::String(text) = value {
        text
    } else {
        ""
    }
}

fn abs(value: &Value) -> Value {
    match value {
        Value::Number(Number::Float(float)) => Value::Number(Number::Float(float.abs())),
        Value::Number(Number::Decimal(digits)) => {
            Value::Number(Number::Decimal(digits.trim_start_matches('-').into()))
        }
        Value::Number(Number::Integer(digits)) => Value::integer(&digits.trim_start_matches('-')),
        other => other.clone(),
    }
}

fn round(value: &Value, to: fn(f64) -> f64) -> Result<Value, String> {
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

/// Exact as long as all are integers that fit.
fn sum(numbers: &[Value]) -> Number {
    let integer = |value: &Value| {
        if let Value::Number(Number::Integer(digits)) = value {
            digits.parse::<i128>().ok()
        } else {
            None
        }
    };
    let exact = numbers
        .iter()
        .try_fold(0_i128, |sum, value| sum.checked_add(integer(value)?));
    exact.map_or_else(
        || Number::Float(numbers.iter().map(float).sum()),
        |sum| Number::Integer(sum.to_string().into()),
    )
}

fn float(value: &Value) -> f64 {
    if let Value::Number(number) = value {
        number.to_f64()
    } else {
        f64::NAN
    }
}

#[allow(clippy::cast_precision_loss)]
fn avg(numbers: &[Value]) -> Value {
    if numbers.is_empty() {
        return Value::Null;
    }
    Value::Number(Number::Float(sum(numbers).to_f64() / numbers.len() as f64))
}

fn contains(subject: &Value, search: &Value) -> Result<Value, String> {
    match (subject, search) {
        (Value::List(list), _) => Ok(Value::Boolean(
            list.iter().any(|element| order::equal(element, search)),
        )),
        (Value::String(subject), Value::String(search)) => {
            Ok(Value::Boolean(subject.contains(&**search)))
        }
        _ => Err(wrong_type(
            "contains",
            &search.to_string(),
            STRING,
            type_name(search),
        )),
    }
}

fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::List(list) => list.len(),
        Value::Map(entries) => entries.len(),
        _ => 0,
    }
}

/// The first element whose key is the greatest or the least.
fn best(list: &[Value], keys: &[Value], wanted: Ordering) -> Value {
    let order = order::total(keys.iter());
    let better =
        |best: (usize, &Value), next: (usize, &Value)| -> bool { order(next.1, best.1) == wanted };
    let best = keys.iter().enumerate().reduce(|best, next| {
        if better((best.0, best.1), (next.0, next.1)) {
            next
        } else {
            best
        }
    });
    best.and_then(|(index, _)| list.get(index))
        .cloned()
        .unwrap_or(Value::Null)
}

fn sort(list: &[Value], keys: &[Value]) -> Value {
    let order = order::total(keys.iter());
    let mut pairs: Vec<(&Value, &Value)> = keys.iter().zip(list).collect();
    pairs.sort_by(|(a, _), (b, _)| order(a, b));
    Value::List(pairs.into_iter().map(|(_, value)| value.clone()).collect())
}

fn merge(maps: &[Value]) -> Value {
    let mut merged = Vec::new();
    for (key, value) in maps.iter().flat_map(entries) {
        put(&mut merged, Rc::clone(key), value.clone());
    }
    Value::Map(merged.into())
}

fn not_null(values: &[Value]) -> Value {
    values
        .iter()
        .find(|value| !matches!(value, Value::Null))
        .cloned()
        .unwrap_or(Value::Null)
}

fn reverse(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.chars().rev().collect::<String>().into()),
        other => Value::List(elements(other).iter().rev().cloned().collect()),
    }
}

fn to_number(value: &Value) -> Value {
    match value {
        Value::Number(_) => value.clone(),
        Value::String(text) => {
            let text = text.trim();
            Number::parse(text.strip_prefix('+').unwrap_or(text)).map_or(Value::Null, Value::Number)
        }
        _ => Value::Null,
    }
}

fn to_string(value: &Value) -> Value {
    if matches!(value, Value::String(_)) {
        return value.clone();
    }
    let mut out = String::new();
    compact(&mut out, value);
    Value::String(out.into())
}

/// JSON without blanks, in ASCII.
fn compact(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(boolean) => out.push_str(if *boolean { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&json_number(number)),
        Value::String(text) => quoted(out, text),
        Value::List(list) => {
            out.push('[');
            for (index, value) in list.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                compact(out, value);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                quoted(out, key);
                out.push(':');
                compact(out, value);
            }
            out.push('}');
        }
    }
}

/// A string in JSON, all in ASCII.
pub fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='\u{7f}' => out.push(c),
            other => other.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                write!(out, "\\u{unit:04x}").ok();
            }),
        }
    }
    out.push('"');
}
