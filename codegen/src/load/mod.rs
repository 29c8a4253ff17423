//! Loads a [`Model`] from texts. Each format has a front end that turns a text into a [`Node`] of the Smithy JSON AST;
//! `ast` assembles the model from all of them.

mod ast;
mod build;
mod c2j;
pub mod idl;
mod json;
mod overlay;
mod source_region;
mod timestamps;

pub(crate) use c2j::SERVICE_NAME;

use crate::diagnostic::{Diagnostic, Source, sort};
use crate::model::{Model, ShapeId};
use crate::node::Node;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

/// The result of loading: a model, as far as it could be read, and the errors.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The merged model.
    pub(crate) model: Model,
    /// Errors from reading and merging.
    pub(crate) problems: Vec<Diagnostic>,
    /// Shapes that are in the sources but not in the model; each has a diagnostic.
    pub(crate) unreadable: BTreeSet<ShapeId>,
    /// Whether a text could not be parsed, so that further checks make no sense.
    pub(crate) unparsed: bool,
}

impl Loaded {
    /// The model, unchecked.
    ///
    /// # Errors
    ///
    /// Errors from reading and merging, in source order.
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

/// Reads and merges models. [`check`](crate::check::check) reports all errors, including those of
/// loading.
pub fn load(sources: &[Source]) -> Loaded {
    let mut problems = Vec::new();
    let Some(roots) = documents(sources, 0, &mut problems) else {
        return Loaded {
            problems,
            unparsed: true,
            ..Loaded::default()
        };
    };
    let (mut model, unreadable) = ast::assemble(roots, &mut problems);
    source_region::add(&mut model);
    timestamps::make(&mut model);
    Loaded {
        model,
        problems,
        unreadable,
        unparsed: false,
    }
}

/// The syntax errors in the texts, for a caller that doesn't have all texts of a model.
pub fn syntax(sources: &[Source]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    parse(sources, 0, &mut diagnostics);
    sort(&mut diagnostics);
    diagnostics
}

/// Parses a JSON text that isn't a model. There is a node, even if keys are repeated, unless the syntax is wrong.
pub fn parse_json(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    json::parse(0, text)
}

/// The parsed texts: JSON, and IDL.
struct ParsedTexts<'s> {
    json: Vec<(&'s Source, Node)>,
    idl: Vec<idl::File<'s>>,
}

/// Parses the texts from `first` on; `None` if one of them can't be parsed.
fn parse<'s>(
    sources: &'s [Source],
    first: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ParsedTexts<'s>> {
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
    (!unread).then_some(ParsedTexts { json, idl })
}

/// The AST of the texts from `first` on; `None` if one of them can't be read.
fn documents(
    sources: &[Source],
    first: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Node>> {
    let parsed = parse(sources, first, diagnostics)?;
    let mut roots = Vec::new();
    let mut services = c2j::ServiceFiles::default();
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

/// Whether a text is IDL, by its file extension or else by its first character.
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
