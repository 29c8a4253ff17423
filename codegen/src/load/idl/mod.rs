//! Smithy IDL text, versions 1.0 and 2.0.
//!
//! [`parse`] reads a file's syntax. What a name in it means depends on the other sources (a shape of the same
//! namespace may stand in any of them, and so may the resource or mixin that gives a member its target), so
//! that [`to_ast`] takes them all and gives documents of the JSON AST, whose nodes point into the IDL text.

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

/// Reads the syntax of a file; `source` is its index in the list that was given to codegen.
pub fn parse(source: u32, text: &str) -> Result<File<'_>, Vec<Diagnostic>> {
    parse::file(source, text)
}

/// The JSON AST of all files of a model; `others` are its sources that are in the JSON AST already.
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
