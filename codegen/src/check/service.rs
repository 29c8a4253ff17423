//! The service: exactly one, with a protocol and an authentication scheme that Swage supports.

use super::{Checker, called};
use crate::diagnostic::Diagnostic;
use crate::lookup::Lookup;
use crate::model::{Model, Service, Shape, ShapeId, ShapeKind, Traits};
use crate::node::{Key, Node, Span};
use crate::registry::{NO_AUTH, PROTOCOLS, SCHEMES};

/// Schemes of Smithy's prelude and AWS's that Swage doesn't support.
const OTHER_SCHEMES: [&str; 2] = ["smithy.api#httpDigestAuth", "aws.auth#cognitoUserPools"];

/// The only service of the model.
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
                "add a shape of \"type\": \"service\", or pass the model that defines it as well";
            Err(Diagnostic::new(start, "the model has no service").help(help))
        }
        (Some((first, _)), Some((second, _))) => {
            let diagnostic = Diagnostic::new(second.span, "the model has more than one service");
            let diagnostic = diagnostic
                .label(format!("`{}`", second.id))
                .related(first.span, format!("`{}`", first.id));
            Err(diagnostic
                .help("a crate is generated from one service: choose it with `--service`"))
        }
    }
}

/// The service of each operation that is bound to one.
pub(super) fn of_operations(model: &Model) -> Lookup<&ShapeId, &Shape> {
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
                redirects(checker, shape);
                called::of_service(checker, shape, service);
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

/// The resource of `swage.api#regionRedirects` must be a parameter of the endpoint rules.
fn redirects(checker: &mut Checker, shape: &Shape) {
    let resource = shape.traits.get("swage.api#regionRedirects");
    if let Some(node) = resource.and_then(|node| node.get("resource")) {
        called::parameter(checker, shape, node);
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
            format!("no supported protocol on `{}`", shape.id),
        );
        let label = match named(checker, &shape.traits, "protocolDefinition").as_slice() {
            [] => "no protocol trait".to_owned(),
            others => format!("has {}", others.join(", ")),
        };
        let ids: Vec<_> = PROTOCOLS.iter().map(|protocol| protocol.id).collect();
        let help = format!(
            "add one of the traits {}, or choose one by the setting `protocol`",
            ids.join(", ")
        );
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
            let message = format!("missing @http on `{}`", operation.id);
            let help = "add \"smithy.api#http\": { \"method\": …, \"uri\": … }";
            checker.report(
                Diagnostic::new(operation.span, message)
                    .related(shape.span, "required by the protocol of this service")
                    .help(help),
            );
        }
    }
}

/// The traits of the service that are defined as protocols or schemes, or whose namespace ends with `.protocols`.
fn named(checker: &Checker, traits: &Traits, definition: &str) -> Vec<String> {
    let is_one = |id: &&Key| {
        let defined = checker
            .model
            .shapes
            .values()
            .find(|shape| shape.id.as_str() == **id);
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
        let message = format!("no supported authentication scheme on `{}`", shape.id);
        let help = format!("add one of the traits {}", known.join(", "));
        checker.report(Diagnostic::new(shape.span, message).help(help));
    }
}

/// At least one scheme in `@auth` must be supported. On a service, its traits must include all of them.
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
        let diagnostic = Diagnostic::new(auth.span, "no supported authentication scheme in @auth");
        checker.report(diagnostic.help(format!("supported are {}", known.join(", "))));
    }
    for node in listed {
        let absent = |service: &&Shape| {
            node.as_str()
                .is_some_and(|id| !service.traits.has(id) && id != NO_AUTH)
        };
        if let Some(service) = service.filter(absent) {
            let message = format!(
                "@auth lists a scheme whose trait is missing on `{}`",
                service.id
            );
            checker.report(
                Diagnostic::new(node.span, message).help("add the scheme's trait to the service"),
            );
        }
    }
}
