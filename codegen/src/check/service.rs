//! The service: one, with a protocol and an authentication scheme that the runtime speaks.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Service, Shape, ShapeId, ShapeKind, Traits};
use crate::node::{Node, Span};
use crate::registry::{NO_AUTH, PROTOCOLS, SCHEMES};
use std::collections::BTreeMap;

/// Schemes that are known to be ones, without us having them.
const OTHER_SCHEMES: [&str; 2] = ["smithy.api#httpDigestAuth", "aws.auth#cognitoUserPools"];

/// The one service that a model must have.
pub(super) fn the_service(model: &Model) -> Result<(&Shape, &Service), Diagnostic> {
    let mut services = model.services();
    match (services.next(), services.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => {
            let start = Span {
                source: 0,
                start: 0,
                end: 1,
            };
            let help =
                "add a shape of \"type\": \"service\", or give the model that defines it, too";
            Err(Diagnostic::new(start, "the model has no service").help(help))
        }
        (Some((first, _)), Some((second, _))) => {
            let diagnostic = Diagnostic::new(second.span, "the model has more than one service");
            let diagnostic = diagnostic
                .label(format!("`{}`", second.id))
                .related(first.span, format!("`{}`", first.id));
            Err(diagnostic
                .help("a crate is made from one service: give each in a model of its own"))
        }
    }
}

/// The service of each operation that is bound to one.
pub(super) fn of_operations(model: &Model) -> BTreeMap<&ShapeId, &Shape> {
    let bound = model.services().flat_map(|(shape, service)| {
        service
            .operations
            .iter()
            .map(move |bound| (&bound.id, shape))
    });
    bound.collect()
}

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    match &shape.kind {
        ShapeKind::Service(service) => {
            if !shape.traits.has("mixin") {
                protocol(checker, shape, service);
                schemes(checker, shape);
            }
        }
        ShapeKind::Operation(_) => listed_schemes(checker, &shape.traits, None),
        ShapeKind::Simple(_)
        | ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_)
        | ShapeKind::List(_)
        | ShapeKind::Map(..)
        | ShapeKind::Structure(_)
        | ShapeKind::Union(_)
        | ShapeKind::Resource(_) => {}
    }
}

fn protocol(checker: &mut Checker, shape: &Shape, service: &Service) {
    let spoken: Vec<_> = PROTOCOLS
        .iter()
        .filter(|protocol| shape.traits.has(protocol.id))
        .collect();
    if spoken.is_empty() {
        let diagnostic = Diagnostic::new(
            shape.span,
            format!("`{}` has no protocol that Swage speaks", shape.id),
        );
        let label = match named(checker, &shape.traits, "protocolDefinition").as_slice() {
            [] => "no protocol trait on it".to_owned(),
            others => format!("only {}", others.join(", ")),
        };
        let ids: Vec<_> = PROTOCOLS.iter().map(|protocol| protocol.id).collect();
        let help = format!("add one of the traits {}", ids.join(", "));
        checker.report(diagnostic.label(label).help(help));
    }
    if spoken.is_empty() || !spoken.iter().all(|protocol| protocol.http_bindings) {
        return;
    }
    for reference in &service.operations {
        if let Some(operation) = checker
            .shape(reference)
            .filter(|operation| !operation.traits.has("http"))
            && matches!(operation.kind, ShapeKind::Operation(_))
        {
            let message = format!("`{}` has no @http, which the protocol needs", operation.id);
            let help = "add \"smithy.api#http\": { \"method\": …, \"uri\": … }";
            checker.report(
                Diagnostic::new(operation.span, message)
                    .related(shape.span, "the service")
                    .help(help),
            );
        }
    }
}

/// The traits on the service that are protocols or schemes by their definition or their namespace.
fn named(checker: &Checker, traits: &Traits, definition: &str) -> Vec<String> {
    let is_one = |id: &&String| {
        let defined = checker
            .model
            .shapes
            .values()
            .find(|shape| shape.id.as_str() == id.as_str());
        let by_namespace = definition == "protocolDefinition"
            && id
                .split('#')
                .next()
                .is_some_and(|namespace| namespace.ends_with(".protocols"));
        defined.is_some_and(|shape| shape.traits.has(definition)) || by_namespace
    };
    traits
        .0
        .keys()
        .filter(is_one)
        .map(|id| format!("`{id}`"))
        .collect()
}

fn scheme_ids() -> Vec<&'static str> {
    SCHEMES.iter().map(|scheme| scheme.id).collect()
}

fn schemes(checker: &mut Checker, shape: &Shape) {
    listed_schemes(checker, &shape.traits, Some(shape));
    let known = scheme_ids();
    let has = |ids: &[&str]| ids.iter().any(|id| shape.traits.has(id));
    let others = named(checker, &shape.traits, "authDefinition");
    if !has(&known) && (has(&OTHER_SCHEMES) || !others.is_empty()) {
        let message = format!(
            "`{}` has no authentication scheme that Swage knows",
            shape.id
        );
        let help = format!("add one of the traits {}", known.join(", "));
        checker.report(Diagnostic::new(shape.span, message).help(help));
    }
}

/// Of the schemes that `@auth` lists, one must be known; on a service, they must be among its traits.
fn listed_schemes(checker: &mut Checker, traits: &Traits, service: Option<&Shape>) {
    let Some(auth) = traits.get("auth") else {
        return;
    };
    let (listed, known) = (auth.elements().unwrap_or_default(), scheme_ids());
    if !listed.is_empty()
        && !listed
            .iter()
            .filter_map(Node::as_str)
            .any(|id| known.contains(&id))
    {
        let diagnostic = Diagnostic::new(
            auth.span,
            "@auth lists no authentication scheme that Swage knows",
        );
        checker.report(diagnostic.help(format!("it knows {}", known.join(", "))));
    }
    for node in listed {
        let absent = |service: &&Shape| {
            node.as_str()
                .is_some_and(|id| !service.traits.has(id) && id != NO_AUTH)
        };
        if let Some(service) = service.filter(absent) {
            let message = format!("@auth lists a scheme that `{}` does not have", service.id);
            checker.report(
                Diagnostic::new(node.span, message)
                    .help("add the trait of the scheme to the service"),
            );
        }
    }
}
