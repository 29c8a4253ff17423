//! A crate as a module of another one: paths from the crate's root lead through the module, and examples, whose place is
//! unknown, aren't compiled.

use crate::diagnostic::Diagnostic;
use crate::node::Span;
use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};

/// Tokens for a module at that path below the crate's root, such as `api::thing`.
pub(crate) fn embed(tokens: TokenStream, module: &str) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_path =
            matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
        match token {
            TokenTree::Ident(ident) if ident == "crate" && is_path => {
                out.extend(root(&ident, module));
            }
            TokenTree::Literal(literal) if is_doc(&out) => {
                out.push(TokenTree::Literal(documentation(literal, module)));
            }
            TokenTree::Group(group) => {
                let inner = Group::new(group.delimiter(), embed(group.stream(), module));
                out.push(TokenTree::Group(inner));
            }
            other => out.push(other),
        }
    }
    out.into_iter().collect()
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

/// `crate` and the module's path.
fn root(krate: &Ident, module: &str) -> TokenStream {
    let path = module.split("::").map(crate::emit::ident);
    quote::quote!(#krate #(::#path)*)
}

/// Whether `doc =` is before.
fn is_doc(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(name), TokenTree::Punct(_)] if name == "doc")
}

fn documentation(literal: Literal, module: &str) -> Literal {
    let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) else {
        return literal;
    };
    let text = text.value();
    let embedded = text
        .replace("](crate::", &format!("](crate::{module}::"))
        .replace("```no_run", "```ignore");
    if embedded == text {
        literal
    } else {
        Literal::string(&embedded)
    }
}
