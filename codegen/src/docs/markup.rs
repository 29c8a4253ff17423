//! Tags in documentation. Known elements are markup; anything else between `<` and `>` is text.

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

/// A tag of an element.
pub(super) struct Tag<'t> {
    source: &'t str,
    /// Lower case.
    pub(super) name: String,
    pub(super) closes: bool,
}

/// A token.
pub(super) enum Token<'t> {
    Tag(Tag<'t>),
    Comment(&'t str),
    /// A `<` that starts neither a tag nor a comment.
    Angle,
    Text(&'t str),
}

impl Tag<'_> {
    /// Whether the element is part of a paragraph.
    pub(super) fn is_inline(&self) -> bool {
        INLINE.contains(&self.name.as_str())
    }

    /// The value of an attribute, with its entities.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut rest = self.source.trim_end_matches(['/', '>']);
        while let Some((before, value)) = rest.split_once('=') {
            let found = before.split_whitespace().next_back();
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                return Some(value);
            }
            rest = after;
        }
        None
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
        Token::Comment(_) | Token::Angle | Token::Text(_) => false,
    })
}

/// `CommonMark` with unknown tags escaped; autolinks stay.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            Token::Tag(Tag { source, .. }) | Token::Comment(source) | Token::Text(source) => {
                let link = ["http://", "https://", "mailto:"];
                if out.ends_with(ANGLE) && link.iter().any(|start| source.starts_with(start)) {
                    out.pop();
                    out.push('<');
                }
                out.push_str(source);
            }
            Token::Angle => out.push(ANGLE),
        }
    }
    out
}

/// Removes the tags of known elements.
pub(super) fn without_tags(text: &str) -> String {
    let mut out = String::new();
    for part in parts(text) {
        match part {
            Token::Tag(_) | Token::Comment(_) => {}
            Token::Angle => out.push(ANGLE),
            Token::Text(text) => out.push_str(text),
        }
    }
    out
}

/// Restores the escaped angle brackets.
pub(super) fn with_angles(text: &str) -> String {
    text.replace(ANGLE, "<")
}

/// The tokens of a text.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text;
    let mut before = ' ';
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, length) = next(rest, before);
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
        Some(part)
    })
}

/// The first token of a text, and its length.
fn next(text: &str, before: char) -> (Token<'_>, usize) {
    if !text.starts_with('<') {
        let length = text.find('<').unwrap_or(text.len());
        return (Token::Text(&text[..length]), length);
    }
    if let Some(end) = text
        .strip_prefix("<!--")
        .and_then(|inner| inner.find("-->"))
    {
        let length = "<!--".len() + end + "-->".len();
        return (Token::Comment(&text[..length]), length);
    }
    match tag(text) {
        Some(tag) if !is_parameter(&tag, before) => {
            let length = tag.source.len();
            (Token::Tag(tag), length)
        }
        _ => (Token::Angle, 1),
    }
}

/// Whether it is a type parameter, as in `Vec<B>`.
fn is_parameter(tag: &Tag<'_>, before: char) -> bool {
    before.is_alphanumeric() && tag.source[1..].starts_with(|c: char| c.is_ascii_uppercase())
}

/// The tag of a known element at the start of a text.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = inner[..end].to_ascii_lowercase();
    if !ELEMENTS.contains(&name.as_str()) {
        return None;
    }
    let attributes = attributes(&inner[end..])?;
    let length = text.len() - inner.len() + end + attributes.len() + 1;
    let given = attributes.trim_end_matches('/').trim();
    let are_attributes =
        given.is_empty() || given.contains('=') && attributes.starts_with(char::is_whitespace);
    are_attributes.then(|| Tag {
        source: &text[..length],
        name,
        closes,
    })
}

/// The text up to the `>` that ends a tag, ignoring any in quotes.
fn attributes(text: &str) -> Option<&str> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(&text[..at]),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
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
        ] {
            let tokens = parts(text).map(|token| match token {
                Token::Tag(Tag { source, .. }) | Token::Text(source) => source,
                Token::Comment(_) => "",
                Token::Angle => "«",
            });
            assert_eq!(tokens.collect::<String>(), expected);
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
