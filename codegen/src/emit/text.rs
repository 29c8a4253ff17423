//! Text from a model as tokens: documentation, string literals, `#[deprecated]`.

use crate::docs::{self, Docs, is_hostile};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A string literal. Characters that could mislead rustc or a reader are escaped.
pub(super) fn string_literal(value: &str) -> Literal {
    let mut source = String::with_capacity(value.len() + 2);
    source.push('"');
    for c in value.chars() {
        match c {
            ' '..='~' if !matches!(c, '"' | '\\') => source.push(c),
            _ if is_hostile(c) && !c.is_control() => source.extend(c.escape_unicode()),
            _ => source.extend(c.escape_debug()),
        }
    }
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

/// `///` lines of this text.
pub(super) fn doc_lines<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.as_ref().is_empty() {
            String::new()
        } else {
            format!(" {}", line.as_ref())
        }
    });
    quote!(#(#[doc = #lines])*)
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
