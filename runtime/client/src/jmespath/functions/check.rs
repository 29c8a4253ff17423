//! What arguments have to be.

use super::super::eval::Argument;
use swage_jmespath::Value;

pub(super) const STRING: &[&str] = &["string"];
pub(super) const OBJECT: &[&str] = &["object"];

/// Checks the arguments of a function. Of those that may be given more than once, only the first is checked.
pub(super) fn arguments(
    function: &str,
    parameters: &[&[&str]],
    variadic: bool,
    arguments: &[Argument<'_>],
) -> Result<(), String> {
    let (expected, actual) = (parameters.len(), arguments.len());
    if actual < expected || actual > expected && !variadic {
        let least = if variadic { "at least " } else { "" };
        let plural = if expected == 1 { "" } else { "s" };
        return Err(format!(
            "Expected {least}{expected} argument{plural} for function {function}(), received {actual}"
        ));
    }
    let mut pairs = arguments.iter().zip(parameters);
    pairs.try_for_each(|(argument, types)| check(function, argument, types))
}

fn check(function: &str, argument: &Argument<'_>, types: &[&str]) -> Result<(), String> {
    if types.is_empty() {
        return Ok(());
    }
    let value = match argument {
        Argument::Expression(_) if types.contains(&"expref") => return Ok(()),
        Argument::Expression(_) => {
            return Err(told(function, "an expression", types, "expref"));
        }
        Argument::Value(value) => value,
    };
    match wrong(value, types) {
        Some(value) => Err(wrong_type(function, value, types)),
        None => Ok(()),
    }
}

/// What is of none of these types: the value or, where all else would do, an element of it.
fn wrong<'a>(value: &'a Value, types: &[&str]) -> Option<&'a Value> {
    let of_elements = || types.iter().filter_map(|kind| kind.strip_prefix("array-"));
    let Value::List(list) = value else {
        return (!types.contains(&type_name(value))).then_some(value);
    };
    if of_elements().next().is_none() {
        return (!types.contains(&"array")).then_some(value);
    }
    // All elements are of the type that the first one has.
    let first = type_name(list.first()?);
    list.iter()
        .find(|element| type_name(element) != first || !of_elements().any(|kind| kind == first))
}

/// The keys of elements, by the expression for them. They are all strings or all numbers; for the least and the greatest
/// that is found out when they are compared.
pub(super) fn keys(
    function: &str,
    list: &[Value],
    key: impl Fn(&Value) -> Result<Value, String>,
) -> Result<Vec<Value>, String> {
    let mut keys: Vec<Value> = Vec::with_capacity(list.len());
    let sorts = function == "sort_by";
    for element in list {
        let key = key(element)?;
        let is_first = keys.is_empty();
        let types = match keys.first().map(type_name) {
            Some("number") if sorts => &["number"],
            Some(_) if sorts => STRING,
            None if sorts => &["string", "number"],
            _ => &["number", "string"] as &[&str],
        };
        if !types.contains(&type_name(&key)) {
            // The element stands for its key, when that is the first one.
            let shown = if sorts && is_first { element } else { &key };
            return Err(told(function, &shown.to_string(), types, type_name(&key)));
        }
        keys.push(key);
    }
    Ok(keys)
}

/// The message for a value of the wrong type.
pub(super) fn wrong_type(function: &str, value: &Value, types: &[&str]) -> String {
    told(function, &value.to_string(), types, type_name(value))
}

fn told(function: &str, value: &str, types: &[&str], actual: &str) -> String {
    let types: Vec<String> = types.iter().map(|name| format!("'{name}'")).collect();
    let types = types.join(", ");
    format!(
        "In function {function}(), invalid type for value: {value}, expected one of: [{types}], received: \"{actual}\""
    )
}

pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Boolean(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
    }
}
