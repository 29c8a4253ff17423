//! Model texts → [`Model`]. A front end per format reads a text into a [`Node`] of the Smithy JSON AST, and one
//! assembler makes the model of all of them.

mod ast;
mod build;
mod c2j;
pub mod idl;
mod json;
mod overlay;

pub(crate) use c2j::SERVICE_NAME;

use crate::diagnostic::{Diagnostic, Source, sort};
use crate::model::{Model, ShapeId};
use crate::node::Node;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

/// What the texts gave: a model, as far as they could be understood, and what is wrong with them.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The merged model.
    pub(crate) model: Model,
    /// What can't be read or merged.
    pub(crate) problems: Vec<Diagnostic>,
    /// Shapes that stand in the texts but not in the model; each has its problem.
    pub(crate) unreadable: BTreeSet<ShapeId>,
    /// Whether a text can't be parsed, so that nothing can be said of the model.
    pub(crate) unparsed: bool,
}

impl Loaded {
    /// The model, unchecked.
    ///
    /// # Errors
    ///
    /// What can't be read or merged, in the order of the texts.
    pub fn into_model(mut self) -> Result<Model, Vec<Diagnostic>> {
        if self.problems.is_empty() {
            return Ok(self.model);
        }
        sort(&mut self.problems);
        Err(self.problems)
    }
}

impl From<Model> for Loaded {
    fn from(model: Model) -> Self {
        Self {
            model,
            ..Self::default()
        }
    }
}

/// Reads and merges models. [`check`](crate::check::check) says what is wrong with the result, problems of reading
/// included.
pub fn load(sources: &[Source]) -> Loaded {
    let mut problems = Vec::new();
    let Some(roots) = documents(sources, 0, &mut problems) else {
        return Loaded {
            problems,
            unparsed: true,
            ..Loaded::default()
        };
    };
    let (model, unreadable) = ast::assemble(roots, &mut problems);
    Loaded {
        model,
        problems,
        unreadable,
        unparsed: false,
    }
}

/// What is wrong with the texts as such, whatever they mean: for a caller that has not all of them.
pub fn syntax(sources: &[Source]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    parse(sources, 0, &mut diagnostics);
    sort(&mut diagnostics);
    diagnostics
}

/// The texts, parsed: JSON, and IDL.
struct Parsed<'s> {
    json: Vec<(&'s Source, Node)>,
    idl: Vec<idl::File<'s>>,
}

/// Parses the texts from `first` on; none when one of them can't be.
fn parse<'s>(
    sources: &'s [Source],
    first: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed<'s>> {
    let (mut json, mut idl) = (Vec::new(), Vec::new());
    let mut unread = false;
    for (index, source) in (0..).zip(sources).skip(first) {
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

/// The AST of the texts from `first` on; none when one of them can't be read.
fn documents(
    sources: &[Source],
    first: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Node>> {
    let parsed = parse(sources, first, diagnostics)?;
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
