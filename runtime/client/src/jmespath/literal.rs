//! JSON literals in expressions: `` `{"b": 1, "a": 2}` ``.
//!
//! They are taken out before the crate parses, for the order of their keys and for the old form
//! without quotes (`` `text` ``), which the AWS CLI accepts.

use std::collections::BTreeMap;

use super::json;
use super::value::Value;

/// The literals of an expression, by where they start.
pub(super) type Literals = BTreeMap<usize, Value>;

/// The expression with each literal replaced by one of the same length, and the literals.
pub(super) fn take_out(expression: &str) -> (String, Literals) {
    let mut plain = String::with_capacity(expression.len());
    let mut literals = Literals::new();
    let mut rest = expression;
    while let Some(at) = rest.find(['`', '\'', '"']) {
        let (before, quoted) = rest.split_at(at);
        plain.push_str(before);
        let Some(length) = quoted_length(quoted) else {
            return (plain + quoted, literals);
        };
        let (token, after) = quoted.split_at(length);
        match token
            .strip_prefix('`')
            .and_then(|text| parse(text.strip_suffix('`')?))
        {
            Some(value) => {
                literals.insert(plain.len(), value);
                plain.push_str("`0");
                plain.extend(std::iter::repeat_n(' ', length.saturating_sub(3)));
                plain.push('`');
            }
            None => plain.push_str(token),
        }
        rest = after;
    }
    (plain + rest, literals)
}

/// How long the token is that starts here with a quote; none when it is not closed.
fn quoted_length(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// JSON, or the inside of a JSON string.
fn parse(text: &str) -> Option<Value> {
    let text = text.replace("\\`", "`");
    let parsed = json::parse(&text).or_else(|_| json::parse(&format!("\"{}\"", text.trim_start())));
    parsed.ok().map(Value::from)
}
