//! The service: protocols, authentication, names.

use super::traits::{headers, texts, texts_by_key, xml_namespace};
use super::{Auth, AuthValue, ClientParam, ClientParamType, Service};
use crate::diagnostic::Diagnostic;
use crate::docs::{Docs, is_hostile};
use crate::endpoint_rules::{self, Endpoints};
use crate::load::SERVICE_NAME;
use crate::model::{Shape, ShapeId, Traits};
use crate::names::Claims;
use crate::node::{Entry, Node};
use crate::registry::{NO_AUTH, PROTOCOLS, Protocol, SCHEMES, SchemeField};
use crate::slice::Slice;

/// A trait of a service that few have.
#[derive(Clone, Debug)]
pub(crate) enum ServiceTrait {
    /// `aws.protocols#awsQueryCompatible`.
    AwsQueryCompatible,
    /// `swage.api#sigv4Verbatim`.
    Sigv4Verbatim,
    /// `swage.api#unsignedWithoutProvider`.
    UnsignedWithoutProvider,
    /// An entry of `swage.api#headers`.
    Header(String, String),
    /// `swage.api#regionRedirects`. `member`, `lookup` and `creation` may be empty.
    RegionRedirects {
        header: String,
        resource: String,
        member: String,
        lookup: String,
        errors: Vec<String>,
        creation: String,
    },
    /// `aws.api#clientEndpointDiscovery`: the names of operation and error.
    EndpointDiscovery(String, String),
    /// `swage.api#sessionCredentials` of the operation of that name.
    SessionCredentials {
        operation: String,
        auth_scheme: String,
        resource: String,
        credentials: String,
        token_header: String,
    },
    /// `swage.api#expectContinue`.
    ExpectContinue(u64),
    /// `swage.api#crc32Header`.
    Crc32Header(String),
    /// `swage.api#retries`: attempts, milliseconds, and codes of errors.
    Retries(Option<u32>, Option<u32>, Vec<String>),
    /// `swage.cli#otherCommands`: names, and what comes nearest.
    OtherCommands(Vec<(String, String)>),
}

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
    let protocol = choose(shape, protocol)?;
    let mut settings = Claims::settings();
    Ok(Service {
        id: match traits.get(SERVICE_NAME).and_then(Node::as_str) {
            Some(name) => format!("{}#{name}", shape.id.namespace()),
            None => shape.id.to_string(),
        },
        span: shape.span,
        title: one_line(
            traits
                .get("title")
                .and_then(Node::as_str)
                .unwrap_or(&sdk_id),
        ),
        version: slice.service.version.clone(),
        docs: Docs::of(traits),
        events_over_http2: traits.get(protocol.id).is_some_and(prefers_http2),
        protocol,
        auth,
        endpoint_rules: endpoints.rules,
        endpoint_tests: endpoints.tests,
        endpoint_prefix: aws("endpointPrefix").unwrap_or_default().to_owned(),
        xml_namespace: traits
            .get("xmlNamespace")
            .filter(|_| protocol.xml)
            .and_then(xml_namespace),
        traits: service_traits(slice),
        client_params: params(
            traits
                .get("smithy.rules#clientContextParams")
                .and_then(Node::entries),
            &mut settings,
        ),
        session_setting: session_setting(slice).map(|name| settings.member(&name)),
        endpoint_params: params(
            endpoint_rules::find(traits).and_then(|rules| rules.get("parameters")?.entries()),
            &mut Claims::endpoint_params(),
        ),
        sdk_id,
    })
}

fn service_traits(slice: &Slice<'_>) -> Vec<ServiceTrait> {
    let traits = &slice.service_shape.traits;
    let known = [
        (
            "aws.protocols#awsQueryCompatible",
            ServiceTrait::AwsQueryCompatible,
        ),
        ("swage.api#sigv4Verbatim", ServiceTrait::Sigv4Verbatim),
        (
            "swage.api#unsignedWithoutProvider",
            ServiceTrait::UnsignedWithoutProvider,
        ),
    ];
    let present = known.into_iter().filter(|(id, _)| traits.has(id));
    let fixed = headers(traits).map(|(name, value)| ServiceTrait::Header(name, value));
    let redirects = traits.get("swage.api#regionRedirects").map(|node| {
        let [header, resource, member, lookup, creation] =
            ["header", "resource", "member", "lookup", "creation"]
                .map(|key| node.string_or_empty(key));
        ServiceTrait::RegionRedirects {
            header: header.to_ascii_lowercase(),
            resource,
            member,
            lookup,
            errors: texts(node.get("errors")),
            creation,
        }
    });
    let discovery = traits.get("aws.api#clientEndpointDiscovery").map(|node| {
        let [operation, error] = ["operation", "error"].map(|key| node.string_or_empty(key));
        let name = |id: String| ShapeId::new(id).name().to_owned();
        ServiceTrait::EndpointDiscovery(name(operation), name(error))
    });
    let sessions = slice.operations.iter();
    let sessions = sessions.filter_map(|(shape, _)| session_credentials(shape));
    let expect = traits
        .get("swage.api#expectContinue")
        .and_then(|node| node.get("minLength")?.as_i64()?.try_into().ok())
        .map(ServiceTrait::ExpectContinue);
    let crc32 = traits.get("swage.api#crc32Header").and_then(Node::as_str);
    let crc32 = crc32.map(|header| ServiceTrait::Crc32Header(header.to_ascii_lowercase()));
    let retries = traits.get("swage.api#retries").map(|node| {
        let number = |key| node.get(key)?.as_i64()?.try_into().ok();
        let errors = texts(node.get("errors"));
        ServiceTrait::Retries(number("maxAttempts"), number("initialBackoff"), errors)
    });
    let others: Vec<_> = texts_by_key(traits.get("swage.cli#otherCommands")).collect();
    let others = (!others.is_empty()).then_some(ServiceTrait::OtherCommands(others));
    let present = present.map(|(_, of)| of);
    present
        .chain(fixed)
        .chain(redirects)
        .chain(discovery)
        .chain(sessions)
        .chain(expect)
        .chain(crc32)
        .chain(retries)
        .chain(others)
        .collect()
}

/// `swage.api#sessionCredentials` of an operation.
fn session_credentials(operation: &Shape) -> Option<ServiceTrait> {
    let node = operation.traits.get("swage.api#sessionCredentials")?;
    Some(ServiceTrait::SessionCredentials {
        operation: operation.id.name().to_owned(),
        auth_scheme: node.string_or_empty("authScheme"),
        resource: node.string_or_empty("resource"),
        credentials: node.string_or_empty("credentials"),
        token_header: node.string_or_empty("tokenHeader"),
    })
}

/// The setting that an operation with `swage.api#sessionCredentials` names.
fn session_setting(slice: &Slice<'_>) -> Option<String> {
    let mut operations = slice.operations.iter();
    operations.find_map(|(shape, _)| {
        let node = shape.traits.get("swage.api#sessionCredentials")?;
        Some(node.get("setting")?.as_str()?.to_owned())
    })
}

/// Parameters of endpoint rules, by name.
fn params(entries: Option<&[Entry]>, claims: &mut Claims) -> Vec<ClientParam> {
    let mut params: Vec<&Entry> = entries.unwrap_or_default().iter().collect();
    params.sort_by_key(|param| &param.key);
    let param = |Entry {
                     key,
                     key_span,
                     value,
                 }: &Entry| ClientParam {
        name: key.to_string(),
        span: key_span.0,
        ident: claims.member(key),
        docs: Docs::from_text(value.get("documentation").and_then(Node::as_str)),
        ty: match value.get("type").and_then(Node::as_str) {
            Some(of) if of.eq_ignore_ascii_case("boolean") => ClientParamType::Boolean,
            Some(of) if of.eq_ignore_ascii_case("stringArray") => ClientParamType::StringArray,
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

/// The protocol with this name, or else the preferred one of those that the service has.
fn choose(service: &Shape, chosen: Option<&str>) -> Result<&'static Protocol, Diagnostic> {
    let offered = || {
        PROTOCOLS
            .iter()
            .filter(|protocol| service.traits.has(protocol.id))
    };
    let found = match chosen {
        Some(name) => offered().find(|protocol| protocol.is_called(name)),
        None => offered().next(),
    };
    found.ok_or_else(|| {
        let name = service.id.name();
        let message = match chosen {
            Some(chosen) => format!("the service {name} does not have the protocol {chosen:?}"),
            None => format!("no supported protocol on the service {name}"),
        };
        let names: Vec<_> = offered().map(Protocol::name).collect();
        Diagnostic::new(service.span, message)
            .help(format!("available protocols: {}", names.join(", ")))
    })
}

/// Whether a protocol's trait lists HTTP/2 first in `eventStreamHttp`, or else in `http`.
fn prefers_http2(node: &Node) -> bool {
    let versions = node.get("eventStreamHttp").or(node.get("http"));
    let first = versions.and_then(|node| node.elements()?.first()?.as_str());
    first == Some("h2")
}

/// The schemes of the service's traits, by trait id: Smithy's order without `@auth`.
fn offered_auth(service: &Traits) -> Vec<Auth> {
    service
        .0
        .iter()
        .filter_map(|(id, found)| auth(id, &found.value))
        .collect()
}

/// The schemes in an `@auth` trait, in its order.
pub(super) fn chosen_auth(chosen: &[Node], service: &Traits) -> Vec<Auth> {
    let found: Vec<_> = chosen
        .iter()
        .filter_map(Node::as_str)
        .filter_map(|id| auth(id, service.get(id)?))
        .collect();
    if found.is_empty() {
        no_auth().into_iter().collect()
    } else {
        found
    }
}

fn no_auth() -> Option<Auth> {
    let scheme = SCHEMES.iter().find(|scheme| scheme.id == NO_AUTH)?;
    Some(Auth {
        scheme,
        fields: Vec::new(),
    })
}

fn auth(id: &str, node: &Node) -> Option<Auth> {
    let scheme = SCHEMES.iter().find(|scheme| scheme.id == id)?;
    let field = |field: &SchemeField| match *field {
        SchemeField::Text(name) => (name, AuthValue::Text(node.string_or_empty(name))),
        SchemeField::Is(name, member, value) => (
            name,
            AuthValue::Boolean(node.string_or_empty(member) == value),
        ),
    };
    let fields = scheme.fields.iter().map(field).collect();
    Some(Auth { scheme, fields })
}
