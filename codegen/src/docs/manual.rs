//! Writes blocks as lines of `manual.txt`, from which the command renders its help pages.
//!
//! ```text
//! # com.example#Operation$member
//! p A paragraph with `code`, *emphasis*, **strong**, [text](url), [name](); a backslash escapes.
//! note
//!   p A paragraph in a note; `important` is another kind.
//! - p The first block of an item
//!   p and its second.
//! pre A literal line.
//! ```

use super::{Block, Docs, Inline, one_line};
use std::borrow::Cow;

/// Writes an entry; nothing if the documentation is empty. The id may come in parts.
pub(crate) fn manual<const N: usize>(id: [&str; N], docs: &Docs, out: &mut String) {
    if docs.is_empty() {
        return;
    }
    out.push_str("# ");
    out.extend(id);
    out.push('\n');
    blocks(docs.blocks(), "", "", out);
}

/// Writes blocks, with this in front of the first line, and that in front of the others.
fn blocks(blocks: &[Block], first: &str, rest: &str, out: &mut String) {
    let start = out.len();
    for block in blocks {
        let before = if out.len() == start { first } else { rest };
        match block {
            Block::Paragraph(inlines) => line(before, "p ", inlines, "", out),
            Block::Heading(inlines) => line(before, "p **", inlines, "**", out),
            Block::Note(kind, inner) => {
                out.extend([before, kind, "\n"]);
                let inside = format!("{rest}  ");
                self::blocks(inner, &inside, &inside, out);
            }
            Block::List(number, items) => list(*number, items, before, rest, out),
            Block::Code(code) => {
                for code in code.lines() {
                    let before = if out.len() == start { first } else { rest };
                    out.extend([before, format!("pre {code}").trim_end(), "\n"]);
                }
            }
        }
    }
}

fn list(number: Option<u64>, items: &[Vec<Block>], first: &str, rest: &str, out: &mut String) {
    let start = out.len();
    for (index, item) in (number.unwrap_or(1)..).zip(items) {
        let before = if out.len() == start { first } else { rest };
        let bullet = match number {
            None => format!("{before}- "),
            Some(_) => format!("{before}{index}. "),
        };
        blocks(item, &bullet, &format!("{rest}  "), out);
    }
}

/// Writes words on one line.
fn line(before: &str, mark: &str, inlines: &[Inline], end: &str, out: &mut String) {
    out.extend([before, mark]);
    let start = out.len();
    render(inlines, out);
    if let Cow::Owned(spaced) = one_line(&out[start..]) {
        out.truncate(start);
        out.push_str(&spaced);
    }
    out.extend([end, "\n"]);
}

fn render(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => escape(text, out),
            Inline::Code(code) => marked("`", "`", |out| escape(code, out), out),
            Inline::Emphasis(inner) => marked("*", "*", |out| render(inner, out), out),
            Inline::Strong(inner) => marked("**", "**", |out| render(inner, out), out),
            Inline::Link(inner, url) => {
                marked("[", "](", |out| render(inner, out), out);
                out.extend([url, ")"]);
            }
            Inline::Break => out.push(' '),
        }
    }
}

fn marked(open: &str, close: &str, inner: impl FnOnce(&mut String), out: &mut String) {
    out.push_str(open);
    inner(out);
    out.push_str(close);
}

fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    let is_mark = |byte: u8| matches!(byte, b'*' | b'`' | b'\\' | b'[' | b']');
    while let Some(at) = rest.bytes().position(is_mark) {
        out.extend([&rest[..at], "\\", &rest[at..=at]]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
