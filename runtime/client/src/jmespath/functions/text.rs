//! Values as text.

use std::fmt::Write;

use swage_jmespath::{Value, json_number};

/// The text of a value: JSON, unless it is a text.
pub(super) fn from(value: &Value) -> Value {
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
            ' '..='~' => out.push(c),
            other => other.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                write!(out, "\\u{unit:04x}").ok();
            }),
        }
    }
    out.push('"');
}
