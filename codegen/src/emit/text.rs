//! Text from a model in code: documentation, string literals, `#[deprecated]`.

use crate::code::{Code, Place, ToCode, code};
use crate::docs::{DocLines, Docs, is_hostile};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use std::fmt;

/// A string literal. Characters that could mislead rustc or a reader are escaped.
#[derive(Clone, Copy)]
pub(super) struct StringLiteral<'a>(&'a str);

/// A string literal.
pub(super) fn string_literal(value: &str) -> StringLiteral<'_> {
    StringLiteral(value)
}

impl StringLiteral<'_> {
    fn write(self, source: &mut String) {
        source.push('"');
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
        let mut rest = self.0;
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
    }
}

impl ToCode for StringLiteral<'_> {
    fn to_code(&self, out: &mut Code) {
        out.write_literal(|source| self.write(source));
    }
}

impl ToTokens for StringLiteral<'_> {
    fn to_tokens(&self, out: &mut TokenStream) {
        let mut source = String::new();
        self.write(&mut source);
        let literal = source.parse();
        out.append(literal.unwrap_or_else(|_| Literal::string(self.0)));
    }
}

impl ToCode for DocLines {
    fn to_code(&self, out: &mut Code) {
        if let Some(lines) = self.text() {
            out.docs(Place::Outer, |text| text.push_str(lines));
        }
    }
}

impl ToTokens for DocLines {
    fn to_tokens(&self, out: &mut TokenStream) {
        if let Some(lines) = self.text() {
            let lines = string_literal(lines);
            out.extend(quote!(#[doc = #lines]));
        }
    }
}

/// `///` lines, or the fallback if the documentation is empty.
pub(super) fn docs(docs: &Docs, otherwise: fmt::Arguments<'_>) -> DocLines {
    if docs.is_empty() {
        doc_line(&otherwise.to_string())
    } else {
        docs.into()
    }
}

/// A line with `///`.
pub(super) fn doc_line(line: &str) -> DocLines {
    [line].into_iter().collect()
}

/// `//!` lines.
pub(super) fn inner_docs(lines: DocLines) -> impl ToCode {
    move |out: &mut Code| {
        if let Some(lines) = lines.text() {
            out.docs(Place::Inner, |text| text.push_str(lines));
        }
    }
}

/// `#[deprecated]`, with the model's message if there is one.
pub(super) struct Deprecated(String);

/// `#[deprecated]`. rustc shows the note as it is, and rustdoc as Markdown, so only characters that could start a link, code
/// or HTML stay escaped.
pub(super) fn deprecated(message: Option<&String>) -> Option<Deprecated> {
    let lines = DocLines::from(&Docs::from_text(Some(message?)));
    let words = lines.text().unwrap_or_default().split_whitespace();
    let mut note = words.collect::<Vec<_>>().join(" ");
    for harmless in ["\\_", "\\*", "\\]", "\\>", "\\$", "\\~", "\\|", "\\:"] {
        note = note.replace(harmless, &harmless[1..]);
    }
    Some(Deprecated(note))
}

impl ToCode for Deprecated {
    fn to_code(&self, out: &mut Code) {
        if self.0.is_empty() {
            code!(out; #[deprecated]);
        } else {
            code!(out; #[deprecated(note = {string_literal(&self.0)})]);
        }
    }
}

impl ToTokens for Deprecated {
    fn to_tokens(&self, out: &mut TokenStream) {
        out.extend(if self.0.is_empty() {
            quote!(#[deprecated])
        } else {
            let note = string_literal(&self.0);
            quote!(#[deprecated(note = #note)])
        });
    }
}

#[cfg(test)]
mod tests {
    use super::deprecated;
    use crate::code::Code;

    #[test]
    fn notes_of_deprecated_items_have_no_needless_escapes() {
        let note = deprecated(Some(&"Use a_b ~ d|e $f of Vec<B>.".to_owned()));
        let code = Code::of(&note).tokens().source();
        let expected = r#""Use a_b ~ d|e $f of Vec\\<B>.""#;
        assert!(code.contains(expected), "{code}");
    }
}
