//! The service: protocols, authentication, names.

use super::traits::xml_namespace;
use super::{Auth, ClientParam, ClientParamType, Protocol, Service};
use crate::diagnostic::Diagnostic;
use crate::docs::{Docs, is_hostile};
use crate::endpoint_rules::Endpoints;
use crate::load::SERVICE_NAME;
use crate::model::{Shape, Traits};
use crate::names::Claims;
use crate::node::{Entry, Node, NodeValue};
use crate::slice::Slice;

/// Plans the service.
pub(super) fn service(
    slice: &Slice<'_>,
    endpoints: Endpoints,
    protocol: Option<&str>,
) -> Result<Service, Diagnostic> {
    let shape = slice.service_shape;
    let traits = &shape.traits;
    let aws = |key: &str| {
        traits
            .get("aws.api#service")
            .and_then(|node| node.get(key))
            .and_then(Node::as_str)
    };
    let sdk_id = aws("sdkId").unwrap_or(shape.id.name()).to_owned();
    let auth = match traits.get("auth").and_then(Node::elements) {
        Some(chosen) => chosen_auth(chosen, traits),
        None => offered_auth(traits),
    };
    let protocols = protocols(shape, protocol)?;
    Ok(Service {
        id: match traits.get(SERVICE_NAME).and_then(Node::as_str) {
            Some(name) => format!("{}#{name}", shape.id.namespace()),
            None => shape.id.to_string(),
        },
        title: one_line(
            traits
                .get("title")
                .and_then(Node::as_str)
                .unwrap_or(&sdk_id),
        ),
        version: slice.service.version.clone(),
        docs: Docs::of(traits),
        events_over_http2: protocols
            .first()
            .is_some_and(|(_, node)| prefers_http2(node)),
        protocols: protocols
            .into_iter()
            .map(|(protocol, _)| protocol)
            .collect(),
        auth,
        endpoint_rules: endpoints.rules,
        endpoint_tests: endpoints.tests,
        endpoint_prefix: aws("endpointPrefix").unwrap_or_default().to_owned(),
        xml_namespace: traits.get("xmlNamespace").and_then(xml_namespace),
        query_compatible: traits.has("aws.protocols#awsQueryCompatible"),
        client_params: client_params(traits),
        sdk_id,
    })
}

/// `smithy.rules#clientContextParams`, by name.
fn client_params(traits: &Traits) -> Vec<ClientParam> {
    let params = traits.get("smithy.rules#clientContextParams");
    let mut params: Vec<&Entry> = params
        .and_then(Node::entries)
        .unwrap_or_default()
        .iter()
        .collect();
    params.sort_by_key(|param| &param.key);
    let mut claims = Claims::settings();
    let param = |Entry { key, value, .. }: &Entry| ClientParam {
        name: key.clone(),
        ident: claims.member(key),
        docs: Docs::text(value.get("documentation").and_then(Node::as_str)),
        ty: match value.get("type").and_then(Node::as_str) {
            Some("boolean") => ClientParamType::Boolean,
            Some("stringArray") => ClientParamType::StringArray,
            _ => ClientParamType::String,
        },
    };
    params.into_iter().map(param).collect()
}

fn one_line(title: &str) -> String {
    let shown: String = title
        .chars()
        .map(|c| if is_hostile(c) { ' ' } else { c })
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The protocols that the service lists, the preferred one first, or only the chosen one; each with its trait's value.
fn protocols<'m>(
    service: &'m Shape,
    chosen: Option<&str>,
) -> Result<Vec<(Protocol, &'m Node)>, Diagnostic> {
    let traits = service.traits.0.iter();
    let mut found: Vec<_> = traits
        .filter_map(|(id, found)| Some((protocol(id, &found.value)?, name_of(id), &found.value)))
        .collect();
    found.sort_unstable_by_key(|(protocol, ..)| *protocol);
    if let Some(chosen) = chosen {
        let offered: Vec<_> = found.iter().map(|(_, name, _)| *name).collect();
        if !offered.contains(&chosen) {
            return Err(not_offered(service, chosen, &offered));
        }
        found.retain(|(_, name, _)| *name == chosen);
    }
    let found = found.into_iter();
    Ok(found.map(|(protocol, _, node)| (protocol, node)).collect())
}

fn name_of(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(_, name)| name)
}

fn not_offered(service: &Shape, chosen: &str, offered: &[&str]) -> Diagnostic {
    let message = format!(
        "the service {} doesn't offer the protocol {chosen:?}",
        service.id.name()
    );
    let help = format!("choose one that it offers: {}", offered.join(", "));
    Diagnostic::new(service.span, message).help(help)
}

/// Whether a protocol's trait puts HTTP/2 first for event streams, in `eventStreamHttp` or else in `http`.
fn prefers_http2(node: &Node) -> bool {
    let versions = node.get("eventStreamHttp").or(node.get("http"));
    let first = versions.and_then(|node| node.elements()?.first()?.as_str());
    first == Some("h2")
}

fn protocol(id: &str, node: &Node) -> Option<Protocol> {
    Some(match id {
        "smithy.protocols#rpcv2Cbor" => Protocol::RpcV2Cbor,
        "smithy.protocols#rpcv2Json" => Protocol::RpcV2Json,
        "aws.protocols#awsJson1_0" => Protocol::AwsJson1_0,
        "aws.protocols#awsJson1_1" => Protocol::AwsJson1_1,
        "aws.protocols#restJson1" => Protocol::RestJson1,
        "aws.protocols#restXml" => Protocol::RestXml {
            no_error_wrapping: node
                .get("noErrorWrapping")
                .is_some_and(|value| value.value == NodeValue::Boolean(true)),
        },
        "aws.protocols#awsQuery" => Protocol::AwsQuery,
        "aws.protocols#ec2Query" => Protocol::Ec2Query,
        _ => return None,
    })
}

/// All that the service's traits offer, by trait id: Smithy's order where `@auth` doesn't say.
fn offered_auth(service: &Traits) -> Vec<Auth> {
    service
        .0
        .iter()
        .filter_map(|(id, found)| auth(id, &found.value))
        .collect()
}

/// What an `@auth` trait chooses, in its order.
pub(super) fn chosen_auth(chosen: &[Node], service: &Traits) -> Vec<Auth> {
    let found: Vec<_> = chosen
        .iter()
        .filter_map(Node::as_str)
        .filter_map(|id| auth(id, service.get(id)?))
        .collect();
    if found.is_empty() {
        vec![Auth::None]
    } else {
        found
    }
}

fn auth(id: &str, node: &Node) -> Option<Auth> {
    Some(match id {
        "aws.auth#sigv4" => Auth::SigV4(node.text("name")),
        "aws.auth#sigv4a" => Auth::SigV4a(node.text("name")),
        "smithy.api#httpBearerAuth" => Auth::Bearer,
        "smithy.api#httpBasicAuth" => Auth::Basic,
        "smithy.api#httpApiKeyAuth" => Auth::ApiKey {
            header: node.text("in") == "header",
            name: node.text("name"),
            scheme: node.text("scheme"),
        },
        "smithy.api#noAuth" => Auth::None,
        _ => return None,
    })
}
