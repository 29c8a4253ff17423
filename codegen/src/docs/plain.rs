//! Reads paragraphs of plain words and `<code>`, most of the documentation there is, without an HTML and a Markdown parser.

use super::{Block, Inline};

/// The blocks of a text that means the same in HTML and `CommonMark`; none for any other text.
pub(super) fn blocks(text: &str) -> Option<Vec<Block>> {
    let mut rest = text.trim();
    if !rest.starts_with("<p>") {
        return Some(vec![paragraph(text.trim_end())?]);
    }
    let mut blocks = Vec::new();
    while !rest.is_empty() {
        let (inner, after) = rest.strip_prefix("<p>")?.split_once("</p>")?;
        blocks.push(paragraph(inner.trim())?);
        rest = after.trim_start();
    }
    Some(blocks)
}

fn paragraph(mut text: &str) -> Option<Block> {
    let mut inlines = Vec::new();
    if !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '<') {
        return None;
    }
    while let Some(start) = text.find('<') {
        words(&text[..start], &mut inlines)?;
        let rest = text[start..].strip_prefix("<code>")?;
        let (code, end) = rest.split_at(rest.find('<')?);
        if code.is_empty() || !code.bytes().all(is_plain_code) {
            return None;
        }
        inlines.push(Inline::Code(code.to_owned()));
        text = end.strip_prefix("</code>")?;
    }
    words(text, &mut inlines)?;
    Some(Block::Paragraph(inlines))
}

/// Characters that have no meaning in either format, one space apart.
fn words(text: &str, inlines: &mut Vec<Inline>) -> Option<()> {
    if text.contains("  ") || !text.bytes().all(is_plain) {
        return None;
    }
    if !text.is_empty() {
        inlines.push(Inline::Text(text.to_owned()));
    }
    Some(())
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b' ' | b',' | b'.' | b';' | b':' | b'\'' | b'"' | b'(' | b')' | b'/' | b'-'
        )
}

fn is_plain_code(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b':' | b'/')
}
