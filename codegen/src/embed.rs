//! A crate as a module of another one: paths from the crate's root lead through the module, and examples, whose place is
//! unknown, aren't compiled.

use crate::code::{Code, ToCode, Tokens, Tree, Word, code};
use crate::diagnostic::Diagnostic;
use crate::node::Span;
use proc_macro2::Ident;

/// The code for a module at that path below the crate's root, such as `api::thing`.
pub(crate) fn embed(tokens: Tokens<'_>, module: &str) -> Code {
    let mut out = Code::default();
    add(tokens, module, &mut out);
    out
}

fn add(mut tokens: Tokens<'_>, module: &str, out: &mut Code) {
    while let Some(token) = tokens.next() {
        match token {
            Tree::Word("crate") if tokens.peek().is_some_and(|next| next.is_punct(':')) => {
                out.word("crate");
                for part in module.split("::") {
                    code!(out; ::{Word(part)});
                }
            }
            Tree::Word(word) => out.word(word),
            Tree::Literal(literal) => out.literal(literal),
            Tree::Docs(text, place) => out.docs(place, |out| {
                let text = text.replace("](crate::", &format!("](crate::{module}::"));
                out.push_str(&text.replace("```no_run", "```ignore"));
            }),
            Tree::Punct(character, spacing) => out.punct(character, spacing),
            Tree::Group(delimiter, inner) => out.group(delimiter, |out| add(inner, module, out)),
        }
    }
}

/// The path of a module in its parent; an empty parent is the crate's root.
pub(crate) fn module(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}::{name}")
    }
}

/// Refuses a module path with a name that Rust reserves.
pub(crate) fn check(module: &str) -> Result<(), Diagnostic> {
    let is_name = |part: &&str| syn::parse_str::<Ident>(part).is_ok();
    match module.split("::").find(|part| !is_name(part)) {
        None => Ok(()),
        Some(part) => Err(Diagnostic::new(
            Span::default(),
            format!("`{part}` can't be the name of a module"),
        )
        .help("Rust reserves it; set another name")),
    }
}

/// The path of a crate's file below the module's folder; `None` for files that only crates have.
pub(crate) fn path(path: &str) -> Option<String> {
    match path.strip_prefix("src/")? {
        "lib.rs" => Some("mod.rs".to_owned()),
        other => Some(other.to_owned()),
    }
}
