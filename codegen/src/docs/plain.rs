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
    while let Some((before, rest)) = text.split_once("<code>") {
        let (code, after) = rest.split_once("</code>")?;
        words(before, &mut inlines)?;
        if code.is_empty() || !code.bytes().all(is_plain_code) {
            return None;
        }
        inlines.push(Inline::Code(code.to_owned()));
        text = after;
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
    byte.is_ascii_alphanumeric() || b" ,.;:'\"()/-".contains(&byte)
}

fn is_plain_code(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-:/".contains(&byte)
}
