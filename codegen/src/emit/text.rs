//! Text from a model as tokens: documentation, string literals, `#[deprecated]`.

use crate::docs::{self, Docs, is_hostile};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A string literal. Characters that could mislead rustc or a reader are escaped.
pub(super) fn text(value: &str) -> Literal {
    let mut source = String::from("\"");
    for c in value.chars() {
        match c {
            '\'' => source.push(c),
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

/// `#[deprecated]`. rustdoc reads the note as Markdown; rustc shows it as it is, so words with underscores stay plain.
pub(super) fn deprecated(message: Option<&String>) -> TokenStream {
    let Some(message) = message else {
        return quote!();
    };
    let lines = docs::lines(&Docs::text(Some(message)));
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    let note = words.collect::<Vec<_>>().join(" ").replace("\\_", "_");
    if note.is_empty() {
        return quote!(#[deprecated]);
    }
    let note = text(&note);
    quote!(#[deprecated(note = #note)])
}
