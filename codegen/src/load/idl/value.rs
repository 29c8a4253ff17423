//! Node values: the values of traits, metadata and properties.

use super::scan::{Result, Scanner};
use super::string::{self, TEXT_BLOCK};
use crate::diagnostic::Diagnostic;
use crate::node::{Entry, KeySpan, Node, NodeValue};

/// The deepest nesting, well within the limits of the stack.
const MAX_DEPTH: u32 = 128;

/// A value. A shape id becomes a string whose span doesn't start with a quote; lowering resolves it.
pub(super) fn value(scanner: &mut Scanner<'_>) -> Result<Node> {
    let start = scanner.position;
    let value = match scanner.peek() {
        Some(b'{') => NodeValue::Object(nested(scanner, object)?),
        Some(b'[') => NodeValue::Array(nested(scanner, array)?),
        Some(b'"') => NodeValue::String(string::string(scanner)?),
        Some(b'-' | b'0'..=b'9') => NodeValue::Number(number(scanner)?),
        Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => word(&scanner.shape_id()?.text),
        _ => return Err(scanner.expected("a value")),
    };
    Ok(Node::new(value, scanner.span_from(start)))
}

fn word(text: &str) -> NodeValue {
    match text {
        "true" => NodeValue::Boolean(true),
        "false" => NodeValue::Boolean(false),
        "null" => NodeValue::Null,
        id => NodeValue::String(id.to_owned()),
    }
}

fn nested<T>(scanner: &mut Scanner<'_>, read: fn(&mut Scanner<'_>) -> Result<T>) -> Result<T> {
    if scanner.depth == MAX_DEPTH {
        let span = scanner.span(scanner.position, scanner.position + 1);
        return Err(scanner.error(
            span,
            format!("values are nested too deeply: the limit is {MAX_DEPTH} levels"),
        ));
    }
    scanner.depth += 1;
    let result = read(scanner);
    scanner.depth -= 1;
    result
}

fn array(scanner: &mut Scanner<'_>) -> Result<Vec<Node>> {
    scanner.eat(b'[');
    let mut elements = Vec::new();
    loop {
        scanner.whitespace();
        if scanner.eat(b']') {
            return Ok(elements);
        }
        elements
            .push(value(scanner).map_err(|error| or_closing(scanner, error, "a value or `]`"))?);
    }
}

/// An object, braces included.
pub(super) fn object(scanner: &mut Scanner<'_>) -> Result<Vec<Entry>> {
    if !scanner.eat(b'{') {
        return Err(scanner.expected("`{`"));
    }
    entries(scanner, b'}')
}

/// Entries up to and including the closing bracket.
pub(super) fn entries(scanner: &mut Scanner<'_>, closing: u8) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    loop {
        scanner.whitespace();
        if scanner.eat(closing) {
            return unique(scanner, entries);
        }
        let expectation = format!("a key or `{}`", char::from(closing));
        let (key, key_span) =
            key(scanner).map_err(|error| or_closing(scanner, error, &expectation))?;
        scanner.whitespace();
        colon(scanner)?;
        scanner.whitespace();
        entries.push(Entry {
            key: key.into(),
            key_span,
            value: value(scanner)?,
        });
    }
}

/// Adds an expectation to an error, unless a value has started.
fn or_closing(scanner: &Scanner<'_>, error: Diagnostic, expectation: &str) -> Diagnostic {
    let here = scanner.expected(expectation);
    let nothing_started = here.span == error.span && error.message.starts_with("expected");
    if nothing_started { here } else { error }
}

/// A colon, but not `:=`.
pub(super) fn colon(scanner: &mut Scanner<'_>) -> Result<()> {
    if scanner.rest().starts_with(":=") || !scanner.eat(b':') {
        Err(scanner.expected("`:`"))
    } else {
        Ok(())
    }
}

/// A key of an object: a name or a quoted string.
pub(super) fn key(scanner: &mut Scanner<'_>) -> Result<(String, KeySpan)> {
    let start = scanner.position;
    let key = if scanner.peek() == Some(b'"') && !scanner.rest().starts_with(TEXT_BLOCK) {
        string::quoted(scanner)?
    } else {
        scanner
            .identifier()
            .map_err(|_| scanner.expected("a key"))?
            .text
            .into_owned()
    };
    Ok((key, KeySpan(scanner.span_from(start))))
}

/// Checks that keys are unique.
fn unique(scanner: &Scanner<'_>, entries: Vec<Entry>) -> Result<Vec<Entry>> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    let repeated = sorted.windows(2).find_map(|pair| match pair {
        [first, second] if first.key == second.key => Some((first.key_span.0, second)),
        _ => None,
    });
    let Some((first, second)) = repeated else {
        return Ok(entries);
    };
    let mut diagnostic =
        scanner.error(second.key_span.0, format!("duplicate key `{}`", second.key));
    diagnostic.related.push((first, "first here".to_owned()));
    Err(diagnostic)
}

/// A number as JSON writes them.
fn number(scanner: &mut Scanner<'_>) -> Result<String> {
    let start = scanner.position;
    let digits = |scanner: &mut Scanner<'_>| {
        let before = scanner.position;
        while matches!(scanner.peek(), Some(b'0'..=b'9')) {
            scanner.position += 1;
        }
        scanner.position - before
    };
    scanner.eat(b'-');
    let leading_zero = scanner.peek() == Some(b'0');
    let whole = digits(scanner);
    let fraction = if scanner.eat(b'.') {
        digits(scanner)
    } else {
        1
    };
    let mut exponent = 1;
    if scanner.eat(b'e') || scanner.eat(b'E') {
        let _sign = scanner.eat(b'+') || scanner.eat(b'-');
        exponent = digits(scanner);
    }
    let text = scanner.slice(start, scanner.position);
    if whole == 0 || fraction == 0 || exponent == 0 {
        return Err(scanner.error(
            scanner.span_from(start),
            format!("invalid number `{text}`: missing digit"),
        ));
    }
    if leading_zero && whole > 1 {
        return Err(scanner.error(
            scanner.span_from(start),
            format!("invalid number `{text}`: leading zero"),
        ));
    }
    Ok(text.to_owned())
}
