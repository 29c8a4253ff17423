//! Finds the cases in the models.

use crate::borrowed::Borrowed;
use crate::table::{Service, Suite, Typed, TypedEvents};
use swage_client::Operation;
use swage_codegen::model::{self, Model, Reference, Shape, ShapeKind, Traits};
use swage_codegen::node::Node;

/// A case.
pub(crate) struct Case<'m> {
    pub(crate) id: &'m str,
    /// The protocol's name, without its namespace.
    pub(crate) protocol: &'m str,
    pub(crate) kind: Kind,
    /// The value of the trait.
    pub(crate) node: &'m Node,
    /// The operation; `None` if it wasn't generated.
    pub(crate) target: Option<Target>,
    /// The same for an operation with streams of events.
    pub(crate) events: Option<EventTarget>,
    /// For an error: its code.
    pub(crate) code: Option<&'m str>,
}

/// An operation with streams of events.
#[derive(Clone, Copy)]
pub(crate) struct EventTarget {
    pub(crate) service: &'static swage_client::Service,
    pub(crate) typed: &'static TypedEvents,
}

/// An operation.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub(crate) service: &'static swage_client::Service,
    pub(crate) typed: &'static Typed,
    pub(crate) operation: &'static Operation,
    /// Its subcommand.
    pub(crate) command: &'static str,
}

/// The kind of a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `httpRequestTests`.
    Request,
    /// `httpResponseTests` of an operation.
    Response,
    /// `httpResponseTests` of an error.
    Error,
    /// `eventStreamTests`.
    Events,
    /// `httpMalformedRequestTests`.
    Malformed,
}

impl Case<'_> {
    /// `protocol/id`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.protocol, self.id)
    }

    /// Why a case doesn't apply to clients; `None` if it does.
    pub(crate) fn skipped(&self) -> Option<&'static str> {
        match self.text("appliesTo") {
            _ if self.kind == Kind::Malformed => Some(
                "httpMalformedRequestTests: \"specifically for the behavior of server protocol implementations\"",
            ),
            Some("server") => Some("appliesTo \"server\": no case for clients"),
            _ => None,
        }
    }

    /// Whether the case has this tag.
    pub(crate) fn is_about(&self, tag: &str) -> bool {
        let tags = self.node.get("tags").and_then(Node::elements);
        tags.unwrap_or_default()
            .iter()
            .any(|of| of.as_str() == Some(tag))
    }

    /// The settings in its `vendorParams` for the client and the operation; later ones take precedence.
    pub(crate) fn settings(&self) -> impl Iterator<Item = &Node> {
        let params = self.node.get("vendorParams");
        let scopes = params.and_then(|params| params.get("scopedConfig"));
        let scopes = scopes.into_iter();
        scopes.flat_map(|scopes| {
            ["client", "operation"]
                .map(|scope| scopes.get(scope))
                .into_iter()
                .flatten()
        })
    }

    /// A property that is a string.
    pub(crate) fn text(&self, property: &str) -> Option<&str> {
        text(self.node, property)
    }
}

/// A property that is a string.
pub(crate) fn text<'n>(node: &'n Node, property: &str) -> Option<&'n str> {
    node.get(property)?.as_str()
}

/// All cases of the suite's services.
pub(crate) fn find<'m>(model: &'m Model, suite: &Suite) -> Vec<Case<'m>> {
    let mut cases: Vec<_> = suite
        .services
        .iter()
        .flat_map(|service| of_service(model, service))
        .collect();
    // Errors are shared by services. A request and a response may have the same id.
    let mut seen = std::collections::BTreeSet::new();
    cases.retain(|case| seen.insert((case.protocol, case.id, case.kind)));
    cases.sort_by_key(|case| (case.protocol, case.id));
    cases
}

fn of_service<'m>(model: &'m Model, service: &'static Service) -> Vec<Case<'m>> {
    let modelled = model.shapes.values().find_map(|shape| match &shape.kind {
        ShapeKind::Service(of) if shape.id.as_str() == service.cli.service.id => Some((shape, of)),
        _ => None,
    });
    let Some((service_shape, modelled)) = modelled else {
        return Vec::new();
    };
    let shape = |reference: &Reference| model.shapes.get(&reference.id);
    let mut cases = Vec::new();
    for of in modelled.operations.iter().filter_map(shape) {
        let target = target(service, of.id.name());
        let mut found = of_operation(&of.traits, target);
        let mut typed = service.events.iter();
        let events = typed.find(|typed| typed.name == of.id.name());
        for case in &mut found {
            let service = service.cli.service;
            case.events = events.map(|typed| EventTarget { service, typed });
        }
        cases.extend(found);
        for error in errors(of, modelled).filter_map(shape) {
            let traits = &error.traits;
            let mut found = listed(traits, "httpResponseTests", Kind::Error, target);
            for case in &mut found {
                case.code = Some(code(error));
            }
            cases.extend(found);
        }
    }
    if let Some(borrowed) = Borrowed::by(service_shape, model) {
        cases.retain_mut(|case| borrowed.take(case));
    }
    cases
}

fn target(service: &'static Service, name: &str) -> Option<Target> {
    let typed = service.operations.iter().find(|typed| typed.name == name)?;
    let mut commands = service.cli.commands.iter();
    let command = commands.find(|of| of.operation().name == name)?;
    Some(Target {
        service: service.cli.service,
        typed,
        operation: command.operation(),
        command: command.name(),
    })
}

/// The code of an error.
fn code(error: &Shape) -> &str {
    let own = error.traits.get("aws.protocols#awsQueryError");
    let own = own.and_then(|node| node.get("code")?.as_str());
    own.unwrap_or(error.id.name())
}

fn errors<'m>(
    operation: &'m Shape,
    service: &'m model::Service,
) -> impl Iterator<Item = &'m Reference> {
    let own: &[Reference] = match &operation.kind {
        ShapeKind::Operation(operation) => &operation.errors,
        _ => &[],
    };
    own.iter().chain(&service.errors)
}

fn of_operation(traits: &Traits, target: Option<Target>) -> Vec<Case<'_>> {
    [
        ("httpRequestTests", Kind::Request),
        ("httpResponseTests", Kind::Response),
        ("eventStreamTests", Kind::Events),
        ("httpMalformedRequestTests", Kind::Malformed),
    ]
    .into_iter()
    .flat_map(|(name, kind)| listed(traits, name, kind, target))
    .collect()
}

fn listed<'m>(traits: &'m Traits, name: &str, kind: Kind, target: Option<Target>) -> Vec<Case<'m>> {
    let nodes = traits.get(&format!("smithy.test#{name}"));
    let nodes = nodes.and_then(Node::elements).unwrap_or_default();
    let case = |node: &'m Node| {
        let protocol = node.get("protocol")?.as_str()?;
        Some(Case {
            id: node.get("id")?.as_str()?,
            protocol: protocol.rsplit('#').next().unwrap_or(protocol),
            kind,
            node,
            target,
            events: None,
            code: None,
        })
    };
    nodes.iter().filter_map(case).collect()
}
