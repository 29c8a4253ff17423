//! Text from a model as tokens: documentation, string literals, `#[deprecated]`.

use crate::docs::{self, Docs, is_hostile};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A string literal. Characters that could mislead rustc or a reader are escaped.
pub(super) fn string_literal(value: &str) -> Literal {
    let mut source = String::with_capacity(value.len() + 2);
    source.push('"');
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    let mut rest = value;
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        let (plain, other) = rest.split_at(at);
        source.push_str(plain);
        let mut characters = other.chars();
        if let Some(c) = characters.next() {
            if is_hostile(c) && !c.is_control() {
                source.extend(c.escape_unicode());
            } else {
                source.extend(c.escape_debug());
            }
        }
        rest = characters.as_str();
    }
    source.push_str(rest);
    source.push('"');
    source.parse().unwrap_or_else(|_| Literal::string(value))
}

/// `///` lines, or the fallback if the documentation is empty.
pub(super) fn docs(docs: &Docs, otherwise: &str) -> TokenStream {
    let lines = if docs.is_empty() {
        vec![otherwise.to_owned()]
    } else {
        docs::lines(docs)
    };
    doc_lines(&lines)
}

/// `///` lines of this text, as one attribute: the renderer divides it.
pub(super) fn doc_lines<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if !line.as_ref().is_empty() {
            text.extend([" ", line.as_ref()]);
        }
    }
    let text = string_literal(&text);
    quote!(#[doc = #text])
}

/// `#[deprecated]`. rustc shows the note as it is, and rustdoc as Markdown, so only characters that could start a link, code
/// or HTML stay escaped.
pub(super) fn deprecated(message: Option<&String>) -> TokenStream {
    let Some(message) = message else {
        return quote!();
    };
    let lines = docs::lines(&Docs::from_text(Some(message)));
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    let mut note = words.collect::<Vec<_>>().join(" ");
    for harmless in ["\\_", "\\*", "\\]", "\\>", "\\$", "\\~", "\\|", "\\:"] {
        note = note.replace(harmless, &harmless[1..]);
    }
    if note.is_empty() {
        return quote!(#[deprecated]);
    }
    let note = string_literal(&note);
    quote!(#[deprecated(note = #note)])
}

#[cfg(test)]
mod tests {
    use super::deprecated;

    #[test]
    fn notes_of_deprecated_items_have_no_needless_escapes() {
        let note = deprecated(Some(&"Use a_b ~ d|e $f of Vec<B>.".to_owned()));
        let expected = r#""Use a_b ~ d|e $f of Vec\\<B>.""#;
        assert!(note.to_string().contains(expected), "{note}");
    }
}
