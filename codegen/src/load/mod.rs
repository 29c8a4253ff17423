//! Model texts → [`Model`]. A front end per format reads a text into a [`Node`] of the Smithy JSON AST, and one
//! assembler makes the model of all of them.

mod ast;
mod build;
mod c2j;
pub mod idl;
mod json;

pub(crate) use ast::{is_identifier, is_shape_id, kind_of};
pub(crate) use c2j::SERVICE_NAME;

use crate::check;
use crate::diagnostic::{Diagnostic, Source, sort};
use crate::model::Model;
use crate::node::Node;
use std::ffi::OsStr;
use std::path::Path;

/// Reads and merges models. What can't be read or merged is reported together with all else that is wrong with the
/// model, as far as it could be understood.
pub fn load(sources: &[Source]) -> Result<Model, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let Some(roots) = roots(sources, &mut diagnostics) else {
        sort(&mut diagnostics);
        return Err(diagnostics);
    };
    let assembled = ast::assemble(roots, &mut diagnostics);
    if diagnostics.is_empty() {
        return Ok(assembled.model);
    }
    diagnostics.extend(check::shapes(&assembled.model, &assembled.unreadable));
    diagnostics.extend(check::endpoints(&assembled.model));
    // That there is none may come from what couldn't be read.
    let several = assembled.model.services().nth(1).is_some();
    diagnostics.extend(
        check::the_service(&assembled.model)
            .err()
            .filter(|_| several),
    );
    sort(&mut diagnostics);
    Err(diagnostics)
}

/// What is wrong with the texts as such, whatever they mean: for a caller that has not all of them.
pub fn syntax(sources: &[Source]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    parse(sources, &mut diagnostics);
    sort(&mut diagnostics);
    diagnostics
}

/// The texts, parsed: JSON, and IDL.
struct Parsed<'s> {
    json: Vec<(&'s Source, Node)>,
    idl: Vec<idl::File<'s>>,
}

/// Parses all texts; none when one of them can't be.
fn parse<'s>(sources: &'s [Source], diagnostics: &mut Vec<Diagnostic>) -> Option<Parsed<'s>> {
    let (mut json, mut idl) = (Vec::new(), Vec::new());
    let mut unread = false;
    for (index, source) in (0..).zip(sources) {
        if is_json(source) {
            let (root, problems) = json::parse(index, &source.text);
            unread |= root.is_none();
            diagnostics.extend(problems);
            json.extend(root.map(|root| (source, root)));
        } else {
            let file = idl::parse(index, &source.text);
            unread |= file.is_err();
            match file {
                Ok(file) => idl.push(file),
                Err(problems) => diagnostics.extend(problems),
            }
        }
    }
    (!unread).then_some(Parsed { json, idl })
}

/// The AST of all texts; none when one of them can't be read.
fn roots(sources: &[Source], diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Node>> {
    let parsed = parse(sources, diagnostics)?;
    let mut roots = Vec::new();
    let mut services = c2j::Files::default();
    for (source, root) in parsed.json {
        if c2j::is_c2j(&root) {
            services.add(&source.name, root);
        } else {
            roots.push(root);
        }
    }
    roots.extend(services.into_ast(diagnostics)?);
    let lowered = idl::to_ast(&parsed.idl, &roots).map_err(|problems| diagnostics.extend(problems));
    roots.extend(lowered.ok()?);
    Some(roots)
}

/// What starts as no JSON does is IDL, unless its name says otherwise.
fn is_json(source: &Source) -> bool {
    let text = source.text.trim_start_matches('\u{feff}').trim_start();
    let may_be_idl = text.starts_with(|first: char| {
        matches!(first, '$' | '/' | ',' | '@') || first.is_ascii_alphabetic()
    });
    match Path::new(&source.name).extension().and_then(OsStr::to_str) {
        Some("smithy") => false,
        Some("json") => true,
        _ => !may_be_idl,
    }
}
