//! Operations that the client calls itself, for others: for a region, an endpoint or credentials.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::endpoint_rules;
use crate::model::{Member, Operation, Service, Shape, ShapeKind};
use crate::node::Node;

/// Checks the operations that traits of the service name.
pub(super) fn of_service(checker: &mut Checker, shape: &Shape, service: &Service) {
    let lookup = shape.traits.get("swage.api#regionRedirects");
    if let Some(node) = lookup.and_then(|node| node.get("lookup")) {
        let name = node.as_str().unwrap_or_default();
        let operation = named(checker, service, |operation| operation.id.name() == name);
        match operation {
            None => unknown(checker, node),
            Some(operation) => {
                let resource = lookup.map(|node| node.string_or_empty("resource"));
                has_resource(checker, operation, node, &resource.unwrap_or_default());
            }
        }
    }
    let discovery = shape.traits.get("aws.api#clientEndpointDiscovery");
    if let Some(node) = discovery.and_then(|node| node.get("operation")) {
        let id = node.as_str().unwrap_or_default();
        if named(checker, service, |operation| operation.id.as_str() == id).is_none() {
            unknown(checker, node);
        }
    }
}

/// An operation of the service.
fn named<'m>(
    checker: &Checker<'m>,
    service: &Service,
    is_it: impl Fn(&Shape) -> bool,
) -> Option<&'m Shape> {
    let mut operations = service.operations.iter();
    operations.find_map(|operation| checker.shape(operation).filter(|shape| is_it(shape)))
}

fn unknown(checker: &mut Checker, node: &Node) {
    let name = node.as_str().unwrap_or_default();
    let message = format!("the service has no operation `{name}`");
    checker.report(Diagnostic::new(node.span, message).help("name an operation of the service"));
}

/// Checks the members and the parameter that `swage.api#sessionCredentials` names.
pub(super) fn session(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(node) = shape.traits.get("swage.api#sessionCredentials") else {
        return;
    };
    if let Some(resource) = node.get("resource") {
        let name = resource.as_str().unwrap_or_default();
        if let Some(service) = checker.services.get(&shape.id) {
            parameter(checker, service, resource);
        }
        has_resource(checker, shape, resource, name);
    }
    let Some(credentials) = node.get("credentials") else {
        return;
    };
    let name = credentials.as_str().unwrap_or_default();
    let members = checker.members(operation.output.as_ref());
    let found = members.iter().find(|member| member.name == name);
    let parts = found.map(|member| checker.members(Some(&member.target)));
    let is_missing = |part: &&&str| {
        let mut parts = parts.unwrap_or_default().iter();
        !parts.any(|member| member.name == **part)
    };
    let missing: Vec<&str> = PARTS.iter().filter(is_missing).copied().collect();
    if !missing.is_empty() {
        let message = format!(
            "the output has no member `{name}` with `{}`",
            missing.join("`, `")
        );
        let help = format!("name a structure with the members {}", PARTS.join(", "));
        checker.report(Diagnostic::new(credentials.span, message).help(help));
    }
}

/// The members of credentials.
const PARTS: [&str; 4] = [
    "AccessKeyId",
    "SecretAccessKey",
    "SessionToken",
    "Expiration",
];

/// The name of a resource must be a parameter of the endpoint rules.
pub(super) fn parameter(checker: &mut Checker, service: &Shape, node: &Node) {
    let name = node.as_str().unwrap_or_default();
    let rules = endpoint_rules::find(&service.traits);
    let params = rules.and_then(|rules| rules.get("parameters"));
    if params.is_none_or(|params| params.get(name).is_none()) {
        let message = format!("the endpoint rules have no parameter `{name}`");
        let diagnostic = Diagnostic::new(node.span, message);
        checker
            .report(diagnostic.help("name the parameter that has the resource, such as a bucket"));
    }
}

/// The operation's input must have a member for the resource.
fn has_resource(checker: &mut Checker, shape: &Shape, node: &Node, resource: &str) {
    let ShapeKind::Operation(operation) = &shape.kind else {
        return;
    };
    let is_resource = |member: &Member| {
        let param = member.traits.get("smithy.rules#contextParam");
        param.is_some_and(|param| param.string_or_empty("name") == resource)
    };
    if !checker
        .members(operation.input.as_ref())
        .iter()
        .any(is_resource)
    {
        let message = format!(
            "the input of `{}` has no member for the parameter `{resource}`",
            shape.id
        );
        let help = "add @contextParam to the member with the resource";
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
}
