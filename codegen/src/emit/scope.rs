//! The names that a file uses: short with a `use`, in full where one of its own types has that name.

use super::runtime;
use super::text::{doc_line, inner_docs};
use crate::code::{Code, ToCode, Word, code, list};
use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use std::cell::RefCell;

/// A file's names.
pub(super) struct Scope {
    own: Vec<String>,
    /// Modules and names. They are few, and used often: a search of this list is faster than one of a tree.
    used: RefCell<Vec<(&'static str, &'static str)>>,
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
        let module = self.defines(name).then_some(path);
        Name { module, name }
    }

    /// A name in a module.
    pub(super) fn name(&self, module: &'static str, name: &'static str) -> Name {
        if self.defines(name) {
            let module = Some(module);
            return Name { module, name };
        }
        let mut used = self.used.borrow_mut();
        if !used.contains(&(module, name)) {
            used.push((module, name));
        }
        Name { module: None, name }
    }

    fn defines(&self, name: &str) -> bool {
        self.own.iter().any(|own| own == name)
    }

    /// A name of the runtime.
    pub(super) fn runtime(&self, item: runtime::RuntimeItem) -> Name {
        self.name(item.module, item.name)
    }

    /// The `use` lines.
    pub(super) fn uses(&self) -> impl ToCode {
        |out: &mut Code| {
            let mut used = self.used.borrow().clone();
            used.sort_unstable();
            for names in used.chunk_by(|(module, _), (other, _)| module == other) {
                let Some((module, _)) = names.first() else {
                    continue;
                };
                let names = names.iter().map(|(_, name)| Word(name));
                if names.len() == 1 {
                    code!(out; use {Path(module)}::{list(names)};);
                } else {
                    code!(out; use {Path(module)}::{{ {list(names)} }};);
                }
            }
        }
    }

    /// Adds the `use` lines in front of the code that uses the names, and what the file is about.
    pub(super) fn add_uses(&self, about: Option<&str>, to: &mut Code) {
        let about = about.map(doc_line).map(inner_docs);
        to.prepend(|out| code!(out; {about} {self.uses()}));
    }
}

/// A path that this project wrote.
#[derive(Clone, Copy)]
pub(super) struct Path(pub(super) &'static str);

impl ToCode for Path {
    fn to_code(&self, out: &mut Code) {
        out.path(self.0);
    }
}

/// A name as a file writes it.
#[derive(Clone, Copy)]
pub(super) struct Name {
    /// The module, if the file needs the whole path.
    module: Option<&'static str>,
    name: &'static str,
}

impl ToCode for Name {
    fn to_code(&self, out: &mut Code) {
        if let Some(module) = self.module {
            code!(out; {Path(module)}::);
        }
        out.path(self.name);
    }
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

fn append_separator(out: &mut TokenStream) {
    out.append(Punct::new(':', Spacing::Joint));
    out.append(Punct::new(':', Spacing::Alone));
}
