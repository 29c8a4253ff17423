//! Emits the plan as Rust: one function per kind of file.

mod choice;
mod cli;
mod config;
mod example;
mod operation;
mod package;
mod page;
pub(crate) mod program;
mod readme;
mod runtime;
mod scope;
mod service;
mod service_traits;
mod structure;
mod table;
mod text;
mod transfer;
mod ty;
mod waiter;

use crate::Options;
use crate::code::Code;
use crate::interface::Interface;
use crate::plan::{Plan, Type, TypeKind};
pub(crate) use package::dependencies;

/// A file to write.
pub(crate) struct Emitted<'a> {
    /// The path below the output folder, with slashes.
    pub(crate) path: String,
    pub(crate) content: Content<'a>,
}

/// What it holds.
pub(crate) enum Content<'a> {
    /// Rust, which is made when it is formatted, to save memory.
    Rust(Box<dyn FnOnce() -> Code + Send + 'a>),
    /// Plain text whose first line names its format; the header goes below.
    Table(Box<dyn FnOnce() -> String + Send + 'a>),
    /// Markdown, whose comments are those of HTML.
    Markdown(Box<dyn FnOnce() -> String + Send + 'a>),
    /// Text whose comments start with `#`.
    Text(Box<dyn FnOnce() -> String + Send + 'a>),
}

/// All files.
pub(crate) fn emit<'a>(
    plan: &'a Plan,
    interface: &'a Interface,
    options: &'a Options,
) -> Vec<Emitted<'a>> {
    let mut files = vec![
        plain("Cargo.toml", || package::manifest(plan, options)),
        plain("rustfmt.toml", package::rustfmt),
        rust("lib", || service::library(plan, options)),
        rust("client", || service::client(plan)),
        rust("config", || config::file(plan)),
        rust("error", || service::error(plan)),
        rust("service", || service::file(plan)),
        rust("schema", || table::file(plan)),
        rust("operation", || service::operations(plan)),
        rust("types", || service::types(plan)),
    ];
    if waiter::any(plan) {
        files.push(rust("waiters", || waiter::file(plan)));
    }
    if transfer::any(plan) {
        files.push(rust("transfer", || transfer::file(plan)));
    }
    if options.has_command() {
        files.extend(cli::files(plan));
    }
    if !plan.service.endpoint_rules.is_empty() {
        files.push(Emitted {
            path: "src/endpoint.rules".into(),
            content: Content::Table(Box::new(|| plan.service.endpoint_rules.clone())),
        });
    }
    if options.has_readme() {
        files.push(Emitted {
            path: package::README.into(),
            content: Content::Markdown(Box::new(|| readme::file(plan, options))),
        });
    }
    if options.interface {
        files.push(Emitted {
            path: "interface.txt".into(),
            content: Content::Table(Box::new(|| interface.to_text())),
        });
    }
    files.extend(plan.operations.iter().map(|of| {
        rust(&format!("operation/{}", module_file(&of.module)), || {
            operation::file(plan, of)
        })
    }));
    files.extend(plan.types.iter().map(|of| {
        rust(&format!("types/{}", module_file(&of.name.module)), || {
            one_type(of)
        })
    }));
    files
}

/// A file of Rust code.
fn rust<'a, C: Into<Code>>(path: &str, make: impl FnOnce() -> C + Send + 'a) -> Emitted<'a> {
    Emitted {
        path: format!("src/{path}.rs"),
        content: Content::Rust(Box::new(|| make().into())),
    }
}

/// A file in another format.
fn plain<'a>(path: &str, make: impl FnOnce() -> String + Send + 'a) -> Emitted<'a> {
    Emitted {
        path: path.to_owned(),
        content: Content::Text(Box::new(make)),
    }
}

/// The file of a module; `r#` is left out.
fn module_file(module: &str) -> &str {
    module.trim_start_matches("r#")
}

fn one_type(of: &Type) -> Code {
    match &of.kind {
        TypeKind::Structure(structure) => structure::file(of, structure),
        TypeKind::Union(union) => choice::union(of, union),
        TypeKind::Enum(values) => choice::string_enum(of, values),
        TypeKind::IntEnum(values) => choice::int_enum(of, values),
    }
}
