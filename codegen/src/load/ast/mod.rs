//! Nodes of the Smithy JSON AST → [`Model`]: read, merge, apply, flatten mixins, normalise 1.0, fold resources.

mod draft;
mod fold;
mod legacy;
mod merge;
mod mixins;
mod prelude;
mod read;

use merge::Apply;

use crate::diagnostic::Diagnostic;
use crate::model::{Model, ShapeId};
use crate::node::Node;
use std::collections::BTreeSet;

/// Makes one model of the roots of all texts. Also returns the shapes that can't be read; they were reported.
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

/// What texts apply to shapes that stand elsewhere. Shapes that they define themselves are reported.
pub(super) fn applies(roots: Vec<Node>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Apply> {
    let mut texts = merge::Texts::default();
    for root in roots {
        texts.add(root, diagnostics);
    }
    let (drafts, applies) = texts.drafts(diagnostics);
    let defined = drafts.iter().map(|(id, draft)| {
        let message = format!("an overlay can't define `{id}`: it only applies traits");
        Diagnostic::new(draft.span, message).help("write `apply`, or give the file as a model")
    });
    diagnostics.extend(defined);
    applies
}
