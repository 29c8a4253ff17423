//! Finds everything that is wrong with a model in one run. A model that passes can be emitted.

mod bindings;
mod called;
mod forms;
mod operations;
mod options;
mod path;
mod patterns;
mod recursion;
mod service;
mod targets;
mod traits;
mod transfers;
mod unions;
mod uri;
mod values;
mod waiters;

use service::the_service;

use crate::diagnostic::{Diagnostic, sort};
use crate::endpoint_rules::Endpoints;
use crate::load::Loaded;
use crate::lookup::{Lookup, LookupSet};
use crate::model::{Member, Model, Reference, Service, Shape, ShapeId, ShapeKind, Simple};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// A model without errors.
#[derive(Debug)]
pub struct Checked<'m> {
    pub(crate) model: &'m Model,
    pub(crate) service_shape: &'m Shape,
    pub(crate) service: &'m Service,
    pub(crate) endpoints: Endpoints,
}

/// Checks a loaded model.
///
/// # Errors
///
/// Every error, including those found while loading, in source order.
pub fn check(loaded: &Loaded) -> Result<Checked<'_>, Vec<Diagnostic>> {
    let model = &loaded.model;
    let mut problems = loaded.problems.clone();
    let mut found = None;
    if !loaded.unparsed {
        problems.extend(shapes(model, &loaded.unreadable));
        let endpoints = endpoints(model, &mut problems);
        match the_service(model) {
            Ok((shape, service)) => found = Some((shape, service, endpoints)),
            // The service may be missing because it couldn't be read.
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

/// Checks the shapes. Errors in those of `unreadable` were reported while loading.
fn shapes(model: &Model, unreadable: &BTreeSet<ShapeId>) -> Vec<Diagnostic> {
    let mut checker = Checker {
        model,
        unreadable,
        services: service::of_operations(model),
        names: OnceCell::new(),
        inputs: OnceCell::new(),
        diagnostics: Vec::new(),
    };
    for shape in model.shapes.values() {
        targets::check(&mut checker, shape);
        traits::check(&mut checker, shape);
        unions::check(&mut checker, shape);
        patterns::check(&mut checker, shape);
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

/// The model, and the diagnostics found so far.
struct Checker<'m> {
    model: &'m Model,
    unreadable: &'m BTreeSet<ShapeId>,
    /// The service of each bound operation.
    services: Lookup<&'m ShapeId, &'m Shape>,
    /// The first shape of each lower-cased name, for "did you mean".
    names: OnceCell<BTreeMap<String, &'m ShapeId>>,
    /// The inputs of operations.
    inputs: OnceCell<LookupSet<&'m ShapeId>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'m> Checker<'m> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The referenced shape. A missing one is reported by `targets` only.
    fn shape(&self, reference: &Reference) -> Option<&'m Shape> {
        self.model.shapes.get(&reference.id)
    }

    /// The inputs of operations.
    fn inputs(&self) -> &LookupSet<&'m ShapeId> {
        let shapes = self.model.shapes.values();
        self.inputs.get_or_init(|| options::inputs(shapes))
    }

    /// The members of the referenced structure.
    fn members(&self, reference: Option<&Reference>) -> &'m [Member] {
        let shape = reference.and_then(|reference| self.shape(reference));
        let Some(ShapeKind::Structure(members)) = shape.map(|shape| &shape.kind) else {
            return &[];
        };
        members
    }

    /// Whether a member's target has one of these types; also true for a missing target, which is reported elsewhere.
    fn targets(&self, member: &Member, types: &[&str]) -> bool {
        self.shape(&member.target)
            .is_none_or(|target| types.contains(&type_name(target)))
    }
}

/// All members of a shape, including those of lists and maps.
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

/// The name of a shape's type in models.
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
