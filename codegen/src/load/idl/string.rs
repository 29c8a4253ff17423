//! Quoted strings and text blocks.

use super::scan::{Result, Scanner, printable};
use std::borrow::Cow;

/// The delimiter of a text block.
pub(super) const TEXT_BLOCK: &str = "\"\"\"";

/// Expects a quoted string or a text block.
pub(super) fn string(scanner: &mut Scanner<'_>) -> Result<String> {
    if scanner.rest().starts_with(TEXT_BLOCK) {
        text_block(scanner)
    } else {
        quoted(scanner)
    }
}

/// `"text"`.
pub(super) fn quoted(scanner: &mut Scanner<'_>) -> Result<String> {
    let start = scanner.position;
    let content = delimited(scanner, "\"")?;
    unescape(&normalized(content))
        .map_err(|message| scanner.error(scanner.span_from(start), message))
}

/// `"""`, a line break, text whose common indentation is removed, `"""`.
fn text_block(scanner: &mut Scanner<'_>) -> Result<String> {
    let start = scanner.position;
    let content = normalized(delimited(scanner, TEXT_BLOCK)?);
    let span = scanner.span_from(start);
    let Some(("", content)) = content
        .split_once('\n')
        .map(|(first, rest)| (first.trim_matches([' ', '\t']), rest))
    else {
        return Err(scanner.error(span, "expected a line break after `\"\"\"`".to_owned()));
    };
    unescape(&unindented(content)).map_err(|message| scanner.error(span, message))
}

/// The text between two delimiters, with its escapes.
fn delimited<'a>(scanner: &mut Scanner<'a>, delimiter: &str) -> Result<&'a str> {
    let opening = scanner.position;
    scanner.position += delimiter.len();
    let start = scanner.position;
    while !scanner.rest().starts_with(delimiter) {
        match scanner.peek() {
            None => return Err(unclosed(scanner, opening, delimiter)),
            Some(b'\\') => scanner.position = (scanner.position + 2).min(scanner.text.len()),
            Some(byte) if byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') => {
                return Err(scanner.expected("a string without control characters"));
            }
            Some(_) => scanner.position += 1,
        }
        // Delimiters are ASCII, so only character boundaries need to be looked at.
        while !scanner.text.is_char_boundary(scanner.position) {
            scanner.position += 1;
        }
    }
    let content = scanner.slice(start, scanner.position);
    scanner.position += delimiter.len();
    Ok(content)
}

fn unclosed(
    scanner: &Scanner<'_>,
    opening: usize,
    delimiter: &str,
) -> crate::diagnostic::Diagnostic {
    let mut diagnostic = scanner.expected(&format!("`{delimiter}`"));
    let opening = scanner.span(opening, opening + delimiter.len());
    diagnostic
        .related
        .push((opening, "the string starts here".to_owned()));
    diagnostic
}

/// Normalizes line breaks to `\n`.
fn normalized(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Removes the indentation that all lines share, and spaces at the ends of lines. The last line counts
/// even if it is blank, because it has the closing delimiter.
fn unindented(content: &str) -> String {
    let lines: Vec<&str> = content.split('\n').collect();
    let last = lines.len().saturating_sub(1);
    let counts = |(index, line): &(usize, &&str)| *index == last || !line.trim().is_empty();
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = lines
        .iter()
        .enumerate()
        .filter(counts)
        .map(|(_, line)| indentation(line))
        .min()
        .unwrap_or(0);
    let trimmed: Vec<&str> = lines
        .iter()
        .map(|line| {
            line.get(shared..)
                .unwrap_or_default()
                .trim_end_matches([' ', '\t'])
        })
        .collect();
    trimmed.join("\n")
}

/// Replaces escapes.
///
/// # Errors
///
/// A message that names the invalid escape.
fn unescape(text: &str) -> std::result::Result<String, String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        result.push_str(before);
        let mut characters = after.chars();
        match characters.next() {
            Some('u') => {
                let (character, after) = unicode(characters.as_str())?;
                result.push(character);
                rest = after;
                continue;
            }
            Some('\n') => {}
            Some(plain @ ('"' | '\\' | '/')) => result.push(plain),
            Some('b') => result.push('\u{8}'),
            Some('f') => result.push('\u{c}'),
            Some('n') => result.push('\n'),
            Some('r') => result.push('\r'),
            Some('t') => result.push('\t'),
            other => {
                let other = other.map(String::from).unwrap_or_default();
                return Err(format!("unknown escape `\\{}`", printable(&other)));
            }
        }
        rest = characters.as_str();
    }
    result.push_str(rest);
    Ok(result)
}

/// The character of a `\u` escape, which may be a surrogate pair, and the text after it.
fn unicode(text: &str) -> std::result::Result<(char, &str), String> {
    let (first, after) = code_unit(text)?;
    let low = after.strip_prefix("\\u").map(code_unit).transpose()?;
    let units = match low {
        Some((second, after)) if (0xd800..0xdc00).contains(&first) => ([first, second], 2, after),
        _ => ([first, 0], 1, after),
    };
    let (units, count, after) = units;
    match char::decode_utf16(units.into_iter().take(count)).next() {
        Some(Ok(character)) => Ok((character, after)),
        _ => Err(format!("unpaired surrogate `\\u{first:04x}`")),
    }
}

/// Four hexadecimal digits.
fn code_unit(text: &str) -> std::result::Result<(u16, &str), String> {
    let digits = text
        .get(..4)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let rest = text.get(4..).unwrap_or_default();
    unit.map(|unit| (unit, rest))
        .ok_or_else(|| "expected four hexadecimal digits after `\\u`".to_owned())
}
