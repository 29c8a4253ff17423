//! Smithy IDL text, versions 1.0 and 2.0.
//!
//! [`parse`] parses a file. The meaning of a name depends on the other sources (they may define a shape of the same
//! namespace, or the resource or mixin that gives a member its target), so
//! [`to_ast`] takes all of them and returns documents of the JSON AST whose nodes have spans in the IDL text.

mod body;
mod lower;
mod parse;
mod prelude;
mod scan;
mod scope;
mod string;
mod syntax;
mod value;

pub use syntax::File;

use crate::diagnostic::Diagnostic;
use crate::node::Node;

/// Parses a file; `source` is its index in the list of sources.
///
/// # Errors
///
/// Every syntax error, up to a limit.
pub fn parse(source: u32, text: &str) -> Result<File<'_>, Vec<Diagnostic>> {
    parse::file(source, text)
}

/// The JSON AST of all IDL files of a model; `others` are its sources in the JSON AST.
///
/// # Errors
///
/// Names that can't be resolved, and conflicting definitions within a file.
pub fn to_ast(files: &[File<'_>], others: &[Node]) -> Result<Vec<Node>, Vec<Diagnostic>> {
    let definitions = scope::Definitions::new(files, others);
    let mut errors = Vec::new();
    let documents = files
        .iter()
        .flat_map(|file| lower::file(file, &definitions, &mut errors))
        .collect();
    if errors.is_empty() {
        Ok(documents)
    } else {
        Err(errors)
    }
}
