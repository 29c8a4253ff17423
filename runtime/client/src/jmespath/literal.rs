//! JSON literals in expressions: `` `{"b": 1, "a": 2}` ``.
//!
//! They are taken out before the crate parses, for the order of their keys and for the old form
//! without quotes (`` `text` ``), which the AWS CLI accepts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::json;
use super::value::Value;

/// The literals of an expression, by where they start.
pub(super) type Literals = BTreeMap<usize, Value>;

/// The expression with each literal replaced by one of the same length, and the literals. What else the AWS CLI accepts
/// and the crate doesn't is replaced likewise, so that places stay.
pub(super) fn take_out(expression: &str) -> (String, Literals) {
    let mut plain = String::with_capacity(expression.len());
    let mut literals = Literals::new();
    let mut rest = expression;
    while let Some(at) = rest.find(['`', '\'', '"']) {
        let (before, quoted) = rest.split_at(at);
        push_with_small_numbers(&mut plain, before);
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
    push_with_small_numbers(&mut plain, rest);
    (without_last_commas(&plain), literals)
}

/// The expression with a blank for each comma that follows the last argument of a function: `length(a,)`.
fn without_last_commas(expression: &str) -> String {
    let mut plain = expression.to_owned();
    // For each bracket that is open: whether it is a function's.
    let mut open = Vec::new();
    // The last two characters that aren't blanks, and the place of the last.
    let (mut before, mut last, mut place) = (' ', ' ', 0);
    let mut rest = expression;
    let mut at = 0;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '`' | '\'' | '"' => quoted_length(rest).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        match c {
            '(' => open.push(last.is_ascii_alphanumeric() || last == '_'),
            '[' | '{' => open.push(false),
            ')' if open.pop() == Some(true) && last == ',' && !matches!(before, '(' | ',') => {
                plain.replace_range(place..=place, " ");
            }
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
        if !c.is_whitespace() {
            (before, last, place) = (last, c, at);
        }
        at += length;
        rest = rest.get(length..).unwrap_or_default();
    }
    plain
}

/// Adds a part without quotes. Indexes beyond what the crate takes, and so beyond any list, become the largest that
/// it takes, with blanks behind it.
fn push_with_small_numbers(plain: &mut String, part: &str) {
    let mut rest = part;
    let mut in_name = false;
    while let Some(c) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = digits.max(c.len_utf8());
        let (run, after) = rest.split_at(length);
        if digits > 0 && !in_name && run.parse::<i32>().is_err() {
            let _ = write!(plain, "{:<length$}", i32::MAX);
        } else {
            plain.push_str(run);
        }
        in_name = c.is_ascii_alphabetic() || c == '_' || (in_name && digits > 0);
        rest = after;
    }
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
