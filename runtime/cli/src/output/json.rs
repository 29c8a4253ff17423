//! `--output json`: indented by four spaces. Characters that aren't ASCII aren't escaped.

use std::io::{self, Write};

use swage_client::jmespath::{Value, json_number};

/// Writes the value and a line end; nothing for an empty object.
pub(super) fn write(to: &mut dyn Write, value: &Value) -> io::Result<()> {
    if matches!(value, Value::Map(entries) if entries.is_empty()) {
        return Ok(());
    }
    nested(to, value, 0)?;
    to.write_all(b"\n")
}

fn nested(to: &mut dyn Write, value: &Value, depth: usize) -> io::Result<()> {
    match value {
        Value::Null => to.write_all(b"null"),
        Value::Boolean(boolean) => write!(to, "{boolean}"),
        Value::Number(number) => to.write_all(json_number(number).as_bytes()),
        Value::String(text) => string(to, text),
        Value::List(list) if list.is_empty() => to.write_all(b"[]"),
        Value::List(list) => {
            for (index, value) in list.iter().enumerate() {
                to.write_all(if index == 0 { b"[" } else { b"," })?;
                line(to, depth + 1)?;
                nested(to, value, depth + 1)?;
            }
            line(to, depth)?;
            to.write_all(b"]")
        }
        Value::Map(entries) if entries.is_empty() => to.write_all(b"{}"),
        Value::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                to.write_all(if index == 0 { b"{" } else { b"," })?;
                line(to, depth + 1)?;
                string(to, key)?;
                to.write_all(b": ")?;
                nested(to, value, depth + 1)?;
            }
            line(to, depth)?;
            to.write_all(b"}")
        }
    }
}

/// Starts a new, indented line.
fn line(to: &mut dyn Write, depth: usize) -> io::Result<()> {
    write!(to, "\n{:1$}", "", depth * 4)
}

fn string(to: &mut dyn Write, text: &str) -> io::Result<()> {
    to.write_all(b"\"")?;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c < ' ' || c == '"' || c == '\\') {
        let (plain, special) = rest.split_at(at);
        to.write_all(plain.as_bytes())?;
        let mut chars = special.chars();
        escape(to, chars.next().unwrap_or_default())?;
        rest = chars.as_str();
    }
    to.write_all(rest.as_bytes())?;
    to.write_all(b"\"")
}

fn escape(to: &mut dyn Write, special: char) -> io::Result<()> {
    match special {
        '"' => to.write_all(b"\\\""),
        '\\' => to.write_all(b"\\\\"),
        '\n' => to.write_all(b"\\n"),
        '\r' => to.write_all(b"\\r"),
        '\t' => to.write_all(b"\\t"),
        '\u{8}' => to.write_all(b"\\b"),
        '\u{c}' => to.write_all(b"\\f"),
        control => write!(to, "\\u{:04x}", u32::from(control)),
    }
}
