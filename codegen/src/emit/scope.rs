//! The names that a file uses: short with a `use`, in full where one of its own types has that name.

use super::runtime;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A file's names.
pub(super) struct Scope {
    own: BTreeSet<String>,
    used: RefCell<BTreeMap<&'static str, BTreeSet<&'static str>>>,
}

impl Scope {
    /// A file that defines these types or statics.
    pub(super) fn new(own: &[&str]) -> Self {
        Self {
            own: own.iter().map(|&name| name.to_owned()).collect(),
            used: RefCell::default(),
        }
    }

    /// A name of Rust's prelude.
    pub(super) fn std(&self, name: &'static str) -> TokenStream {
        let path = match name {
            "Option" => "::std::option",
            "String" => "::std::string",
            "Vec" => "::std::vec",
            "Box" => "::std::boxed",
            "Default" => "::std::default",
            "Result" => "::std::result",
            _ => "::std::convert",
        };
        if self.own.contains(name) {
            tokens(&format!("{path}::{name}"))
        } else {
            tokens(name)
        }
    }

    /// A name in a module.
    pub(super) fn name(&self, module: &'static str, name: &'static str) -> TokenStream {
        if self.own.contains(name) {
            return tokens(&format!("{module}::{name}"));
        }
        self.used
            .borrow_mut()
            .entry(module)
            .or_default()
            .insert(name);
        tokens(name)
    }

    /// A name of the runtime.
    pub(super) fn runtime(&self, item: runtime::RuntimeItem) -> TokenStream {
        self.name(item.module, item.name)
    }

    /// The `use` lines.
    pub(super) fn uses(&self) -> TokenStream {
        let used = self.used.borrow();
        let lines = used.iter().map(|(module, names)| {
            let module = tokens(module);
            let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
            if let [name] = names.as_slice() {
                quote!(use #module::#name;)
            } else {
                quote!(use #module::{#(#names),*};)
            }
        });
        quote!(#(#lines)*)
    }
}

/// An identifier from names.rs, raw or not.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(bare) => Ident::new_raw(bare, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Tokens of a path that this project wrote.
pub(super) fn tokens(path: &str) -> TokenStream {
    if !path.as_bytes().contains(&b':') {
        return TokenTree::from(ident(path)).into();
    }
    let leading = path.strip_prefix("::");
    let parts = leading.unwrap_or(path).split("::").map(ident);
    let start = leading.map(|_| quote!(::));
    quote!(#start #(#parts)::*)
}
