//! Divides documentation into lines: emitters write an attribute for the whole text, prettyplease needs one for each line.

use super::expression::string_value;
use super::item::is_punct;
use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// The tokens with an attribute for each line of documentation.
pub(super) fn divided(tokens: impl Iterator<Item = TokenTree>) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => match lines(&group) {
                Some(lines) => add(&lines, &mut out),
                None => out.push(with_divided(&group).into()),
            },
            other => out.push(other),
        }
    }
    out.into_iter().collect()
}

fn with_divided(group: &Group) -> Group {
    Group::new(group.delimiter(), divided(group.stream().into_iter()))
}

/// The lines of `[doc = "text"]` with several lines.
fn lines(group: &Group) -> Option<Vec<String>> {
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let mut tokens = group.stream().into_iter();
    let is_doc = matches!(tokens.next()?, TokenTree::Ident(name) if name == "doc");
    let (true, true, TokenTree::Literal(literal)) =
        (is_doc, is_punct(&tokens.next()?, '='), tokens.next()?)
    else {
        return None;
    };
    let literal = literal.to_string();
    let text = string_value(&literal)?;
    let is_long = text.contains('\n');
    is_long.then(|| text.split('\n').map(str::to_owned).collect())
}

/// Adds `[doc = "line"]` for each line. What is before it, `#` or `#!`, is there once.
fn add(lines: &[String], out: &mut Vec<TokenTree>) {
    let is_inner = out.last().is_some_and(|token| is_punct(token, '!'));
    let from = out.len().saturating_sub(if is_inner { 2 } else { 1 });
    let before: Vec<TokenTree> = out.drain(from..).collect();
    for line in lines {
        let line = Literal::string(line);
        out.extend(before.iter().cloned());
        out.extend(quote::quote!([doc = #line]));
    }
}
