//! Lists in headers (Smithy 2.0, "httpHeader trait"): comma-separated, strings quoted where needed.

use crate::error::DecodeError;

/// Appends a string, in quotes if it contains a comma or a quote.
pub(super) fn push_quoted(out: &mut Vec<u8>, text: &[u8]) {
    if !text.iter().any(|byte| matches!(byte, b',' | b'"')) {
        return out.extend_from_slice(text);
    }
    out.push(b'"');
    for &byte in text {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// The elements of a list. An HTTP date contains a comma itself.
pub(super) fn split(text: &str, is_http_date: bool) -> Result<Vec<String>, DecodeError> {
    let mut elements = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (element, after) = if let Some(quoted) = rest.strip_prefix('"') {
            unquote(quoted)?
        } else {
            let commas = usize::from(is_http_date);
            let end = rest
                .match_indices(',')
                .nth(commas)
                .map_or(rest.len(), |(index, _)| index);
            (
                rest.get(..end).unwrap_or_default().trim().to_owned(),
                rest.get(end..).unwrap_or_default(),
            )
        };
        elements.push(element);
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(rest) => rest.trim_start(),
            None if after.is_empty() => after,
            None => return Err(DecodeError::new("expected a comma after a quoted string")),
        };
    }
    Ok(elements)
}

/// The string up to its closing quote, and the rest.
fn unquote(text: &str) -> Result<(String, &str), DecodeError> {
    let mut element = String::new();
    let mut chars = text.char_indices();
    while let Some((index, char)) = chars.next() {
        match char {
            '"' => return Ok((element, text.get(index + 1..).unwrap_or_default())),
            '\\' => element.extend(chars.next().map(|(_, escaped)| escaped)),
            other => element.push(other),
        }
    }
    Err(DecodeError::new("unterminated quoted string"))
}
