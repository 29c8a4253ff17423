//! Assembles a [`Model`] from nodes of the Smithy JSON AST: merges documents, applies traits, flattens mixins, converts
//! Smithy 1.0 to 2.0, folds resources.

mod draft;
mod fold;
mod legacy;
mod merge;
mod mixins;
mod prelude;
mod read;

pub(super) use merge::Apply;

use crate::diagnostic::Diagnostic;
use crate::model::{Model, ShapeId};
use crate::node::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Assembles one model from the root nodes of all sources. Also returns the shapes that could not be read, which are
/// reported.
pub(super) fn assemble(
    roots: Vec<Node>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Model, BTreeSet<ShapeId>) {
    let mut texts = merge::Texts::default();
    for root in roots {
        texts.add(root, diagnostics);
    }
    let metadata = std::mem::take(&mut texts.metadata);
    let (mut drafts, applies) = texts.drafts(diagnostics);
    legacy::prepare(&mut drafts);
    prelude::add(&mut drafts);
    mixins::flatten(&mut drafts, applies, diagnostics);
    legacy::normalise(&mut drafts);
    let mut unreadable = std::mem::take(&mut texts.unreadable);
    let mut shapes = draft::finish(drafts, &mut unreadable, diagnostics);
    fold::resources(&mut shapes);
    (Model { shapes, metadata }, unreadable)
}

/// The traits that overlays apply, and the overlays' metadata. Shapes that an overlay defines are reported.
pub(super) fn applies(
    roots: Vec<Node>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Apply>, BTreeMap<String, Node>) {
    let mut texts = merge::Texts::default();
    for root in roots {
        texts.add(root, diagnostics);
    }
    let (drafts, applies) = texts.drafts(diagnostics);
    let defined = drafts.iter().map(|(id, draft)| {
        let message = format!("`{id}` is defined in an overlay");
        Diagnostic::new(draft.span, message)
            .help("overlays can only apply traits: use `apply`, or pass the file as a model")
    });
    diagnostics.extend(defined);
    (applies, texts.metadata)
}
