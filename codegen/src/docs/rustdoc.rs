//! Writes blocks as lines of rustdoc Markdown.

use super::{Block, Docs, Inline, one_line};
use std::borrow::Cow;

/// The length of a line, which leaves room for `///` and indentation.
const WIDTH: usize = 96;

/// The lines, without `///`.
pub(crate) fn lines(docs: &Docs) -> Vec<String> {
    let mut out = Vec::new();
    blocks(docs.blocks(), "", &mut out);
    out
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

fn blocks(blocks: &[Block], indent: &str, out: &mut Vec<String>) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            out.push(indent.trim_end().to_owned());
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

fn list(start: Option<u64>, items: &[Vec<Block>], indent: &str, out: &mut Vec<String>) {
    for (number, item) in (start.unwrap_or(0)..).zip(items) {
        let bullet = start.map_or("- ".to_owned(), |_| format!("{number}. "));
        let from = out.len();
        blocks(item, &format!("{indent}{}", " ".repeat(bullet.len())), out);
        if let Some(line) = out.get_mut(from) {
            *line = format!(
                "{indent}{bullet}{}",
                line.get(indent.len() + bullet.len()..).unwrap_or_default()
            );
        }
    }
}

fn code_block(code: &str, indent: &str, out: &mut Vec<String>) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    out.push(format!("{indent}{fence}text"));
    out.extend(
        code.lines()
            .map(|line| format!("{indent}{line}").trim_end().to_owned()),
    );
    out.push(format!("{indent}{fence}"));
}

/// Words, wrapped.
fn paragraph(inlines: &[Inline], indent: &str, out: &mut Vec<String>) {
    let mut text = String::new();
    render(inlines, &mut text);
    let mut line = Line::new(indent);
    for word in text.split_ascii_whitespace() {
        if word == "\u{1}" {
            line.text.push_str("  ");
            out.push(line.end());
        } else {
            if !line.has_room(word) {
                out.push(line.end());
            }
            line.add(word);
        }
    }
    if !line.is_empty {
        out.push(line.text);
    }
}

/// A line that is being filled with words.
struct Line<'i> {
    indent: &'i str,
    text: String,
    /// The characters so far.
    width: usize,
    is_empty: bool,
}

impl<'i> Line<'i> {
    fn new(indent: &'i str) -> Self {
        let mut text = String::with_capacity(WIDTH);
        text.push_str(indent);
        Self {
            indent,
            text,
            width: indent.chars().count(),
            is_empty: true,
        }
    }

    /// Returns the text and starts a new line.
    fn end(&mut self) -> String {
        std::mem::replace(self, Self::new(self.indent)).text
    }

    fn has_room(&self, word: &str) -> bool {
        self.is_empty || self.width + 1 + word.chars().count() <= WIDTH
    }

    fn add(&mut self, word: &str) {
        let before = self.text.len();
        if self.is_empty {
            self.text.push_str(&line_start(word));
        } else {
            self.text.push(' ');
            self.text.push_str(word);
        }
        self.width += self.text[before..].chars().count();
        self.is_empty = false;
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
            Inline::Code(code) => out.push_str(&code_span(code)),
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

fn code_span(code: &str) -> String {
    let code = one_line(code);
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    if code.is_empty() {
        String::new()
    } else {
        format!("{fence}{space}{code}{space}{fence}")
    }
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
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.-'\"()/".contains(&byte);
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
