//! Operations: their request line and host, pagination, streams.

use super::{Checker, bindings, called, path, transfers, type_name, uri, waiters};
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Operation, Reference, Shape, ShapeId, ShapeKind};
use crate::node::Node;
use crate::registry::{PROTOCOLS, Protocol};
use std::collections::BTreeSet;

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    let ShapeKind::Operation(operation) = &shape.kind else {
        return;
    };
    http(checker, shape, operation);
    host(checker, shape, operation);
    checksum(checker, shape, operation);
    presigned(checker, shape, operation);
    presigned_query(checker, shape, operation);
    content_type(checker, shape, operation);
    called::session(checker, shape, operation);
    digests(checker, shape, operation);
    transfers::check(checker, shape, operation);
    waiters::check(checker, shape, operation);
    context_params(checker, shape);
    pages(checker, shape);
    if let Some(paginated) = shape
        .traits
        .get("paginated")
        .filter(|value| value.entries().is_some())
    {
        // An operation of no service isn't generated, and may lack what its service says.
        if let Some(service) = checker.services.get(&shape.id) {
            pagination(
                checker,
                operation,
                paginated,
                service.traits.get("paginated"),
            );
        }
    }
}

/// `swage.api#presignedUrl` needs requests that a URL can hold, and a member of the input for the URL.
fn presigned(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(presigned) = shape.traits.get("swage.api#presignedUrl") else {
        return;
    };
    forms(checker, shape, presigned);
    let url = presigned.get("url");
    let Some((node, name)) = url.and_then(|node| Some((node, node.as_str()?))) else {
        return;
    };
    let members = checker.members(operation.input.as_ref());
    if !members.iter().any(|member| member.name == name) {
        let message = format!("the input has no member `{name}`");
        let diagnostic = Diagnostic::new(node.span, message);
        checker.report(diagnostic.help("name the member that has the URL"));
    }
}

/// Refuses a trait of an operation that needs forms if a protocol of its service has other requests.
fn forms(checker: &mut Checker, operation: &Shape, node: &Node) {
    let Some(service) = checker.services.get(&operation.id) else {
        return;
    };
    let has = |protocol: &&Protocol| service.traits.has(protocol.id);
    let Some(other) = PROTOCOLS
        .iter()
        .filter(has)
        .find(|protocol| !protocol.forms)
    else {
        return;
    };
    let message = format!(
        "`{}` can't have a presigned URL: the requests of {} aren't forms",
        operation.id,
        other.name()
    );
    let forms = PROTOCOLS.iter().filter(|protocol| protocol.forms);
    let names: Vec<_> = forms.map(Protocol::name).collect();
    let help = format!(
        "remove the trait; it is only for services with the protocol {}",
        names.join(" or ")
    );
    let related = service.span;
    let diagnostic = Diagnostic::new(node.span, message).related(related, "the service");
    checker.report(diagnostic.help(help));
}

/// The members that `swage.api#md5Digests` names.
fn digests(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let digests = shape.traits.get("swage.api#md5Digests");
    for node in digests.and_then(Node::elements).unwrap_or_default() {
        let (input, output) = (operation.input.as_ref(), operation.output.as_ref());
        let holder = in_list(checker, output, node.get("list"));
        let in_input = node.get("inInput").and_then(Node::as_bool) == Some(true);
        let covered = if in_input {
            in_list(checker, input, node.get("inputList"))
        } else {
            holder
        };
        let key = node.get("key");
        for (node, members) in [
            (node.get("digest"), holder),
            (node.get("of"), covered),
            (key, holder),
            (key, covered),
        ] {
            if let (Some(node), Some(members)) = (node, members) {
                named(checker, node, members);
            }
        }
    }
}

/// The members of the structure, or of the elements of that list in it; none if there is no such list, which is reported.
fn in_list<'m>(
    checker: &mut Checker<'m>,
    structure: Option<&Reference>,
    list: Option<&Node>,
) -> Option<&'m [Member]> {
    let members = checker.members(structure);
    let Some(list) = list else {
        return Some(members);
    };
    let target = named(checker, list, members)?;
    if let ShapeKind::List(element) = &checker.shape(&target.target)?.kind {
        return Some(checker.members(Some(&element.target)));
    }
    let message = format!("`{}` isn't a list", target.name);
    checker.report(Diagnostic::new(list.span, message).help("name a list"));
    None
}

/// The member of that name, or an error.
fn named<'m>(checker: &mut Checker<'m>, node: &Node, members: &'m [Member]) -> Option<&'m Member> {
    let name = node.as_str()?;
    let found = members.iter().find(|member| member.name == name);
    if found.is_none() {
        let message = format!("there is no member `{name}`");
        let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        let help = if names.is_empty() {
            "the structure has no members".to_owned()
        } else {
            format!("the members here are: {}", names.join(", "))
        };
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
    found
}

/// `swage.api#presignedQuery` needs an input that a query can hold.
fn presigned_query(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(node) = shape.traits.get("swage.api#presignedQuery") else {
        return;
    };
    let mut members = checker.members(operation.input.as_ref()).iter();
    if let Some(other) = members.find(|member| !bindings::fits_query(checker, member)) {
        let message = format!("the member `{}` can't be in a query", other.name);
        let diagnostic = Diagnostic::new(node.span, message).related(other.span, "this member");
        checker.report(diagnostic.help("remove the trait"));
    }
}

/// `swage.cli#noContentType` is for payloads whose type isn't that of the protocol's documents.
fn content_type(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(node) = shape.traits.get("swage.cli#noContentType") else {
        return;
    };
    let mut members = checker.members(operation.input.as_ref()).iter();
    let payload = members.find(|member| member.traits.has("httpPayload"));
    let target = payload.and_then(|member| checker.shape(&member.target));
    if !target.is_some_and(|target| ["blob", "string", "enum"].contains(&type_name(target))) {
        let message = format!(
            "the input of `{}` has no payload that is a blob or a string",
            shape.id
        );
        checker.report(Diagnostic::new(node.span, message).help("remove the trait"));
    }
}

fn http(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(trait_) = shape.traits.get("http") else {
        return;
    };
    unbound(checker, operation.input.as_ref());
    unbound(checker, operation.output.as_ref());
    let text = |key| {
        trait_
            .get(key)
            .and_then(|node| Some((node, node.as_str()?)))
    };
    if let Some((node, method)) = text("method")
        && !method
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'-')
    {
        let diagnostic = Diagnostic::new(node.span, format!("unknown HTTP method `{method}`"));
        checker.report(diagnostic.help("use GET, PUT, POST, DELETE, PATCH, HEAD or OPTIONS"));
    }
    let Some((node, pattern)) = text("uri") else {
        return;
    };
    match uri::parse(pattern) {
        Err(problem) => {
            let message = format!("invalid URI pattern for `{}`: {problem}", shape.id);
            checker.report(
                Diagnostic::new(node.span, message).help("write it like `/things/{id}/parts?list`"),
            );
        }
        Ok(pattern) => {
            labels(checker, shape, operation, node, &pattern);
            query_literals(checker, operation, node, &pattern);
        }
    }
}

/// If a member is the whole body, every other member must be bound to the head of the message.
fn unbound(checker: &mut Checker, reference: Option<&Reference>) {
    let members = checker.members(reference);
    let Some(payload) = members
        .iter()
        .find(|member| member.traits.has("httpPayload"))
    else {
        return;
    };
    let is_bound = |member: &Member| {
        bindings::BINDINGS.iter().any(|id| member.traits.has(id)) || member.traits.has("hostLabel")
    };
    for member in members.iter().filter(|member| !is_bound(member)) {
        let message = format!("the member `{}` is not bound to anything", member.name);
        let diagnostic = Diagnostic::new(member.span, message)
            .related(payload.span, "this member is the whole body");
        checker.report(diagnostic.help("bind it to a header or the query, or remove @httpPayload"));
    }
}

fn labels(
    checker: &mut Checker,
    shape: &Shape,
    operation: &Operation,
    node: &Node,
    pattern: &uri::Pattern,
) {
    let members = checker.members(operation.input.as_ref());
    for (name, greedy) in &pattern.labels {
        let Some(member) = members.iter().find(|member| member.name == *name) else {
            let message = format!(
                "no member for the label `{name}` in the URI of `{}`",
                shape.id
            );
            let help = format!(
                "add the member `{name}` with @httpLabel and @required, or correct the URI"
            );
            checker.report(Diagnostic::new(node.span, message).help(help));
            continue;
        };
        if !member.traits.has("httpLabel") {
            let message = format!(
                "the member `{name}` is a label in the URI of `{}`, but has no @httpLabel",
                shape.id
            );
            let diagnostic = Diagnostic::new(member.span, message).related(node.span, "the URI");
            checker.report(
                diagnostic.help("add \"smithy.api#httpLabel\": {} and \"smithy.api#required\": {}"),
            );
        } else if *greedy && !checker.targets(member, &["string", "enum"]) {
            let message = format!("expected a string for the greedy label `{name}`");
            checker.report(
                Diagnostic::new(member.target.span, message).related(node.span, "greedy here"),
            );
        }
    }
    for member in members
        .iter()
        .filter(|member| member.traits.has("httpLabel"))
    {
        if !pattern.labels.iter().any(|(name, _)| *name == member.name) {
            let message = format!(
                "no label for the member `{}` in the URI of `{}`",
                member.name, shape.id
            );
            let diagnostic = Diagnostic::new(member.span, message).related(node.span, "the URI");
            checker.report(diagnostic.help(format!(
                "add `{{{}}}` to the URI, or remove @httpLabel",
                member.name
            )));
        }
        required_label(checker, member, "httpLabel");
    }
}

fn required_label(checker: &mut Checker, member: &Member, id: &str) {
    if !member.traits.has("required") {
        let diagnostic = Diagnostic::new(
            member.span,
            format!("the label `{}` is not required", member.name),
        );
        checker.report(
            diagnostic
                .label(format!("has @{id}"))
                .help("add \"smithy.api#required\": {}"),
        );
    }
}

fn query_literals(
    checker: &mut Checker,
    operation: &Operation,
    node: &Node,
    pattern: &uri::Pattern,
) {
    for member in checker.members(operation.input.as_ref()) {
        let Some(bound) = member.traits.get("httpQuery") else {
            continue;
        };
        if bound
            .as_str()
            .is_some_and(|name| pattern.query.iter().any(|literal| literal == name))
        {
            let message = format!(
                "the member `{}` is bound to a query parameter that the URI sets",
                member.name
            );
            let diagnostic = Diagnostic::new(bound.span, message).related(node.span, "the URI");
            checker.report(
                diagnostic
                    .help("remove the parameter from the URI, or bind the member to another one"),
            );
        }
    }
}

fn host(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(node) = shape
        .traits
        .get("endpoint")
        .and_then(|value| value.get("hostPrefix"))
    else {
        return;
    };
    let Some(prefix) = node.as_str() else { return };
    let labels = match uri::host_labels(prefix) {
        Ok(labels) => labels,
        Err(problem) => {
            let message = format!("invalid host prefix for `{}`: {problem}", shape.id);
            checker.report(
                Diagnostic::new(node.span, message).help("write it like `{account}.data.`"),
            );
            return;
        }
    };
    let members = checker.members(operation.input.as_ref());
    for label in labels {
        match members.iter().find(|member| member.name == label) {
            Some(member) if member.traits.has("hostLabel") => {
                required_label(checker, member, "hostLabel");
            }
            Some(member) => {
                let message =
                    format!("the member `{label}` is in a host prefix, but has no @hostLabel");
                let diagnostic =
                    Diagnostic::new(member.span, message).related(node.span, "the prefix");
                checker.report(
                    diagnostic
                        .help("add \"smithy.api#hostLabel\": {} and \"smithy.api#required\": {}"),
                );
            }
            None => {
                let message = format!("no member for the label `{label}` in the host prefix");
                let help = format!(
                    "add the member `{label}` with @hostLabel and @required, or correct the prefix"
                );
                checker.report(Diagnostic::new(node.span, message).help(help));
            }
        }
    }
}

fn checksum(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(trait_) = shape.traits.get("aws.protocols#httpChecksum") else {
        return;
    };
    for key in ["requestAlgorithmMember", "requestValidationModeMember"] {
        let Some(node) = trait_.get(key) else {
            continue;
        };
        let Some(name) = node.as_str() else { continue };
        let members = checker.members(operation.input.as_ref());
        if !members.iter().any(|member| member.name == name) {
            let message = format!("unknown member `{name}` in @httpChecksum");
            checker.report(Diagnostic::new(node.span, message).help("name a member of the input"));
        }
    }
}

/// The paths by which endpoint rules refer to members of the input.
fn context_params(checker: &mut Checker, shape: &Shape) {
    let params = shape.traits.get("smithy.rules#operationContextParams");
    for param in params.and_then(Node::entries).unwrap_or_default() {
        if let Some(node) = param.value.get("path") {
            path::parse(
                checker,
                node,
                &format!("the path of the parameter `{}`", param.key),
            );
        }
    }
}

/// The paths to tokens and results of a page.
fn pages(checker: &mut Checker, shape: &Shape) {
    let Some(pages) = shape.traits.get("swage.api#pages") else {
        return;
    };
    for key in ["outputTokens", "results", "nonAggregate"] {
        let paths = pages.get(key).and_then(Node::elements);
        for node in paths.unwrap_or_default() {
            path::parse(checker, node, &format!("a path of `{key}`"));
        }
    }
    if let Some(node) = pages.get("moreResults") {
        path::parse(checker, node, "the path of `moreResults`");
    }
}

fn pagination(checker: &mut Checker, operation: &Operation, own: &Node, service: Option<&Node>) {
    const TOKEN: &[&str] = &[
        "string",
        "enum",
        "byte",
        "short",
        "integer",
        "long",
        "float",
        "double",
        "bigInteger",
        "bigDecimal",
        "map",
        "structure",
        "timestamp",
        "blob",
    ];
    const SIZE: &[&str] = &["byte", "short", "integer", "long", "string"];
    let setting = |key| own.get(key).or_else(|| service?.get(key));
    let input = checker.members(operation.input.as_ref());
    let output = checker.members(operation.output.as_ref());
    for (key, members, side, types, needed) in [
        ("inputToken", input, "input", TOKEN, true),
        ("outputToken", output, "output", TOKEN, true),
        ("pageSize", input, "input", SIZE, false),
        ("items", output, "output", &["list", "map"][..], false),
    ] {
        match setting(key) {
            Some(node) => paginated_member(checker, node, key, members, side, types),
            None if needed => {
                let message = format!("missing `{key}` in @paginated");
                let help = format!("add `{key}` here, or to the @paginated of the service");
                checker.report(Diagnostic::new(own.span, message).help(help));
            }
            None => {}
        }
    }
}

fn paginated_member(
    checker: &mut Checker,
    node: &Node,
    key: &str,
    members: &[Member],
    side: &str,
    types: &[&str],
) {
    let Some(path) = node.as_str() else { return };
    let mut members = members;
    let mut found = None;
    for name in path.split('.') {
        found = members.iter().find(|member| member.name == name);
        let Some(member) = found else {
            let message = format!("unknown member `{name}` in `{key}` of @paginated: `{path}`");
            checker.report(
                Diagnostic::new(node.span, message).help(format!("name a member of the {side}")),
            );
            return;
        };
        members = checker.members(Some(&member.target));
    }
    let Some(target) = found.and_then(|member| checker.shape(&member.target)) else {
        return;
    };
    if !types.contains(&type_name(target)) {
        let message = format!(
            "invalid type for `{key}` of @paginated: `{path}` is of type {}",
            type_name(target)
        );
        checker.report(
            Diagnostic::new(node.span, message)
                .help(format!("expected one of {}", types.join(", "))),
        );
    }
}

/// Streams are only allowed in an operation's input or output, one in each.
pub(super) fn streams(checker: &mut Checker) {
    let mut messages: BTreeSet<&ShapeId> = BTreeSet::new();
    for shape in checker.model.shapes.values() {
        if let ShapeKind::Operation(operation) = &shape.kind {
            messages.extend(
                operation
                    .input
                    .iter()
                    .chain(&operation.output)
                    .map(|reference| &reference.id),
            );
        }
    }
    for shape in checker.model.shapes.values() {
        let streaming: Vec<&Member> = super::all_members(shape)
            .into_iter()
            .filter(|member| {
                checker
                    .shape(&member.target)
                    .is_some_and(|target| target.traits.has("streaming"))
            })
            .collect();
        let is_loose = shape.traits.has("mixin");
        if let Some(member) = streaming
            .first()
            .filter(|_| !messages.contains(&shape.id) && !is_loose)
        {
            let message = format!(
                "the member `{}` of `{}` can't be a stream",
                member.name, shape.id
            );
            let help = "streams are only allowed in an operation's input or output";
            checker.report(Diagnostic::new(member.target.span, message).help(help));
        } else if let [first, second, ..] = streaming[..] {
            let message = format!("`{}` has more than one stream", shape.id);
            let diagnostic =
                Diagnostic::new(second.span, message).related(first.span, "first one here");
            checker.report(diagnostic.help("remove all but one: a message has one body"));
        }
        events(checker, shape);
    }
}

fn events(checker: &mut Checker, shape: &Shape) {
    let ShapeKind::Union(members) = &shape.kind else {
        return;
    };
    for member in members.iter().filter(|_| shape.traits.has("streaming")) {
        if !checker.targets(member, &["structure"]) {
            let message = format!("expected a structure for the event `{}`", member.name);
            checker.report(Diagnostic::new(member.target.span, message).help("target a structure"));
        }
    }
}
