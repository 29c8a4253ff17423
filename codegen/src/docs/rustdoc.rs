//! Writes blocks as lines of rustdoc Markdown.

use super::{Block, Docs, Inline, one_line};
use std::borrow::Cow;

/// The length of a line, which leaves room for `///` and indentation.
const WIDTH: usize = 96;

/// Lines as they follow `///`: each with a space in front, except empty ones.
#[derive(Default)]
pub(crate) struct DocLines {
    /// A line feed ends each line.
    text: String,
}

impl DocLines {
    /// Adds a line.
    pub(crate) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.extend([" ", line]);
        }
        self.text.push('\n');
    }

    /// Adds documentation.
    pub(crate) fn docs(&mut self, docs: &Docs) {
        blocks(docs.blocks(), "", self);
    }

    /// The lines with line feeds between them; none if there are no lines.
    pub(crate) fn text(&self) -> Option<&str> {
        self.text.strip_suffix('\n')
    }
}

impl From<&Docs> for DocLines {
    fn from(docs: &Docs) -> Self {
        let mut lines = Self::default();
        lines.docs(docs);
        lines
    }
}

impl<'l> FromIterator<&'l str> for DocLines {
    fn from_iter<I: IntoIterator<Item = &'l str>>(all: I) -> Self {
        let mut lines = Self::default();
        all.into_iter().for_each(|line| lines.line(line));
        lines
    }
}

/// The first sentence, as plain text on one line.
pub(crate) fn summary(docs: &Docs) -> String {
    let mut text = String::new();
    let blocks = docs.blocks();
    if let Some(inlines) = first(blocks, false).or_else(|| first(blocks, true)) {
        plain(inlines, &mut text);
    }
    let text = one_line(&text);
    let end = text
        .match_indices(". ")
        .find(|(at, _)| !abbreviation(&text[..*at]))
        .map(|(at, _)| at + 1);
    end.map_or(&*text, |end| &text[..end]).to_owned()
}

fn abbreviation(before: &str) -> bool {
    ["e.g", "i.e", "etc", " vs"]
        .iter()
        .any(|short| before.ends_with(short))
}

/// The first paragraph; one of a note only if there is no other.
fn first(blocks: &[Block], in_notes: bool) -> Option<&[Inline]> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(inlines) | Block::Heading(inlines) => {
            (in_notes || !is_note(inlines)).then_some(inlines.as_slice())
        }
        Block::Note(_, blocks) => in_notes.then(|| first(blocks, true)).flatten(),
        Block::List(_, items) => items.iter().find_map(|item| first(item, in_notes)),
        Block::Code(_) => None,
    })
}

/// Whether a paragraph is a note without markup: `Note: …`.
fn is_note(inlines: &[Inline]) -> bool {
    let mut text = String::new();
    plain(inlines, &mut text);
    let word = text
        .trim_start()
        .split_once(':')
        .map(|(word, _)| word.to_ascii_lowercase());
    word.is_some_and(|word| ["note", "important", "warning", "caution"].contains(&word.as_str()))
}

/// Text without marks.
pub(super) fn plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inlines) | Inline::Strong(inlines) | Inline::Link(inlines, _) => {
                plain(inlines, out);
            }
            Inline::Break => out.push(' '),
        }
    }
}

fn blocks(blocks: &[Block], indent: &str, out: &mut DocLines) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            out.line(indent.trim_end());
        }
        match block {
            Block::Paragraph(inlines) => paragraph(inlines, indent, out),
            Block::Heading(inlines) => {
                paragraph(&[Inline::Strong(inlines.clone())], indent, out);
            }
            Block::Note(_, inner) => self::blocks(inner, &format!("{indent}> "), out),
            Block::List(start, items) => list(*start, items, indent, out),
            Block::Code(code) => code_block(code, indent, out),
        }
    }
}

fn list(start: Option<u64>, items: &[Vec<Block>], indent: &str, out: &mut DocLines) {
    for (number, item) in (start.unwrap_or(0)..).zip(items) {
        let bullet = start.map_or("- ".to_owned(), |_| format!("{number}. "));
        let from = out.text.len();
        blocks(item, &format!("{indent}{}", " ".repeat(bullet.len())), out);
        let Some(length) = out.text[from..].find('\n') else {
            continue;
        };
        // Its indentation makes room for the bullet.
        let first = &out.text[from..from + length];
        let rest = first.get(" ".len() + indent.len() + bullet.len()..);
        let first = format!(" {indent}{bullet}{}", rest.unwrap_or_default());
        out.text.replace_range(from..from + length, &first);
    }
}

fn code_block(code: &str, indent: &str, out: &mut DocLines) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    out.line(&format!("{indent}{fence}text"));
    for line in code.lines() {
        out.line(format!("{indent}{line}").trim_end());
    }
    out.line(&format!("{indent}{fence}"));
}

/// Words, wrapped.
fn paragraph(inlines: &[Inline], indent: &str, out: &mut DocLines) {
    let mut text = String::new();
    render(inlines, &mut text);
    let out = &mut out.text;
    out.reserve(text.len() + text.len() / 8);
    // The characters of the line so far; none if it has no words yet.
    let mut width = None;
    for word in text.split_ascii_whitespace() {
        if word == "\u{1}" {
            if width.is_none() {
                out.extend([" ", indent]);
            }
            out.push_str("  \n");
            width = None;
            continue;
        }
        let needed = 1 + width_of(word);
        if width.is_some_and(|width| width + needed > WIDTH) {
            out.push('\n');
            width = None;
        }
        let before = out.len();
        if width.is_some() {
            out.extend([" ", word]);
        } else {
            out.extend([" ", indent, &line_start(word)]);
        }
        let space = usize::from(width.is_none());
        width = Some(width.unwrap_or(0) + width_of(&out[before + space..]));
    }
    if width.is_some() {
        out.push('\n');
    }
}

/// The number of characters. Most words are ASCII.
fn width_of(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// Escapes a word that would start a list, quote or heading at the start of a line.
fn line_start(word: &str) -> Cow<'_, str> {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < word.len() && (digits == "." || digits == ")") {
        let number = &word[..word.len() - digits.len()];
        return format!("{number}\\{digits}").into();
    }
    if word.starts_with(['-', '+', '#', '=', '~', '|', ':']) && !word.starts_with('\\') {
        format!("\\{word}").into()
    } else {
        word.into()
    }
}

fn render(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => escape_text(text, out),
            Inline::Code(code) => code_span(code, out),
            Inline::Emphasis(inner) => around("*", inner, out),
            Inline::Strong(inner) => around("**", inner, out),
            Inline::Link(inner, url) if url.is_empty() => render(inner, out),
            Inline::Link(inner, url) => link(inner, url, out),
            Inline::Break => out.push_str(" \u{1} "),
        }
    }
}

/// Moves spaces out of marks, which must touch a word.
fn around(mark: &str, inner: &[Inline], out: &mut String) {
    let mut text = String::new();
    render(inner, &mut text);
    let trimmed = text.trim();
    if trimmed.is_empty() || trimmed.contains('\u{1}') {
        out.push_str(&text);
        return;
    }
    out.push_str(if text.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    });
    out.extend([mark, trimmed, mark]);
    out.push_str(if text.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    });
}

fn link(inner: &[Inline], url: &str, out: &mut String) {
    let mut text = String::new();
    plain(inner, &mut text);
    let text = one_line(&text);
    if text.is_empty() || text.contains("://") {
        out.extend(["<", url, ">"]);
    } else {
        out.extend(["[", &escape(&text), "](", url, ")"]);
    }
}

fn code_span(code: &str, out: &mut String) {
    let code = one_line(code);
    if code.is_empty() {
        return;
    }
    if !code.contains('`') {
        return out.extend(["`", &code, "`"]);
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    out.extend([&fence, space, &code, space, &fence]);
}

/// Escapes Markdown, and turns bare URLs into links.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_text(text, &mut out);
    out
}

fn escape_text(text: &str, out: &mut String) {
    if !text.contains(':') {
        return escape_into(text, out);
    }
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        match address(word) {
            Some((before, url, after)) => {
                escape_into(before, out);
                out.extend(["<", url, ">"]);
                escape_into(after, out);
            }
            None => escape_into(word, out),
        }
    }
}

fn escape_into(mut text: &str, out: &mut String) {
    let is_plain = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b' ' | b',' | b'.' | b'-' | b'\'' | b'"' | b'(' | b')' | b'/'
            )
    };
    while let Some(at) = text.bytes().position(|byte| !is_plain(byte)) {
        out.push_str(&text[..at]);
        let mut characters = text[at..].chars();
        let Some(c) = characters.next() else { return };
        text = characters.as_str();
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '$' | '~' | '|' => {
                out.extend(['\\', c]);
            }
            // URLs were handled above; rustdoc's lint would take the rest for one.
            ':' if out.ends_with("http") || out.ends_with("https") => out.push_str("\\:"),
            _ if super::is_hostile(c) => out.push(' '),
            _ => out.push(c),
        }
    }
    out.push_str(text);
}

/// A bare URL in a word, and the text before and after it.
fn address(word: &str) -> Option<(&str, &str, &str)> {
    // Most words have none, and one character is found faster than a text.
    word.find(':')?;
    let start = word.find("https://").or_else(|| word.find("http://"))?;
    let (before, rest) = word.split_at(start);
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c)))
        .unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    let host = url
        .split_once("://")
        .is_some_and(|(_, host)| host.starts_with(|c: char| c.is_ascii_alphanumeric()));
    host.then(|| (before, url, &rest[url.len()..]))
}
