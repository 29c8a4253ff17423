//! Tags in documentation. Known elements are markup; anything else between `<` and `>` is text.

use crate::lookup::LookupSet;
use html5gum::{DefaultEmitter, Emitter, ForwardingEmitter, Span, StringReader, Tokenizer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Replaces a `<` that doesn't start a tag, so that neither HTML nor Markdown takes it for one. Removed from the model's own
/// text.
pub(super) const ANGLE: char = '\u{E001}';

/// Elements of HTML, and of `DocBook`, in which many of AWS's texts were written.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "caution",
    "emphasis",
    "filename",
    "fullname",
    "important",
    "itemizedlist",
    "link",
    "listitem",
    "literal",
    "note",
    "orderedlist",
    "para",
    "programlisting",
    "replaceable",
    "simpara",
    "tip",
    "title",
    "ulink",
    "userinput",
    "warning",
    "xhtml",
    "xref",
    "zonbook",
];

/// The elements, to look one up.
static IS_ELEMENT: LazyLock<LookupSet<&str>> = LazyLock::new(|| ELEMENTS.iter().copied().collect());

/// Inline elements.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "b",
    "big",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "emphasis",
    "filename",
    "font",
    "i",
    "ins",
    "kbd",
    "link",
    "literal",
    "mark",
    "q",
    "replaceable",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "ulink",
    "userinput",
    "var",
    "wbr",
    "xref",
];

/// The number of bytes that may be tokenized again because a `<` was text. The rest of the text has no markup then, so that
/// the time is linear in its length.
const MOST_READ_AGAIN: usize = 1 << 20;

/// A tag of a known element.
pub(super) struct Tag<'t> {
    source: &'t str,
    /// Lower case.
    pub(super) name: Cow<'t, str>,
    pub(super) closes: bool,
    /// Names and values.
    attributes: Vec<(String, String)>,
}

/// A token.
pub(super) enum Token<'t> {
    Tag(Tag<'t>),
    Comment(&'t str),
    Text {
        source: &'t str,
        /// With character references replaced.
        text: Cow<'t, str>,
    },
}

impl<'t> Tag<'t> {
    /// The tag at the start of a text, if it has no attribute but a link.
    fn simple(text: &'t str) -> Option<Self> {
        let (closes, inner) = match text.strip_prefix("</") {
            Some(inner) => (true, inner),
            None => (false, text.strip_prefix('<')?),
        };
        let length = inner.bytes().take_while(u8::is_ascii_lowercase).count();
        let (name, after) = inner.split_at(length);
        let link = after.strip_prefix(" href=\"").filter(|_| !closes);
        let (url, after) = match link {
            Some(link) => link
                .split_once('"')
                .map(|(url, after)| (Some(url), after))?,
            None => (None, after),
        };
        let after = after.strip_prefix('>').filter(|_| length > 0)?;
        let is_plain = |url: &str| !url.contains(['&', '<', '\r', '\0']);
        url.is_none_or(is_plain).then(|| Self {
            source: &text[..text.len() - after.len()],
            name: name.into(),
            closes,
            attributes: url
                .map(|url| ("href".to_owned(), url.to_owned()))
                .into_iter()
                .collect(),
        })
    }

    /// Whether the element is part of a paragraph.
    pub(super) fn is_inline(&self) -> bool {
        INLINE.contains(&&*self.name)
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(other, _)| other == name)?;
        Some(value.clone())
    }

    /// Whether it is markup where it stands: `<bucket>`, `a<b and c>d` and `Vec<B>` are text.
    fn is_markup(&self, before: Option<char>) -> bool {
        let is_parameter = before.is_some_and(char::is_alphanumeric)
            && self.source[1..].starts_with(|c: char| c.is_ascii_uppercase());
        IS_ELEMENT.contains(&*self.name) && !is_parameter && self.has_proper_attributes()
    }

    /// Whether what follows the name is empty or attributes of which one has a value.
    fn has_proper_attributes(&self) -> bool {
        let name_end = "<".len() + usize::from(self.closes) + self.name.len();
        let attributes = self.source[name_end..].trim_end_matches(['/', '>']).trim();
        let has_angle = self.attributes.iter().any(|(name, _)| name.contains('<'));
        attributes.is_empty() || !self.closes && attributes.contains('=') && !has_angle
    }
}

impl<'t> Token<'t> {
    /// `None` if we take it for text.
    fn new(source: &'t str, token: html5gum::Token<usize>, before: Option<char>) -> Option<Self> {
        let (name, closes, attributes) = match token {
            html5gum::Token::String(text) if !source.is_empty() => {
                let text = string(&text).into();
                return Some(Self::Text { source, text });
            }
            html5gum::Token::Comment(_) => {
                let is_comment = source.starts_with("<!--") && source.ends_with("-->");
                return is_comment.then_some(Self::Comment(source));
            }
            html5gum::Token::StartTag(tag) => (tag.name, false, tag.attributes),
            html5gum::Token::EndTag(tag) => (tag.name, true, BTreeMap::default()),
            _ => return None,
        };
        let tag = Tag {
            source,
            name: string(&name).into(),
            closes,
            attributes: attributes
                .into_iter()
                .map(|(name, value)| (string(&name), string(&value)))
                .collect(),
        };
        tag.is_markup(before).then_some(Self::Tag(tag))
    }
}

/// Whether a text is HTML: it has a block element, or a complete inline element and no `CommonMark` syntax.
/// Code spans of `CommonMark` are ignored.
pub(super) fn is_html(text: &str) -> bool {
    let has_marks = text.contains("**") || text.contains("](") || text.matches('`').count() > 1;
    let outside = text.split('`').step_by(2);
    outside.flat_map(parts).any(|part| match part {
        Token::Tag(tag) if tag.name == "br" || tag.is_inline() => {
            let is_complete = tag.closes || tag.name == "br" || tag.source.ends_with("/>");
            is_complete && !has_marks
        }
        Token::Tag(_) => true,
        Token::Comment(_) | Token::Text { .. } => false,
    })
}

/// `CommonMark` with unknown tags escaped; autolinks stay.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            Token::Tag(Tag { source, .. }) | Token::Comment(source) => out.push_str(source),
            Token::Text { source, .. } => out.extend(source.chars().map(escaped)),
        }
    }
    for scheme in ["http://", "https://", "mailto:"] {
        out = out.replace(&format!("{ANGLE}{scheme}"), &format!("<{scheme}"));
    }
    out
}

fn escaped(c: char) -> char {
    if c == '<' { ANGLE } else { c }
}

/// Removes the tags of known elements.
pub(super) fn without_tags(text: &str) -> String {
    let mut out = String::new();
    for part in parts(text) {
        match part {
            Token::Tag(_) | Token::Comment(_) => {}
            Token::Text { source, .. } => out.push_str(source),
        }
    }
    out
}

/// Restores the escaped angle brackets.
pub(super) fn with_angles(text: &str) -> String {
    text.replace(ANGLE, "<")
}

/// The tokens of a text. A `<` that starts neither a comment nor a tag of a known element is text.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut tokens = Tokens {
        text,
        at: 0,
        tokenizer: tokenizer(text),
        start: 0,
        is_behind: false,
        read_again: 0,
        next_tag: None,
    };
    std::iter::from_fn(move || tokens.next())
}

/// html5gum's tokens with their spans. Syntax errors are ignored, and looking for them takes time.
struct WithoutErrors(DefaultEmitter<usize>);

impl ForwardingEmitter for WithoutErrors {
    type Token = html5gum::Token<usize>;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

fn tokenizer(text: &str) -> Tokenizer<StringReader<'_>, WithoutErrors> {
    Tokenizer::new_with_emitter(text, WithoutErrors(DefaultEmitter::new_with_span()))
}

/// Tokenizes a text. Where HTML has markup and we have text, only the `<` is taken, and what follows is tokenized again.
struct Tokens<'t> {
    text: &'t str,
    /// The end of the last token.
    at: usize,
    tokenizer: Tokenizer<StringReader<'t>, WithoutErrors>,
    /// Where the tokenizer started.
    start: usize,
    /// Whether tokens were taken since then without it.
    is_behind: bool,
    read_again: usize,
    /// The tag after the last token, if it was looked at.
    next_tag: Option<Tag<'t>>,
}

impl<'t> Tokens<'t> {
    fn next(&mut self) -> Option<Token<'t>> {
        if self.at == self.text.len() {
            return None;
        }
        if let Some(token) = self.simple() {
            self.is_behind = true;
            return Some(token);
        }
        if self.is_behind {
            self.restart();
        }
        let (token, end) = self.read();
        if token.is_some() {
            self.at = end;
            return token;
        }
        self.read_again += end.saturating_sub(self.at);
        Some(self.angle())
    }

    /// The next token, if it is one that needs no tokenizer: most are.
    fn simple(&mut self) -> Option<Token<'t>> {
        let rest = &self.text[self.at..];
        if let Some(tag) = self.next_tag.take().or_else(|| Tag::simple(rest)) {
            let before = self.text[..self.at].chars().next_back();
            let is_markup = tag.is_markup(before);
            self.at += if is_markup { tag.source.len() } else { 0 };
            return is_markup.then_some(Token::Tag(tag));
        }
        let end = rest.find('<').unwrap_or(rest.len());
        let (source, after) = rest.split_at(end);
        if source.is_empty() || source.contains(['&', '\r', '\0']) {
            return None;
        }
        self.next_tag = Tag::simple(after);
        let is_text = after.is_empty() || self.next_tag.is_some();
        is_text.then(|| {
            self.at += end;
            let text = source.into();
            Token::Text { source, text }
        })
    }

    /// Lets the tokenizer start where the last token ends.
    fn restart(&mut self) {
        self.start = self.at;
        self.tokenizer = tokenizer(&self.text[self.at..]);
        self.is_behind = false;
    }

    /// The next token, or `None` if we take it for text, and the end of what was read.
    fn read(&mut self) -> (Option<Token<'t>>, usize) {
        let is_error = |token: &_| matches!(token, html5gum::Token::Error(_));
        let Some(token) = self.tokenizer.by_ref().flatten().find(|t| !is_error(t)) else {
            return (None, self.text.len());
        };
        let Span { start, end } = span(&token);
        let (start, end) = (self.start + start, self.start + end);
        let source = self.text.get(self.at..end).filter(|_| start == self.at);
        let before = self.text[..self.at].chars().next_back();
        let token = source.and_then(|source| Token::new(source, token, before));
        (token, end)
    }

    /// A `<` as text. What follows is tokenized again.
    fn angle(&mut self) -> Token<'t> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let is_too_much = self.read_again > MOST_READ_AGAIN;
        let source = &rest[..if is_too_much { rest.len() } else { first }];
        self.at += source.len();
        self.restart();
        Token::Text {
            source,
            text: source.into(),
        }
    }
}

fn span(token: &html5gum::Token<usize>) -> Span {
    match token {
        html5gum::Token::StartTag(tag) => tag.span,
        html5gum::Token::EndTag(tag) => tag.span,
        html5gum::Token::String(text) | html5gum::Token::Comment(text) => text.span,
        html5gum::Token::Doctype(doctype) => doctype.span,
        html5gum::Token::Error(error) => error.span,
    }
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Tag, Token, is_html, markdown, parts};

    /// Shows escaped brackets as `«`.
    fn seen(text: &str) -> String {
        text.replace(super::ANGLE, "«")
    }

    #[test]
    fn what_is_no_element_is_text() {
        for (text, expected) in [
            ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
            ("Vec<String> List<Map<K, V>>", "Vec«String> List«Map«K, V>>"),
            ("Vec<B> Option<A> Set<P>", "Vec«B> Option«A> Set«P>"),
            ("<B>b</B> x<b>b</b>", "<B>b</B> x<b>b</b>"),
            ("<bucket-name>/<key>", "«bucket-name>/«key>"),
            (
                "a < b and c > d, a<b and c>d",
                "a « b and c > d, a«b and c>d",
            ),
            ("<a href=\"x>y\">z</a>", "<a href=\"x>y\">z</a>"),
            (
                "<?xml?> <!DOCTYPE x> <!-- gone -->.",
                "«?xml?> «!DOCTYPE x> .",
            ),
            ("</other> <", "«/other> «"),
            ("a <!-- b <b>c</b>", "a «!-- b <b>c</b>"),
            ("<a b='c <p>d</p>", "«a b='c <p>d</p>"),
            ("a <b and c <p>d</p>", "a «b and c <p>d</p>"),
            (
                "<b <p> </b x> <!> <![CDATA[a]]>",
                "«b <p> «/b x> «!> «![CDATA[a]]>",
            ),
            ("<p>a &lt;b&gt; &mdash;</p </", "<p>a «b> \u{2014}«/p «/"),
        ] {
            let tokens = parts(text).map(|token| match token {
                Token::Tag(Tag { source, .. }) => source.to_owned(),
                Token::Comment(_) => String::new(),
                Token::Text { text, .. } => text.replace('<', "«"),
            });
            assert_eq!(tokens.collect::<String>(), expected);
        }
    }

    #[test]
    fn nothing_is_lost_when_the_rest_is_not_tokenized() {
        for unit in ["<?", "<!--", "<a<", "<a b=\"", "<p ", "</"] {
            let text = unit.repeat(10_000);
            let sources = parts(&text).map(|token| match token {
                Token::Tag(Tag { source, .. })
                | Token::Comment(source)
                | Token::Text { source, .. } => source,
            });
            assert_eq!(sources.collect::<String>(), text);
        }
    }

    #[test]
    fn links_in_angle_brackets_are_links_of_markdown() {
        assert_eq!(
            seen(&markdown("<https://a.example> <arn:aws:x> `<b>`")),
            "<https://a.example> «arn:aws:x> `<b>`"
        );
    }

    #[test]
    fn html_is_known_by_elements_outside_of_code() {
        for text in ["<p>a", "a<br>b", "a</b>", "<br/>"] {
            assert!(is_html(text), "{text}");
        }
        for text in [
            "`<p>` or `</b>`",
            "Vec<String>",
            "<x></x>",
            "<x/>",
            "a <b> c",
        ] {
            assert!(!is_html(text), "{text}");
        }
    }
}
