//! What a model writes, as tokens: documentation, string literals, `#[deprecated]`.

use crate::docs::{self, Docs, is_hostile};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A string literal; characters that rustc or a reader could be misled by are escaped.
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

/// `///` lines; the fallback when there is nothing to say.
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

/// `#[deprecated]`.
pub(super) fn deprecated(message: Option<&String>) -> TokenStream {
    match message {
        None => quote!(),
        Some(message) if message.trim().is_empty() => quote!(#[deprecated]),
        Some(message) => {
            let note = text(&message.split_whitespace().collect::<Vec<_>>().join(" "));
            quote!(#[deprecated(note = #note)])
        }
    }
}
