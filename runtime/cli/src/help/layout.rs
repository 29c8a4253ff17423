//! Lays out a page: indented paragraphs, bullets, literal blocks.

use super::inline::{BOLD, PLAIN, UNDERLINE, bold, marked};
use super::manual::Block;

/// The width of a page, unless the terminal is narrower.
pub(super) const WIDTH: usize = 78;
/// The indentation of the text of a section.
const BODY: usize = 7;
/// The indentation of a level of nesting, in half columns.
const LEVEL: usize = 7;

/// A page that is being written.
pub(super) struct Page {
    title: String,
    text: String,
    /// The longest line in columns; none: lines aren't broken.
    limit: Option<usize>,
    /// Whether the next block isn't separated by an empty line.
    tight: bool,
}

impl Page {
    pub(super) fn new(name: &str, limit: Option<usize>) -> Self {
        let width = limit.unwrap_or(WIDTH);
        let title = format!("{}()", name.to_uppercase());
        let text = format!(
            "{title}{title:>width$}\n\n\n\n",
            width = width.saturating_sub(title.len()).max(title.len() + 1)
        );
        Self {
            title,
            text,
            limit,
            tight: true,
        }
    }

    /// The page, with marks.
    pub(super) fn finish(mut self) -> String {
        let width = self.limit.unwrap_or(WIDTH);
        let Self { title, text, .. } = &mut self;
        text.push_str("\n\n\n");
        pad(text, width.saturating_sub(title.len()));
        text.push_str(title);
        text.push('\n');
        self.text
    }

    /// The heading of a section.
    pub(super) fn section(&mut self, name: &str) {
        self.space();
        self.text.push_str(&bold(name));
        self.text.push('\n');
        self.tight = true;
    }

    /// A paragraph of text with marks.
    pub(super) fn paragraph(&mut self, level: usize, text: &str) {
        self.hanging(indent(level), "", text);
    }

    /// A paragraph without an empty line after it.
    pub(super) fn term(&mut self, level: usize, text: &str) {
        self.paragraph(level, text);
        self.tight = true;
    }

    /// An item of a list.
    pub(super) fn bullet(&mut self, level: usize, text: &str) {
        self.hanging(indent(level), "o ", text);
    }

    /// Lines that aren't broken.
    pub(super) fn literal<'a>(&mut self, level: usize, lines: impl IntoIterator<Item = &'a str>) {
        self.literal_at(indent(level), lines);
    }

    /// One more line of a literal block.
    pub(super) fn line(&mut self, level: usize, line: &str) {
        self.tight = true;
        self.literal(level, [line]);
    }

    /// A note of one paragraph with marks.
    pub(super) fn note(&mut self, level: usize, text: &str) {
        self.term(level, &bold("NOTE:"));
        self.paragraph(level + 1, text);
    }

    /// Ends a term, even if nothing followed.
    pub(super) fn loosen(&mut self) {
        self.tight = false;
    }

    /// Documentation.
    pub(super) fn blocks(&mut self, level: usize, blocks: &[Block<'_>]) {
        self.blocks_at(indent(level), blocks);
    }

    fn blocks_at(&mut self, halves: usize, blocks: &[Block<'_>]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.hanging(halves, "", &marked(text)),
                Block::Literal(lines) => self.literal_at(halves + LEVEL, lines.iter().copied()),
                Block::Admonition(kind, inside) => {
                    let kind = if *kind == "important" {
                        "warning"
                    } else {
                        kind
                    };
                    self.hanging(halves, "", &bold(&format!("{}:", kind.to_uppercase())));
                    self.tight = true;
                    self.blocks_at(halves + LEVEL, inside);
                    self.tight = false;
                }
                Block::Item(inside) => self.item(halves, inside),
            }
        }
    }

    fn literal_at<'a>(&mut self, halves: usize, lines: impl IntoIterator<Item = &'a str>) {
        self.space();
        for line in lines {
            if !line.is_empty() {
                pad(&mut self.text, halves / 2);
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// An item of a list. The AWS CLI's pages don't show numbers.
    fn item(&mut self, halves: usize, inside: &[Block<'_>]) {
        let marker = "o ";
        let (first, rest) = match inside {
            [Block::Paragraph(text), rest @ ..] => (marked(text), rest),
            rest => (String::new(), rest),
        };
        self.hanging(halves, marker, &first);
        self.blocks_at(halves + 2 * marker.len(), rest);
    }

    /// A paragraph with a marker in front of its first line.
    fn hanging(&mut self, halves: usize, marker: &str, text: &str) {
        self.space();
        let column = halves / 2;
        let indent = column + marker.len();
        let mut length = indent;
        pad(&mut self.text, column);
        self.text.push_str(marker);
        for (index, word) in text.split_whitespace().enumerate() {
            let width = word
                .chars()
                .filter(|c| !matches!(*c, BOLD | UNDERLINE | PLAIN))
                .count();
            if index > 0 && width > 0 {
                if self.limit.is_some_and(|limit| length + 1 + width > limit) {
                    self.text.push('\n');
                    pad(&mut self.text, indent);
                    length = indent;
                } else {
                    self.text.push(' ');
                    length += 1;
                }
            }
            self.text.push_str(word);
            length += width;
        }
        self.text.push('\n');
    }

    /// The empty line before a block.
    fn space(&mut self) {
        if !std::mem::take(&mut self.tight) {
            self.text.push('\n');
        }
    }
}

fn pad(text: &mut String, columns: usize) {
    text.extend(std::iter::repeat_n(' ', columns));
}

/// The indentation of a level of nesting from the left edge, in half columns.
fn indent(level: usize) -> usize {
    2 * BODY + level * LEVEL
}

/// The page without marks.
pub(super) fn plain(page: &str) -> String {
    page.replace([BOLD, UNDERLINE, PLAIN], "")
}

/// The page for a pager: bold and underlined by overstriking, as in manual pages.
pub(super) fn overstruck(page: &str) -> String {
    let mut out = String::with_capacity(page.len() * 2);
    let mut style = PLAIN;
    for c in page.chars() {
        match c {
            BOLD | UNDERLINE | PLAIN => style = c,
            c if c.is_whitespace() || style == PLAIN => out.push(c),
            c => out.extend([if style == BOLD { c } else { '_' }, '\u{8}', c]),
        }
    }
    out
}
