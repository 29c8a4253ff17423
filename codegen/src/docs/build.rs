//! Builds blocks.

use super::{Block, Inline, is_hostile, markup};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Deeper nesting is flattened.
const DEEPEST: usize = 12;

/// An open container.
pub(super) enum Open {
    /// `note` or `important`, and its blocks.
    Note(&'static str, Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
}

/// An open inline container.
#[derive(Clone)]
pub(super) enum OpenInline {
    Emphasis,
    Strong,
    /// A link to a URL; without one, the name of something that can't be linked.
    Link(Option<String>),
}

/// Builds blocks from what the readers of both formats find.
#[derive(Default)]
pub(super) struct BlockBuilder {
    done: Vec<Block>,
    open: Vec<Open>,
    /// The number of containers that were not opened because of their depth.
    flattened: usize,
    spans: Vec<(OpenInline, Vec<Inline>)>,
    inlines: Vec<Inline>,
    code: Option<String>,
}

impl BlockBuilder {
    pub(super) fn event(&mut self, event: Event<'_>) {
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
            Tag::BlockQuote(_) => self.open(Open::Note("note", Vec::new())),
            Tag::List(start) => self.open(Open::List(start, Vec::new())),
            Tag::Item => self.open(Open::Item(Vec::new())),
            Tag::CodeBlock(_) => {
                self.paragraph();
                self.code = Some(String::new());
            }
            Tag::Emphasis => self.span(OpenInline::Emphasis),
            Tag::Strong => self.span(OpenInline::Strong),
            Tag::Link { dest_url, .. } => self.span(OpenInline::Link(Some(dest_url.into_string()))),
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
            TagEnd::Heading(_) => self.heading(),
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

    pub(super) fn inline(&mut self, inline: Inline) {
        let open = self.spans.last_mut().map(|(_, inlines)| inlines);
        let inlines = open.unwrap_or(&mut self.inlines);
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => inlines.push(inline),
        }
    }

    fn inline_all(&mut self, inlines: Vec<Inline>) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    pub(super) fn span(&mut self, span: OpenInline) {
        self.spans.push((span, Vec::new()));
    }

    pub(super) fn end_span(&mut self) {
        let Some((span, inlines)) = self.spans.pop() else {
            return;
        };
        let kind = std::mem::discriminant(&span);
        let is_repeated = |(open, _): &(OpenInline, _)| std::mem::discriminant(open) == kind;
        match span {
            _ if inlines.is_empty() => {}
            _ if self.spans.len() >= DEEPEST || self.spans.iter().any(is_repeated) => {
                self.inline_all(inlines);
            }
            OpenInline::Emphasis => self.inline(Inline::Emphasis(inlines)),
            OpenInline::Strong => self.inline(Inline::Strong(inlines)),
            OpenInline::Link(None) => self.inline(Inline::Link(inlines, String::new())),
            OpenInline::Link(Some(url)) => match web(&url) {
                Some(url) => self.inline(Inline::Link(inlines, url)),
                None => self.inline_all(inlines),
            },
        }
    }

    fn take_inlines(&mut self) -> Vec<Inline> {
        while !self.spans.is_empty() {
            self.end_span();
        }
        let inlines = std::mem::take(&mut self.inlines);
        let is_blank = |inline: &Inline| match inline {
            Inline::Text(text) => text == " ",
            inline => *inline == Inline::Break,
        };
        if inlines.iter().all(is_blank) {
            Vec::new()
        } else {
            inlines
        }
    }

    pub(super) fn heading(&mut self) {
        let inlines = self.take_inlines();
        if !inlines.is_empty() {
            self.block(Block::Heading(inlines));
        }
    }

    pub(super) fn paragraph(&mut self) {
        let inlines = self.take_inlines();
        if !inlines.is_empty() {
            self.block(Block::Paragraph(inlines));
        }
    }

    pub(super) fn block(&mut self, block: Block) {
        let blocks = match self.open.last_mut() {
            None => &mut self.done,
            Some(Open::Note(_, blocks) | Open::Item(blocks)) => blocks,
            Some(Open::List(_, items)) => return items.push(vec![block]),
        };
        match (blocks.last_mut(), block) {
            // Markdown couldn't tell them apart.
            (Some(Block::List(before, items)), Block::List(first, more))
                if before.is_some() == first.is_some() =>
            {
                items.extend(more);
            }
            (_, block) => blocks.push(block),
        }
    }

    pub(super) fn open(&mut self, container: Open) {
        self.paragraph();
        if self.open.len() < DEEPEST && self.flattened == 0 {
            self.open.push(container);
        } else {
            self.flattened += 1;
        }
    }

    pub(super) fn close(&mut self) {
        self.paragraph();
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::Note(kind, blocks)) if !blocks.is_empty() => {
                self.block(Block::Note(kind, blocks));
            }
            Some(Open::List(start, items)) if !items.is_empty() => {
                self.block(Block::List(start, items));
            }
            Some(Open::Item(blocks)) => match self.open.last_mut() {
                Some(Open::List(_, items)) if !blocks.is_empty() => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.block(block)),
            },
            Some(Open::Note(..) | Open::List(..)) | None => {}
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.paragraph();
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
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
