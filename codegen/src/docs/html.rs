//! Reads HTML into blocks. Tags need not be balanced: as in browsers, a block ends a paragraph, `<li>` ends the item
//! before it, and inline elements continue in the next block.

use super::build::{BlockBuilder, Open, OpenInline};
use super::markup::{Tag, Token, parts};
use super::{Block, Inline, is_hostile};

/// Elements that would be nested more deeply are ignored.
const DEEPEST: usize = 64;

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for token in parts(text) {
        match token {
            Token::Tag(tag) => reader.tag(&tag),
            Token::Comment(_) => {}
            Token::Text { text, .. } => reader.text(&harmless(&text)),
        }
    }
    reader.end_raw();
    reader.builder.finish()
}

/// An element that contains blocks.
#[derive(Clone, Copy, PartialEq)]
enum Container {
    Quote,
    List,
    Item,
}

/// Elements whose text is taken as it is, or not at all.
#[derive(Clone, Copy, PartialEq)]
enum Raw {
    Code,
    Pre,
    Skipped,
}

#[derive(Default)]
struct Reader {
    builder: BlockBuilder,
    containers: Vec<Container>,
    /// Open inline elements. The first `started` of them were passed on; the others are when text follows.
    marks: Vec<(String, OpenInline)>,
    started: usize,
    /// Whether the current block has text.
    has_text: bool,
    /// Whether white space precedes the next text.
    has_space: bool,
    /// The end of the text so far.
    last: Option<char>,
    /// Whether a word that follows needs a space: after white space at the end of code, and after punctuation at the end
    /// of marked text, where Markdown couldn't end the mark.
    parts_word: bool,
    /// The number of line breaks before the next text.
    breaks: usize,
    /// The open element of this kind, with its name and its text.
    raw: Option<(Raw, String, String)>,
}

impl Reader {
    fn tag(&mut self, tag: &Tag<'_>) {
        if let Some((raw, name, _)) = &self.raw {
            let ends = tag.closes && tag.name == *name;
            match raw {
                _ if ends => return self.end_raw(),
                Raw::Code if !tag.is_inline() => self.end_raw(),
                Raw::Code | Raw::Pre | Raw::Skipped => return,
            }
        }
        match &*tag.name {
            "script" | "style" | "fullname" | "iframe" => self.start_raw(Raw::Skipped, tag),
            "img" => {}
            "code" => self.start_raw(Raw::Code, tag),
            "pre" => {
                self.break_block();
                self.start_raw(Raw::Pre, tag);
            }
            "br" => self.breaks += 1,
            "b" | "strong" => self.mark(tag, || OpenInline::Strong),
            "i" | "em" => self.mark(tag, || OpenInline::Emphasis),
            "a" => self.mark(tag, || OpenInline::Link(tag.attribute("href"))),
            _ if tag.is_inline() => {}
            _ => self.block(tag),
        }
    }

    fn start_raw(&mut self, raw: Raw, tag: &Tag<'_>) {
        if !tag.closes {
            self.raw = Some((raw, tag.name.to_string(), String::new()));
        }
    }

    fn end_raw(&mut self) {
        match self.raw.take() {
            Some((Raw::Code, _, code)) if !code.trim().is_empty() => {
                let follows_word = self.last.is_some_and(char::is_alphanumeric);
                self.has_space |= follows_word && code.starts_with(white_space);
                self.inline(Inline::Code(words(&code)));
                self.parts_word = code.ends_with(white_space);
            }
            Some((Raw::Pre, _, code)) => {
                let code = code.strip_prefix('\n').unwrap_or(&code).trim_end();
                self.builder.block(Block::Code(format!("{code}\n")));
            }
            Some((Raw::Code | Raw::Skipped, ..)) | None => {}
        }
    }

    fn mark(&mut self, tag: &Tag<'_>, mark: impl FnOnce() -> OpenInline) {
        if tag.closes || tag.name == "a" {
            self.end_mark(&tag.name);
        }
        if !tag.closes && self.marks.len() < DEEPEST {
            self.marks.push((tag.name.to_string(), mark()));
        }
    }

    fn end_mark(&mut self, name: &str) {
        let Some(at) = self.marks.iter().rposition(|(open, _)| open == name) else {
            return;
        };
        let (_, mark) = self.marks.remove(at);
        let is_link = matches!(mark, OpenInline::Link(_));
        self.parts_word |= !is_link && self.last.is_some_and(|c| c.is_ascii_punctuation());
        for _ in at..self.started {
            self.builder.end_span();
        }
        self.started = self.started.min(at);
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, raw)) = &mut self.raw {
            raw.push_str(text);
            return;
        }
        self.has_space |= text.starts_with(white_space)
            || self.parts_word && text.starts_with(char::is_alphanumeric);
        self.parts_word = false;
        self.last = text.chars().next_back();
        let words = words(text);
        if !words.is_empty() {
            self.inline(Inline::Text(words));
            self.has_space = text.ends_with(white_space);
        }
    }

    fn inline(&mut self, inline: Inline) {
        match (self.has_text, self.breaks) {
            (true, 0) if self.has_space => self.builder.inline(Inline::Text(" ".to_owned())),
            (true, 1) => self.builder.inline(Inline::Break),
            (true, 2..) => self.break_block(),
            _ => {}
        }
        for (_, mark) in &self.marks[self.started..] {
            self.builder.span(mark.clone());
        }
        self.started = self.marks.len();
        self.builder.inline(inline);
        (self.has_text, self.has_space, self.breaks) = (true, false, 0);
    }

    fn block(&mut self, tag: &Tag<'_>) {
        if matches!(&*tag.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") && tag.closes {
            self.builder.heading();
        }
        self.break_block();
        match &*tag.name {
            "li" => {
                self.end(Container::Item);
                self.start(tag, Container::Item, Open::Item(Vec::new()));
            }
            "ul" => self.start(tag, Container::List, Open::List(None, Vec::new())),
            "ol" => {
                let first = tag.attribute("start").and_then(|start| start.parse().ok());
                let list = Open::List(first.or(Some(1)), Vec::new());
                self.start(tag, Container::List, list);
            }
            // AWS's elements for notes.
            "important" => self.start(tag, Container::Quote, Open::Note("important", Vec::new())),
            "note" | "blockquote" => {
                self.start(tag, Container::Quote, Open::Note("note", Vec::new()));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, container: Container, open: Open) {
        if tag.closes {
            self.end(container);
        } else if self.containers.len() < DEEPEST {
            self.containers.push(container);
            self.builder.open(open);
        }
    }

    /// Ends the last container of this kind and those in it. An item ends only within its list.
    fn end(&mut self, container: Container) {
        let is_barrier = |open| container == Container::Item && open == Container::List;
        let last = self
            .containers
            .iter()
            .rposition(|&open| open == container || is_barrier(open));
        let Some(at) = last.filter(|&at| self.containers[at] == container) else {
            return;
        };
        for _ in at..self.containers.len() {
            self.builder.close();
        }
        self.containers.truncate(at);
    }

    fn break_block(&mut self) {
        self.builder.paragraph();
        (self.started, self.has_text, self.has_space, self.breaks) = (0, false, false, 0);
    }
}

/// The words of a text, one space apart.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(white_space).filter(|word| !word.is_empty()) {
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word);
    }
    out
}

/// White space in HTML, which a no-break space isn't.
fn white_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

/// Removes what only character references can have brought: the rest of the text is without it.
fn harmless(text: &str) -> String {
    let is_harmless = |&c: &char| c == '\n' || !is_hostile(c);
    text.chars().filter(is_harmless).collect()
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::docs::{Block, Inline};

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn paragraph(inlines: &[Inline]) -> Block {
        Block::Paragraph(inlines.to_vec())
    }

    #[test]
    fn entities_of_html() {
        for (html, expected) in [
            ("a &amp; b", "a & b"),
            (
                "&lt;p&gt; &#65;&#x42; &eacute;&nbsp;",
                "<p> AB \u{e9}\u{a0}",
            ),
            ("a & b; &; &none; &amp", "a & b; &; &none; &"),
            ("a&#x202e;&#7;&#10;b&#0;", "a b\u{fffd}"),
        ] {
            assert_eq!(blocks(html), [paragraph(&[text(expected)])]);
        }
    }

    #[test]
    fn white_space_around_marks_and_code() {
        let strong = Inline::Strong(vec![text("b")]);
        let code = Inline::Code("b c".to_owned());
        for (html, expected) in [
            (
                "a\n <b> b </b> \n c",
                [text("a "), strong.clone(), text(" c")],
            ),
            ("a<b>b</b>c", [text("a"), strong, text("c")]),
            (
                "a<code> b\n c </code>d",
                [text("a "), code.clone(), text(" d")],
            ),
            ("(<code> b c </code>)", [text("("), code, text(")")]),
            (
                "a <b>b:</b>c",
                [text("a "), Inline::Strong(vec![text("b:")]), text(" c")],
            ),
        ] {
            assert_eq!(blocks(html), [paragraph(&expected)], "{html}");
        }
    }

    #[test]
    fn unbalanced_tags() {
        let strong = |of: &str| paragraph(&[Inline::Strong(vec![text(of)])]);
        assert_eq!(
            blocks("<p><b>a<p>b</i></b></ul>"),
            [strong("a"), strong("b")]
        );
        let items = vec![vec![paragraph(&[text("a")])], vec![paragraph(&[text("b")])]];
        let list = Block::List(None, items);
        for html in ["<ul><li>a<li><p>b</ul>", "<ul><li>a</ul><ul><li>b</li>"] {
            assert_eq!(blocks(html), std::slice::from_ref(&list));
        }
        let nested = [
            text("a "),
            Inline::Strong(vec![text("b "), Inline::Emphasis(vec![text("c")])]),
        ];
        let mut expected = nested.to_vec();
        expected.push(Inline::Emphasis(vec![text("d")]));
        assert_eq!(blocks("a <b>b <i>c</b>d</i>"), [paragraph(&expected)]);
    }

    #[test]
    fn code_has_no_markup() {
        let code = |of: &str| paragraph(&[Inline::Code(of.to_owned())]);
        assert_eq!(
            blocks("<code>a<i>b</i><a href='c'>*c*</a>"),
            [code("ab*c*")]
        );
        assert_eq!(
            blocks("<code>a<i>b</i>*c*&lt;<K></code>"),
            [code("ab*c*<<K>")]
        );
    }
}
