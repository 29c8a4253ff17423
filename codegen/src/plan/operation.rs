//! Operations: bindings, traits, waiters.

use super::example;
use super::option;
use super::outfile;
use super::pages::pages;
use super::service::chosen_auth;
use super::shapes::{PlannedShapes, StructureRole};
use super::shortcut::{moves, shortcuts};
use super::traits::{deprecated, headers, json, texts};
use super::transfer::transfer;
use super::{
    Acceptor, CommandPages, Comparator, DEFAULT_ATTEMPTS, Matcher, Member, Operation, Structure,
    Trait, TypeName, Waiter, WaiterState,
};
use crate::docs::Docs;
use crate::endpoint_rules;
use crate::model::{self, Reference, Shape, Traits};
use crate::names::{self, Claims};
use crate::node::{Entry, Node};
use crate::slice::gives_endpoints;
use std::collections::{BTreeMap, BTreeSet};

/// A trait in an operation's table.
#[derive(Debug)]
pub(crate) enum OperationTrait {
    HttpChecksumRequired,
    HttpChecksum {
        request_algorithm: String,
        request_required: bool,
        validation_mode: String,
        response_algorithms: Vec<String>,
    },
    RequestCompression(Vec<String>),
    StaticContextParam(String, String),
    OperationContextParam(String, String),
    UnsignedPayload,
    EventStreamHttp2,
    UnwrappedXmlOutput,
    NoContentType,
    PresignedQuery,
    Sha256TreeHash(String),
    Header(String, String),
    /// An element of `swage.api#md5Digests`.
    Digest {
        digest: String,
        of: String,
        list: String,
        in_input: bool,
        input_list: String,
        key: String,
    },
    /// `aws.api#clientDiscoveredEndpoint`: whether it is required.
    DiscoveredEndpoint(bool),
    PresignedUrl {
        url: String,
        source_region: String,
        destination_region: String,
        sends_regions: bool,
    },
}

/// Plans all operations.
pub(super) fn operations(shapes: &PlannedShapes<'_>, events_over_http2: bool) -> Vec<Operation> {
    let mut claims = Claims::with(&[names::CLIENT]);
    let mut planned: Vec<_> = shapes
        .slice
        .operations
        .iter()
        .map(|(shape, operation)| one(shapes, shape, operation, &mut claims))
        .collect();
    for of in planned
        .iter_mut()
        .filter(|of| events_over_http2 && of.has_events())
    {
        of.traits.push(OperationTrait::EventStreamHttp2);
    }
    // Waiters and transfers are methods of the client as well; operations have precedence.
    for waiter in planned.iter_mut().flat_map(|of| &mut of.waiters) {
        waiter.method = claims.module(&format!("WaitUntil_{}", waiter.name));
    }
    for transfer in planned.iter_mut().filter_map(|of| of.transfer.as_mut()) {
        transfer.method = claims.module(&transfer.name);
    }
    planned
}

fn one(
    shapes: &PlannedShapes<'_>,
    shape: &Shape,
    operation: &model::Operation,
    claims: &mut Claims,
) -> Operation {
    let traits = &shape.traits;
    let name = shape.id.name();
    let (rust, stem) = names::operation(name);
    let end = |end: &Option<Reference>| shapes.end(end.as_ref());
    let transfer = transfer(traits);
    let input = shapes.input(
        end(&operation.input),
        &format!("{stem}Input"),
        transfer.is_some(),
    );
    let output = shapes.structure(
        end(&operation.output),
        StructureRole::Output,
        &format!("{stem}Output"),
    );
    let text = |id: &str, key: &str| {
        let node = traits.get(id);
        node.map(|node| node.string_or_empty(key))
            .unwrap_or_default()
    };
    let code = traits
        .get("http")
        .and_then(|http| http.get("code")?.as_i64());
    let chosen = traits.get("auth").and_then(Node::elements);
    let mut found = operation_traits(traits);
    found.extend(api_version(shapes, shape));
    let pages = pages(shapes, traits, operation, &input, &output);
    let command_pages = traits.get("swage.api#pages").map(command_pages);
    Operation {
        name: name.to_owned(),
        span: shape.span,
        id: shape.id.to_string(),
        module: claims.module(name),
        command: given_name(traits).unwrap_or_else(|| names::command(name)),
        aliases: texts(traits.get("swage.cli#aliases")),
        hidden: traits.has("swage.cli#hidden"),
        options: option::options(
            shapes,
            operation,
            traits,
            &input,
            command_pages.as_ref(),
            pages.as_ref(),
        ),
        shortcuts: shortcuts(traits),
        moves: moves(traits),
        outfiles: outfile::outfiles(traits),
        percent_encoding: outfile::percent_encoding(traits),
        page_size: outfile::page_size(traits),
        page_options: option::page_options(&input, command_pages.as_ref(), pages.as_ref()),
        docs: Docs::of(traits),
        deprecated: deprecated(traits),
        errors: errors(shapes, operation),
        method: text("http", "method"),
        uri: uri(&text("http", "uri"), &input, shapes),
        code: code.and_then(|code| code.try_into().ok()).unwrap_or(200),
        host_prefix: text("endpoint", "hostPrefix"),
        auth: chosen.map(|chosen| chosen_auth(chosen, &shapes.slice.service_shape.traits)),
        optional_auth: traits.has("optionalAuth"),
        traits: found,
        pages,
        command_pages,
        waiters: waiters(traits),
        transfer,
        example: example::example(shapes, traits, operation, &input),
        rust,
        stem,
        input,
        output,
    }
}

/// The value of `swage.cli#name`.
pub(super) fn given_name(traits: &Traits) -> Option<String> {
    let name = traits.get("swage.cli#name").and_then(Node::as_str);
    name.map(str::to_owned)
}

/// The errors of the operation and of the service, by name.
fn errors(shapes: &PlannedShapes<'_>, operation: &model::Operation) -> Vec<TypeName> {
    let all = operation.errors.iter().chain(&shapes.slice.service.errors);
    let names: BTreeSet<_> = all.filter_map(|error| shapes.name(&error.id)).collect();
    names.into_iter().cloned().collect()
}

/// The URI pattern without a first segment that is part of the endpoint: a label that is also a parameter of the
/// rule set. S3's models, for instance, have `/{Bucket}/{Key+}`, but their rules put the bucket into the host or path.
fn uri(pattern: &str, input: &Structure, shapes: &PlannedShapes<'_>) -> String {
    let has_rules = endpoint_rules::find(&shapes.slice.service_shape.traits).is_some();
    let label = pattern
        .strip_prefix("/{")
        .and_then(|rest| rest.split_once('}'))
        .filter(|(_, rest)| has_rules && (rest.is_empty() || rest.starts_with(['/', '?'])));
    let Some((label, rest)) = label else {
        return pattern.to_owned();
    };
    let is_parameter = |member: &Member| {
        let mut traits = member.table.marks.traits.iter();
        member.name == label && traits.any(|of| matches!(of, Trait::ContextParam(_)))
    };
    let known = input.members.iter().any(is_parameter);
    if known { rest } else { pattern }.to_owned()
}

fn operation_traits(traits: &Traits) -> Vec<OperationTrait> {
    let mut found = Vec::new();
    if traits.has("httpChecksumRequired") {
        found.push(OperationTrait::HttpChecksumRequired);
    }
    found.extend(traits.get("aws.protocols#httpChecksum").map(http_checksum));
    found.extend(
        traits
            .get("requestCompression")
            .map(|node| OperationTrait::RequestCompression(texts(node.get("encodings")))),
    );
    let entries = |id: &str| traits.get(id).and_then(Node::entries).unwrap_or_default();
    for entry in entries("smithy.rules#staticContextParams") {
        found.extend(
            entry.value.get("value").map(|value| {
                OperationTrait::StaticContextParam(entry.key.to_string(), json(value))
            }),
        );
    }
    for entry in entries("smithy.rules#operationContextParams") {
        let path = entry.value.get("path").and_then(Node::as_str);
        found.extend(path.map(|path| {
            OperationTrait::OperationContextParam(entry.key.to_string(), path.to_owned())
        }));
    }
    if traits.has("aws.auth#unsignedPayload") {
        found.push(OperationTrait::UnsignedPayload);
    }
    if traits.has("aws.customizations#s3UnwrappedXmlOutput") {
        found.push(OperationTrait::UnwrappedXmlOutput);
    }
    if traits.has("swage.cli#noContentType") {
        found.push(OperationTrait::NoContentType);
    }
    if traits.has("swage.api#presignedQuery") {
        found.push(OperationTrait::PresignedQuery);
    }
    let digests = traits.get("swage.api#md5Digests").and_then(Node::elements);
    found.extend(digests.unwrap_or_default().iter().map(|node| {
        let [digest, of, list, input_list, key] =
            ["digest", "of", "list", "inputList", "key"].map(|name| node.string_or_empty(name));
        OperationTrait::Digest {
            digest,
            of,
            list,
            in_input: node.get("inInput").and_then(Node::as_bool) == Some(true),
            input_list,
            key,
        }
    }));
    let discovered = traits.get("aws.api#clientDiscoveredEndpoint");
    found.extend(discovered.map(|node| {
        let required = node.get("required").and_then(Node::as_bool);
        OperationTrait::DiscoveredEndpoint(required == Some(true))
    }));
    let tree_hash = traits.get("swage.api#sha256TreeHash");
    found.extend(
        tree_hash
            .and_then(Node::as_str)
            .map(|header| OperationTrait::Sha256TreeHash(header.to_owned())),
    );
    let presigned = traits.get("swage.api#presignedUrl");
    found.extend(presigned.map(|node| OperationTrait::PresignedUrl {
        url: node.string_or_empty("url"),
        source_region: node.string_or_empty("sourceRegion"),
        destination_region: node.string_or_empty("destinationRegion"),
        sends_regions: node.get("sendsRegions").and_then(Node::as_bool) == Some(true),
    }));
    found.extend(headers(traits).map(|(name, value)| OperationTrait::Header(name, value)));
    found
}

/// A service is asked for endpoints of the version that its clients were made for.
fn api_version(shapes: &PlannedShapes<'_>, operation: &Shape) -> Option<OperationTrait> {
    let version = &shapes.slice.service.version;
    let is_sent = gives_endpoints(shapes.slice.service_shape, operation) && !version.is_empty();
    is_sent.then(|| OperationTrait::Header("x-amz-api-version".to_owned(), version.clone()))
}

fn command_pages(node: &Node) -> CommandPages {
    let text = |key: &str| {
        let text = node.get(key).and_then(Node::as_str);
        text.unwrap_or_default().to_owned()
    };
    CommandPages {
        input_tokens: texts(node.get("inputTokens")),
        output_tokens: texts(node.get("outputTokens")),
        more_results: text("moreResults"),
        results: texts(node.get("results")),
        non_aggregate: texts(node.get("nonAggregate")),
        page_size: text("pageSize"),
    }
}

fn http_checksum(node: &Node) -> OperationTrait {
    OperationTrait::HttpChecksum {
        request_algorithm: node.string_or_empty("requestAlgorithmMember"),
        request_required: node.get("requestChecksumRequired").and_then(Node::as_bool) == Some(true),
        validation_mode: node.string_or_empty("requestValidationModeMember"),
        response_algorithms: texts(node.get("responseAlgorithms")),
    }
}

fn waiters(traits: &Traits) -> Vec<Waiter> {
    let entries = traits
        .get("smithy.waiters#waitable")
        .and_then(Node::entries)
        .unwrap_or_default();
    let by_name: BTreeMap<&str, &Entry> =
        entries.iter().map(|entry| (&*entry.key, entry)).collect();
    by_name.into_values().map(waiter).collect()
}

fn waiter(entry: &Entry) -> Waiter {
    let node = &entry.value;
    let number = |key: &str, otherwise| {
        node.get(key)
            .and_then(Node::as_i64)
            .and_then(|number| number.try_into().ok())
            .unwrap_or(otherwise)
    };
    let acceptors = node
        .get("acceptors")
        .and_then(Node::elements)
        .unwrap_or_default();
    Waiter {
        name: entry.key.to_string(),
        span: entry.key_span.0,
        method: String::new(),
        docs: Docs::from_text(node.get("documentation").and_then(Node::as_str)),
        deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
        min_delay: number("minDelay", 2),
        max_delay: number("maxDelay", 120),
        max_attempts: number("maxAttempts", DEFAULT_ATTEMPTS),
        acceptors: acceptors.iter().filter_map(acceptor).collect(),
    }
}

fn acceptor(node: &Node) -> Option<Acceptor> {
    let state = match node.get("state")?.as_str()? {
        "success" => WaiterState::Success,
        "failure" => WaiterState::Failure,
        "retry" => WaiterState::Retry,
        _ => return None,
    };
    let entry = node.get("matcher")?.entries()?.first()?;
    let matcher = match &*entry.key {
        "success" => Matcher::Success(entry.value.as_bool()?),
        "errorType" => Matcher::ErrorType(entry.value.as_str()?.to_owned()),
        "output" => path_matcher(&entry.value, Matcher::Output)?,
        "inputOutput" => path_matcher(&entry.value, Matcher::InputOutput)?,
        _ => return None,
    };
    let message = node.get("message").and_then(Node::as_str);
    Some(Acceptor {
        state,
        matcher,
        message: message.unwrap_or_default().to_owned(),
    })
}

fn path_matcher(node: &Node, make: fn(String, String, Comparator) -> Matcher) -> Option<Matcher> {
    let comparator = match node.get("comparator")?.as_str()? {
        "stringEquals" => Comparator::StringEquals,
        "booleanEquals" => Comparator::BooleanEquals,
        "allStringEquals" => Comparator::AllStringEquals,
        "anyStringEquals" => Comparator::AnyStringEquals,
        _ => return None,
    };
    Some(make(
        node.get("path")?.as_str()?.to_owned(),
        node.get("expected")?.as_str()?.to_owned(),
        comparator,
    ))
}
