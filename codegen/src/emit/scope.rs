//! The names that a file uses: short with a `use`, in full where one of its own types has that name.

use super::runtime;
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
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
    pub(super) fn std(&self, name: &'static str) -> Name {
        let path = match name {
            "Option" => "::std::option",
            "String" => "::std::string",
            "Vec" => "::std::vec",
            "Box" => "::std::boxed",
            "Default" => "::std::default",
            "Result" => "::std::result",
            _ => "::std::convert",
        };
        let module = self.own.contains(name).then_some(path);
        Name { module, name }
    }

    /// A name in a module.
    pub(super) fn name(&self, module: &'static str, name: &'static str) -> Name {
        if self.own.contains(name) {
            let module = Some(module);
            return Name { module, name };
        }
        self.used
            .borrow_mut()
            .entry(module)
            .or_default()
            .insert(name);
        Name { module: None, name }
    }

    /// A name of the runtime.
    pub(super) fn runtime(&self, item: runtime::RuntimeItem) -> Name {
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

/// A name as a file writes it.
#[derive(Clone, Copy)]
pub(super) struct Name {
    /// The module, if the file needs the whole path.
    module: Option<&'static str>,
    name: &'static str,
}

impl ToTokens for Name {
    fn to_tokens(&self, out: &mut TokenStream) {
        if let Some(module) = self.module {
            append(module, out);
            append_separator(out);
        }
        append(self.name, out);
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
    let mut out = TokenStream::new();
    append(path, &mut out);
    out
}

/// Appends a path that this project wrote.
pub(super) fn append(path: &str, out: &mut TokenStream) {
    for (index, part) in path.split("::").enumerate() {
        if index > 0 {
            append_separator(out);
        }
        // A path that starts with `::` has no first part.
        if !part.is_empty() {
            out.append(ident(part));
        }
    }
}

/// `{a b}` with these streams. Their tokens are moved into it, where interpolation would copy them.
pub(super) fn body(streams: impl IntoIterator<Item = TokenStream>) -> Group {
    Group::new(Delimiter::Brace, streams.into_iter().collect())
}

/// `[a, b]` with these streams. Their tokens are moved into it, where interpolation would copy them.
pub(super) fn array(elements: impl IntoIterator<Item = TokenStream>) -> Group {
    let mut all = TokenStream::new();
    for element in elements {
        all.extend([element]);
        all.append(Punct::new(',', Spacing::Alone));
    }
    Group::new(Delimiter::Bracket, all)
}

fn append_separator(out: &mut TokenStream) {
    out.append(Punct::new(':', Spacing::Joint));
    out.append(Punct::new(':', Spacing::Alone));
}
