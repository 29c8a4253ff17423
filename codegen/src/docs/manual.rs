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

/// Writes an entry; nothing if the documentation is empty.
pub(crate) fn manual(id: &str, docs: &Docs, out: &mut String) {
    if docs.is_empty() {
        return;
    }
    out.extend(["# ", id, "\n"]);
    for line in blocks(docs.blocks()) {
        out.extend([&line, "\n"]);
    }
}

fn blocks(blocks: &[Block]) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => out.push(format!("p {}", line(inlines))),
            Block::Heading(inlines) => out.push(format!("p **{}**", line(inlines))),
            Block::Note(kind, inner) => {
                out.push((*kind).to_owned());
                out.extend(self::blocks(inner).iter().map(|line| format!("  {line}")));
            }
            Block::List(start, items) => list(*start, items, &mut out),
            Block::Code(code) => out.extend(
                code.lines()
                    .map(|line| format!("pre {line}").trim_end().to_owned()),
            ),
        }
    }
    out
}

fn list(start: Option<u64>, items: &[Vec<Block>], out: &mut Vec<String>) {
    for (number, item) in (start.unwrap_or(1)..).zip(items) {
        let bullet = start.map_or("- ".to_owned(), |_| format!("{number}. "));
        for (index, line) in blocks(item).iter().enumerate() {
            out.push(if index == 0 {
                format!("{bullet}{line}")
            } else {
                format!("  {line}")
            });
        }
    }
}

fn line(inlines: &[Inline]) -> String {
    let mut out = String::new();
    render(inlines, &mut out);
    one_line(&out).into_owned()
}

fn render(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => escape(text, out),
            Inline::Code(code) => marked("`", "`", |out| escape(code, out), out),
            Inline::Emphasis(inner) => marked("*", "*", |out| render(inner, out), out),
            Inline::Strong(inner) => marked("**", "**", |out| render(inner, out), out),
            Inline::Link(inner, url) => {
                marked("[", &format!("]({url})"), |out| render(inner, out), out);
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
