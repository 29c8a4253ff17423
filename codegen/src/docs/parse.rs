//! Parses HTML or `CommonMark` into blocks.

use super::{Block, Inline, is_hostile};
use super::{markup, plain};
use htmd::HtmlToMarkdown;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::sync::LazyLock;

/// Deeper nesting is flattened.
const DEEPEST: usize = 12;
/// If more tags than this are open, all tags are dropped: nobody wrote such a text by hand.
const MOST_OPEN: usize = 64;

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    plain::blocks(text).unwrap_or_else(|| parsed(text))
}

fn parsed(text: &str) -> Vec<Block> {
    let text: String = text
        .chars()
        .map(|c| match c {
            IMPORTANT | markup::ANGLE => ' ',
            c if is_hostile(c) && c != '\n' => ' ',
            c => c,
        })
        .collect();
    let markdown = if markup::is_html(&text) {
        from_html(&markup::html(&text))
    } else {
        markup::markdown(&text)
    };
    let mut builder = BlockBuilder::default();
    for event in Parser::new(&markdown) {
        builder.event(event);
    }
    builder.finish()
}

/// Starts the quote that stands for `<important>`. Removed from the model's own text.
const IMPORTANT: char = '\u{E000}';
/// The URL that stands for a missing one.
const NOWHERE: &str = "nowhere:";

/// AWS's `<note>` and the like aren't HTML; they become quotes in between. `<a>` without a target is the name of another
/// shape.
fn from_html(html: &str) -> String {
    let html = if deepest(html) > MOST_OPEN {
        markup::without_tags(html)
    } else {
        html.to_owned()
    };
    let mut quoted =
        code_in_pre(&words_apart(&html)).replace("<a>", &format!("<a href=\"{NOWHERE}\">"));
    for (word, mark) in [("note", ""), ("important", &*IMPORTANT.to_string())] {
        quoted = quoted
            .replace(&format!("<{word}>"), &format!("<blockquote>{mark}"))
            .replace(&format!("</{word}>"), "</blockquote>");
    }
    CONVERTER.convert(&quoted).unwrap_or_default()
}

/// Shared, because setting up its handlers takes longer than converting most texts.
static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    HtmlToMarkdown::builder()
        .skip_tags(vec!["script", "style", "fullname", "img", "iframe"])
        .build()
});

/// Puts `<code>` into `<pre>`, without which the converter takes the text for a paragraph.
fn code_in_pre(html: &str) -> String {
    let mut parts = html.split("<pre>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("<pre>");
        match part.split_once("</pre>") {
            Some((inner, after)) if !inner.contains("<code") => {
                out.extend(["<code>", inner, "</code></pre>", after]);
            }
            _ => out.push_str(part),
        }
    }
    out
}

/// Inserts a space between punctuation at the end of marked text and a following word, where Markdown can't end the mark.
fn words_apart(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        let (before, end) = rest.split_at(at);
        let (tag, after) = end.split_at(end.find('>').map_or(end.len(), |at| at + 1));
        out.extend([before, tag]);
        let marks = ["</b>", "</i>", "</em>", "</strong>"].contains(&tag);
        if marks
            && before.ends_with(|c: char| c.is_ascii_punctuation() && c != '>')
            && after.starts_with(char::is_alphanumeric)
        {
            out.push(' ');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn deepest(html: &str) -> usize {
    let opened = html
        .match_indices('<')
        .filter(|(at, _)| html[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        .count();
    let closed = html.matches("</").count();
    // Counted in any order, because unclosed tags and long runs of opening tags are expensive.
    let run = html
        .split("</")
        .map(|part| part.matches('<').count())
        .max()
        .unwrap_or(0);
    opened.saturating_sub(closed).max(run)
}

/// An open container.
enum Open {
    Note(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
}

/// An open inline container.
enum OpenInline {
    Emphasis,
    Strong,
    Link(String),
}

#[derive(Default)]
struct BlockBuilder {
    done: Vec<Block>,
    open: Vec<Open>,
    /// The number of containers that were not opened because of their depth.
    flattened: usize,
    spans: Vec<(OpenInline, Vec<Inline>)>,
    inlines: Vec<Inline>,
    code: Option<String>,
}

impl BlockBuilder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.inline(Inline::Text(markup::with_angles(&text))),
            },
            Event::Code(text) => self.inline(Inline::Code(markup::with_angles(&text))),
            Event::SoftBreak => self.inline(Inline::Text(" ".into())),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Html(text) | Event::InlineHtml(text) => self.between_tags(&text),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(Inline::Code(text.into_string()));
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.open(Open::Note(Vec::new())),
            Tag::List(start) => self.open(Open::List(start, Vec::new())),
            Tag::Item => self.open(Open::Item(Vec::new())),
            Tag::CodeBlock(_) => {
                self.paragraph();
                self.code = Some(String::new());
            }
            Tag::Emphasis => self.span(OpenInline::Emphasis),
            Tag::Strong => self.span(OpenInline::Strong),
            Tag::Link { dest_url, .. } => self.span(OpenInline::Link(dest_url.into_string())),
            Tag::Paragraph | Tag::Heading { .. } => self.paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.block(Block::Code(markup::with_angles(&code)));
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.end_span(),
            TagEnd::Heading(_) => {
                let inlines = self.take_inlines();
                if !inlines.is_empty() {
                    self.block(Block::Heading(inlines));
                }
            }
            TagEnd::Paragraph => self.paragraph(),
            _ => {}
        }
    }

    /// Tags are ignored in Markdown, text between them is not.
    fn between_tags(&mut self, html: &str) {
        let text = markup::with_angles(&markup::without_tags(html));
        if !text.trim().is_empty() {
            self.inline(Inline::Text(text.replace('\n', " ")));
        }
    }

    fn inline(&mut self, inline: Inline) {
        match self.spans.last_mut() {
            Some((_, inlines)) => inlines.push(inline),
            None => self.inlines.push(inline),
        }
    }

    fn inline_all(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn span(&mut self, span: OpenInline) {
        self.spans.push((span, Vec::new()));
    }

    fn end_span(&mut self) {
        let Some((span, inlines)) = self.spans.pop() else {
            return;
        };
        if self.spans.len() >= DEEPEST {
            self.inline_all(inlines);
            return;
        }
        match span {
            _ if inlines.is_empty() => {}
            OpenInline::Emphasis => self.inline(Inline::Emphasis(inlines)),
            OpenInline::Strong => self.inline(Inline::Strong(inlines)),
            OpenInline::Link(url) => match web(&url) {
                Some(url) => self.inline(Inline::Link(inlines, url)),
                None if url == NOWHERE => self.inline(Inline::Link(inlines, String::new())),
                None => self.inline_all(inlines),
            },
        }
    }

    fn take_inlines(&mut self) -> Vec<Inline> {
        while !self.spans.is_empty() {
            self.end_span();
        }
        let inlines = std::mem::take(&mut self.inlines);
        let says = |inline: &Inline| {
            !matches!(inline, Inline::Break) && *inline != Inline::Text(" ".into())
        };
        if inlines.iter().any(says) {
            inlines
        } else {
            Vec::new()
        }
    }

    fn paragraph(&mut self) {
        let inlines = self.take_inlines();
        if !inlines.is_empty() {
            self.block(Block::Paragraph(inlines));
        }
    }

    fn block(&mut self, block: Block) {
        match self.open.last_mut() {
            None => self.done.push(block),
            Some(Open::Note(blocks) | Open::Item(blocks)) => blocks.push(block),
            Some(Open::List(_, items)) => items.push(vec![block]),
        }
    }

    fn open(&mut self, container: Open) {
        self.paragraph();
        if self.open.len() < DEEPEST && self.flattened == 0 {
            self.open.push(container);
        } else {
            self.flattened += 1;
        }
    }

    fn close(&mut self) {
        self.paragraph();
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::Note(mut blocks)) if !blocks.is_empty() => {
                let kind = note_kind(&mut blocks);
                self.block(Block::Note(kind, blocks));
            }
            Some(Open::List(start, items)) if !items.is_empty() => {
                self.block(Block::List(start, items));
            }
            Some(Open::Item(blocks)) => match self.open.last_mut() {
                Some(Open::List(_, items)) if !blocks.is_empty() => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.block(block)),
            },
            Some(Open::Note(_) | Open::List(..)) | None => {}
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.paragraph();
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
}

/// The kind of note; removes its mark.
fn note_kind(blocks: &mut Vec<Block>) -> &'static str {
    let Some(Block::Paragraph(inlines)) = blocks.first_mut() else {
        return "note";
    };
    let Some(Inline::Text(text)) = inlines.first_mut() else {
        return "note";
    };
    let Some(rest) = text.strip_prefix(IMPORTANT) else {
        return "note";
    };
    *text = rest.to_owned();
    if text.is_empty() && inlines.len() == 1 {
        blocks.remove(0);
    }
    "important"
}

/// A link to the web without characters that could end the Markdown; else `None`.
fn web(url: &str) -> Option<String> {
    let url = url.trim();
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let plain = !url.contains(|c: char| {
        c.is_whitespace()
            || is_hostile(c)
            || matches!(c, '<' | '>' | '(' | ')' | '\\' | '`' | '"' | '[' | ']')
    });
    (safe && plain).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{blocks, parsed};
    use crate::docs::{Block, plain};

    #[test]
    fn plain_text_is_what_the_parsers_make_of_it() {
        for text in [
            "A name.",
            "<p>A name (of 1-2 words), such as: a/b; it's \"x\".</p>",
            "<p>One.</p> <p>Two.</p><p>Three.</p>",
            "<p>If <code>a_b</code>, <code>C.d-e</code> <code>f</code>x.</p>",
            "<p><code>a</code></p>",
            " <p>A. </p>\n",
        ] {
            assert_eq!(plain::blocks(text), Some(parsed(text)), "{text:?}");
        }
    }

    #[test]
    fn other_text_is_left_to_the_parsers() {
        for text in [
            "",
            "1. A",
            "a * b",
            "<b>a</b>",
            "a\nb",
            "a  b",
            "<p>a",
            "    a",
            "a &amp; b",
            "- a",
        ] {
            assert_eq!(plain::blocks(text), None, "{text:?}");
        }
    }

    #[test]
    fn pre_is_code_with_and_without_a_code_element() {
        for html in [
            "<p>a</p><pre>b\n  c</pre>",
            "<p>a</p><pre><code>b\n  c</code></pre>",
        ] {
            let blocks = blocks(html);
            let Some(Block::Code(code)) = blocks.last() else {
                panic!("{blocks:?}")
            };
            assert_eq!(code.trim_end(), "b\n  c");
        }
    }
}
