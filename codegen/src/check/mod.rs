//! Everything that is wrong with a model, at once. After it, emission can't fail.

mod bindings;
mod forms;
mod operations;
mod options;
mod path;
mod recursion;
mod service;
mod targets;
mod traits;
mod uri;
mod values;
mod waiters;

use service::the_service;

use crate::diagnostic::{Diagnostic, sort};
use crate::endpoint_rules::Endpoints;
use crate::load::Loaded;
use crate::model::{Member, Model, Reference, Service, Shape, ShapeId, ShapeKind, Simple};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// A model in which nothing is wrong, and what checking it gave.
#[derive(Debug)]
pub struct Checked<'m> {
    pub(crate) model: &'m Model,
    pub(crate) service_shape: &'m Shape,
    pub(crate) service: &'m Service,
    pub(crate) endpoints: Endpoints,
}

/// Checks what was loaded.
///
/// # Errors
///
/// Everything that is wrong, problems of reading included, in the order of the texts.
pub fn check(loaded: &Loaded) -> Result<Checked<'_>, Vec<Diagnostic>> {
    let model = &loaded.model;
    let mut problems = loaded.problems.clone();
    let mut found = None;
    if !loaded.unparsed {
        problems.extend(shapes(model, &loaded.unreadable));
        let endpoints = endpoints(model, &mut problems);
        match the_service(model) {
            Ok((shape, service)) => found = Some((shape, service, endpoints)),
            // There may be none because it couldn't be read.
            Err(_) if !loaded.problems.is_empty() && model.services().next().is_none() => {}
            Err(problem) => problems.push(problem),
        }
    }
    match found {
        Some((service_shape, service, endpoints)) if problems.is_empty() => Ok(Checked {
            model,
            service_shape,
            service,
            endpoints,
        }),
        _ => {
            sort(&mut problems);
            Err(problems)
        }
    }
}

/// Checks the shapes. Those in `unreadable` were reported already.
fn shapes(model: &Model, unreadable: &BTreeSet<ShapeId>) -> Vec<Diagnostic> {
    let mut checker = Checker {
        model,
        unreadable,
        services: service::of_operations(model),
        names: OnceCell::new(),
        diagnostics: Vec::new(),
    };
    for shape in model.shapes.values() {
        targets::check(&mut checker, shape);
        traits::check(&mut checker, shape);
        values::check(&mut checker, shape);
        bindings::check(&mut checker, shape);
        operations::check(&mut checker, shape);
        options::check(&mut checker, shape);
        service::check(&mut checker, shape);
    }
    operations::streams(&mut checker);
    waiters::names(&mut checker);
    recursion::check(&mut checker);
    checker.diagnostics
}

/// Lowers the endpoint rules of each service; returns those of the last one, since a model must have one.
fn endpoints(model: &Model, problems: &mut Vec<Diagnostic>) -> Endpoints {
    let mut endpoints = Endpoints::default();
    for (shape, _) in model.services() {
        match Endpoints::of_service(&shape.traits) {
            Ok(found) => endpoints = found,
            Err(found) => problems.extend(found),
        }
    }
    endpoints
}

/// The model, and what was found so far.
struct Checker<'m> {
    model: &'m Model,
    unreadable: &'m BTreeSet<ShapeId>,
    /// The service that an operation is bound to.
    services: BTreeMap<&'m ShapeId, &'m Shape>,
    /// The first shape of each name in small letters, for those who mistake one.
    names: OnceCell<BTreeMap<String, &'m ShapeId>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'m> Checker<'m> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The shape that is meant; none is reported once, by `targets`.
    fn shape(&self, reference: &Reference) -> Option<&'m Shape> {
        self.model.shapes.get(&reference.id)
    }

    /// The members of the structure that is meant.
    fn members(&self, reference: Option<&Reference>) -> &'m [Member] {
        let shape = reference.and_then(|reference| self.shape(reference));
        let Some(ShapeKind::Structure(members)) = shape.map(|shape| &shape.kind) else {
            return &[];
        };
        members
    }

    /// Whether a member's target is one of these types; a target that doesn't exist counts as right.
    fn targets(&self, member: &Member, types: &[&str]) -> bool {
        self.shape(&member.target)
            .is_none_or(|target| types.contains(&type_name(target)))
    }
}

/// All members of a shape, those of lists and maps too.
fn all_members(shape: &Shape) -> Vec<&Member> {
    match &shape.kind {
        ShapeKind::List(member) => vec![member],
        ShapeKind::Map(key, value) => vec![key, value],
        ShapeKind::Simple(_)
        | ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_)
        | ShapeKind::Structure(_)
        | ShapeKind::Union(_)
        | ShapeKind::Operation(_)
        | ShapeKind::Resource(_)
        | ShapeKind::Service(_) => shape.members().iter().collect(),
    }
}

/// How the model calls the type of a shape.
fn type_name(shape: &Shape) -> &'static str {
    match &shape.kind {
        ShapeKind::Simple(simple) => simple_name(*simple),
        ShapeKind::Enum(_) => "enum",
        ShapeKind::IntEnum(_) => "intEnum",
        ShapeKind::List(_) => "list",
        ShapeKind::Map(..) => "map",
        ShapeKind::Structure(_) => "structure",
        ShapeKind::Union(_) => "union",
        ShapeKind::Operation(_) => "operation",
        ShapeKind::Resource(_) => "resource",
        ShapeKind::Service(_) => "service",
    }
}

fn simple_name(simple: Simple) -> &'static str {
    match simple {
        Simple::Boolean => "boolean",
        Simple::Byte => "byte",
        Simple::Short => "short",
        Simple::Integer => "integer",
        Simple::Long => "long",
        Simple::Float => "float",
        Simple::Double => "double",
        Simple::BigInteger => "bigInteger",
        Simple::BigDecimal => "bigDecimal",
        Simple::String => "string",
        Simple::Blob => "blob",
        Simple::Timestamp => "timestamp",
        Simple::Document => "document",
    }
}
