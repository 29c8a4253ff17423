//! What a model says about a service and its operations, as static tables, and the interface of the protocol that the
//! service speaks.

mod protocol;
mod transfer;

use crate::schema::Schema;
#[cfg(any(feature = "http-binding", feature = "rpc"))]
pub(crate) use protocol::BodyFormat;
#[cfg(feature = "event-stream")]
pub use protocol::EventFormat;
#[cfg(feature = "test-util")]
pub(crate) use protocol::RequestHead;
#[cfg(any(feature = "http-binding", feature = "rpc", feature = "test-util"))]
pub(crate) use protocol::header_text;
pub use protocol::{Body, HttpProtocol, Protocol, Request, request_id};
#[cfg(feature = "test-util")]
pub use protocol::{ServerProtocol, Thrown};
use std::fmt;
pub use transfer::{Completion, Download, Transfer, Upload};

/// A service: what all its operations share.
#[derive(Debug)]
pub struct Service {
    /// The absolute shape id of the service; its name is what RPC protocols send.
    pub id: &'static str,
    /// `sdkId` of `aws.api#service`, else the service's name: names it in configuration and user agent.
    pub sdk_id: &'static str,
    /// The version in the model.
    pub version: &'static str,
    /// The protocol that the client speaks, for instance [`REST_JSON_1`](crate::protocol::rest_json::REST_JSON_1).
    pub protocol: Protocol,
    /// How requests may be authenticated, in order of preference; operations can override it.
    pub auth: &'static [Auth],
    /// The endpoint rule set as text (see [`crate::endpoint`]); empty when the model has none.
    pub endpoint_rules: &'static str,
    /// `endpointPrefix` of `aws.api#service`; for services without an endpoint rule set.
    pub endpoint_prefix: &'static str,
    /// `@xmlNamespace` on the service: URI and prefix.
    pub xml_namespace: Option<(&'static str, &'static str)>,
    /// What else the model says, rare enough to be a list.
    pub traits: &'static [ServiceTrait],
}

impl Service {
    /// The name that protocols without HTTP bindings send: the shape id without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// Whether its endpoint or its signatures can depend on a region: always so for services of AWS.
    pub fn has_regions(&self) -> bool {
        let is_signed = |of: &Auth| matches!(of, Auth::SigV4 { .. } | Auth::SigV4a { .. });
        let has_endpoint = !self.endpoint_rules.is_empty() || !self.endpoint_prefix.is_empty();
        has_endpoint || self.auth.iter().any(is_signed)
    }

    /// The signing name of a service that takes bearer tokens besides signatures: its token can be in the environment variable
    /// `AWS_BEARER_TOKEN_` with this name.
    pub fn token_name(&self) -> Option<&'static str> {
        let mut names = self.auth.iter().filter_map(|auth| match auth {
            Auth::SigV4 { name } => Some(*name),
            _ => None,
        });
        names.next().filter(|_| self.auth.contains(&Auth::Bearer))
    }

    /// Whether it has a trait of that kind.
    pub fn has(&self, wanted: ServiceTrait) -> bool {
        let wanted = std::mem::discriminant(&wanted);
        let mut traits = self.traits.iter();
        traits.any(|of| std::mem::discriminant(of) == wanted)
    }
}

/// A trait of a service that few have.
#[derive(Clone, Copy, Debug)]
pub enum ServiceTrait {
    /// `aws.protocols#awsQueryCompatible`.
    AwsQueryCompatible,
    /// `swage.api#sigv4Verbatim`, of an overlay: a signature covers the path as it is sent, neither normalized nor
    /// encoded once more, and the hash of the payload is always sent in `x-amz-content-sha256`.
    Sigv4Verbatim,
    /// `swage.api#unsignedWithoutProvider`, of an overlay: requests of a client without a source of credentials are sent
    /// unsigned.
    UnsignedWithoutProvider,
    /// An entry of `swage.api#headers`, of an overlay: a header of every request, in lower case, and its value.
    Header(&'static str, &'static str),
    /// `swage.api#regionRedirects`, of an overlay: a response can name the region of a resource.
    RegionRedirects {
        /// The header with the region.
        header: &'static str,
        /// The parameter of the endpoint rules with the resource.
        resource: &'static str,
        /// The form of errors whose document has the region: a structure with one string.
        error: Option<&'static Schema>,
        /// The operation that finds the region of a resource.
        lookup: Option<OperationRef>,
        /// The codes of errors with status 400 that are redirects, too.
        errors: &'static [&'static str],
        /// The operation that creates resources, whose errors with status 400 aren't redirects.
        creation: &'static str,
    },
    /// `aws.api#clientEndpointDiscovery`.
    EndpointDiscovery {
        /// The operation that names endpoints.
        operation: OperationRef,
        /// The error after which endpoints are discovered anew.
        error: &'static str,
    },
    /// `swage.api#sessionCredentials`, of an overlay: credentials that an operation of the service gives.
    SessionCredentials(SessionCredentials),
    /// `swage.api#expectContinue`, of an overlay: bodies from that length in bytes on are sent with `Expect: 100-continue`.
    ExpectContinue(u64),
    /// `swage.api#crc32Header`, of an overlay: the header of responses with the CRC-32 of the body.
    Crc32Header(&'static str),
    /// `swage.api#retries`, of an overlay: defaults for retries.
    Retries {
        /// The maximum number of attempts.
        max_attempts: Option<u32>,
        /// The maximum delay before the first retry, in milliseconds.
        initial_backoff: Option<u32>,
        /// The codes of errors that are retried, too.
        errors: &'static [&'static str],
    },
    /// `swage.cli#otherCommands`, of an overlay: commands that AWS's command line has beside those for operations, and what
    /// comes nearest to each.
    OtherCommands(&'static [(&'static str, &'static str)]),
}

/// An operation that the client calls itself, for others. Its `Debug` form is its name, because the operation leads back to
/// the service that refers to it.
#[derive(Clone, Copy)]
pub struct OperationRef(pub &'static Operation);

impl fmt::Debug for OperationRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

/// `swage.api#sessionCredentials`: credentials for one resource and one authentication scheme.
#[derive(Clone, Copy, Debug)]
pub struct SessionCredentials {
    /// The operation that gives them.
    pub operation: OperationRef,
    /// The authentication scheme of endpoints that they are for.
    pub auth_scheme: &'static str,
    /// The parameter of the endpoint rules with the resource.
    pub resource: &'static str,
    /// The member of the output that has them.
    pub credentials: &'static str,
    /// The header of requests for their token.
    pub token_header: &'static str,
}

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// Its name in the model: `StartAttachmentUpload`.
    pub name: &'static str,
    /// The service that it belongs to.
    pub service: &'static Service,
    /// Its input; [`crate::schema::UNIT`] when it has none.
    pub input: &'static Schema,
    /// Its output; [`crate::schema::UNIT`] when it has none.
    pub output: &'static Schema,
    /// Its errors and the service's.
    pub errors: &'static [&'static Schema],
    /// `@http`: the method; empty where the protocol has no HTTP bindings.
    pub method: &'static str,
    /// `@http`: the URI pattern, with labels and query literals: `/participant/views/{ViewToken}`. Without a first
    /// segment that the endpoint has already.
    pub uri: &'static str,
    /// `@http`: the status of a success.
    pub code: u16,
    /// `@endpoint`: the host prefix, with labels; empty when there is none.
    pub host_prefix: &'static str,
    /// `@auth`: overrides the service's.
    pub auth: Option<&'static [Auth]>,
    /// `@optionalAuth`: sent unsigned when there are no credentials.
    pub optional_auth: bool,
    /// What else the model says, rare enough to be a list.
    pub traits: &'static [OperationTrait],
}

impl Operation {
    /// One without HTTP bindings, errors or traits.
    pub const fn new(
        name: &'static str,
        service: &'static Service,
        input: &'static Schema,
        output: &'static Schema,
    ) -> Self {
        Self {
            name,
            service,
            input,
            output,
            errors: &[],
            method: "",
            uri: "",
            code: 200,
            host_prefix: "",
            auth: None,
            optional_auth: false,
            traits: &[],
        }
    }

    /// With `@http`: method, URI pattern, and the status of a success.
    pub const fn http(mut self, method: &'static str, uri: &'static str, code: u16) -> Self {
        self.method = method;
        self.uri = uri;
        self.code = code;
        self
    }

    /// With these errors.
    pub const fn errors(mut self, errors: &'static [&'static Schema]) -> Self {
        self.errors = errors;
        self
    }

    /// With `@endpoint`.
    pub const fn host_prefix(mut self, prefix: &'static str) -> Self {
        self.host_prefix = prefix;
        self
    }

    /// With `@auth`.
    pub const fn auth(mut self, auth: &'static [Auth]) -> Self {
        self.auth = Some(auth);
        self
    }

    /// With `@optionalAuth`.
    pub const fn optional_auth(mut self) -> Self {
        self.optional_auth = true;
        self
    }

    /// With these other traits.
    pub const fn with(mut self, traits: &'static [OperationTrait]) -> Self {
        self.traits = traits;
        self
    }

    /// Whether it has `@httpChecksumRequired`.
    pub fn requires_http_checksum(&self) -> bool {
        let mut traits = self.traits.iter();
        traits.any(|t| matches!(t, OperationTrait::HttpChecksumRequired))
    }

    /// `aws.protocols#httpChecksum`.
    pub fn http_checksum(&self) -> Option<&'static HttpChecksum> {
        self.traits.iter().find_map(|t| match t {
            OperationTrait::HttpChecksum(checksum) => Some(checksum),
            _ => None,
        })
    }

    /// `swage.api#headers`: those of the operation, then those of the service.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let of_operation = self.traits.iter().filter_map(|t| match *t {
            OperationTrait::Header(name, value) => Some((name, value)),
            _ => None,
        });
        let of_service = self.service.traits.iter().filter_map(|t| match *t {
            ServiceTrait::Header(name, value) => Some((name, value)),
            _ => None,
        });
        of_operation.chain(of_service)
    }

    /// `@requestCompression`: the encodings; empty without the trait.
    pub fn request_compression(&self) -> &'static [&'static str] {
        let encodings = self.traits.iter().find_map(|t| match t {
            OperationTrait::RequestCompression(encodings) => Some(*encodings),
            _ => None,
        });
        encodings.unwrap_or_default()
    }

    /// `@paginated`.
    pub fn pagination(&self) -> Option<&'static Pagination> {
        self.traits.iter().find_map(|t| match t {
            OperationTrait::Paginated(pagination) => Some(pagination),
            _ => None,
        })
    }

    /// Whether it has `aws.auth#unsignedPayload`.
    pub fn has_unsigned_payload(&self) -> bool {
        let mut traits = self.traits.iter();
        traits.any(|t| matches!(t, OperationTrait::UnsignedPayload))
    }

    /// Whether it has `swage.cli#noContentType`.
    pub fn has_no_content_type(&self) -> bool {
        let mut traits = self.traits.iter();
        traits.any(|t| matches!(t, OperationTrait::NoContentType))
    }

    /// Whether it has `swage.api#presignedQuery`.
    pub fn is_presigned_by_query(&self) -> bool {
        let mut traits = self.traits.iter();
        traits.any(|t| matches!(t, OperationTrait::PresignedQuery))
    }

    /// `aws.api#clientDiscoveredEndpoint`: whether the endpoint must be discovered.
    pub fn discovers_endpoint(&self) -> Option<bool> {
        self.traits.iter().find_map(|t| match t {
            OperationTrait::DiscoveredEndpoint { required } => Some(*required),
            _ => None,
        })
    }

    /// `swage.api#presignedUrl`.
    pub fn presigned_url(&self) -> Option<PresignedUrl> {
        self.traits.iter().find_map(|t| match t {
            OperationTrait::PresignedUrl(presigned) => Some(*presigned),
            _ => None,
        })
    }

    /// The waiters of `@waitable`.
    pub fn waiters(&self) -> impl Iterator<Item = &'static Waiter> + use<> {
        self.traits.iter().filter_map(|t| {
            let OperationTrait::Waitable(waiter) = t else {
                return None;
            };
            Some(*waiter)
        })
    }
}

/// A trait of an operation that few have.
#[derive(Clone, Copy, Debug)]
pub enum OperationTrait {
    /// `@paginated`.
    Paginated(Pagination),
    /// `@waitable`: one of its waiters.
    Waitable(&'static Waiter),
    /// `@httpChecksumRequired`.
    HttpChecksumRequired,
    /// `aws.protocols#httpChecksum`.
    HttpChecksum(HttpChecksum),
    /// `@requestCompression`: the encodings.
    RequestCompression(&'static [&'static str]),
    /// `smithy.rules#staticContextParams`: name and JSON value.
    StaticContextParam(&'static str, &'static str),
    /// `smithy.rules#operationContextParams`: name and JMESPath.
    OperationContextParam(&'static str, &'static str),
    /// `aws.auth#unsignedPayload`.
    UnsignedPayload,
    /// `aws.customizations#s3UnwrappedXmlOutput`.
    UnwrappedXmlOutput,
    /// `swage.cli#noContentType`, of an overlay: the command sends no content type for the payload.
    NoContentType,
    /// `swage.api#presignedQuery`, of an overlay: a presigned request is a `GET` with the body's members in its query.
    PresignedQuery,
    /// `swage.api#sha256TreeHash`, of an overlay: the header for the tree hash of the body, which Amazon Glacier wants.
    Sha256TreeHash(&'static str),
    /// An entry of `swage.api#headers`, of an overlay: a header of the request, in lower case, and its value.
    Header(&'static str, &'static str),
    /// `swage.api#presignedUrl`, of an overlay.
    PresignedUrl(PresignedUrl),
    /// An element of `swage.api#md5Digests`, of an overlay.
    Digest(Digest),
    /// `aws.api#clientDiscoveredEndpoint`.
    DiscoveredEndpoint {
        /// Whether the operation works at discovered endpoints only.
        required: bool,
    },
    /// HTTP/2 comes first in the protocol's `eventStreamHttp`, or else `http`, and the operation has an event stream.
    EventStreamHttp2,
}

/// `@paginated`: paths are member names joined by dots.
#[derive(Clone, Copy, Debug)]
pub struct Pagination {
    /// The input's member for the token.
    pub input_token: &'static str,
    /// The output's path to the next token.
    pub output_token: &'static str,
    /// The output's path to the flag that says whether there are more pages; empty: the token says it.
    pub more_results: &'static str,
    /// The output's path to the items; empty when the trait names none.
    pub items: &'static str,
    /// The input's member for the page size; empty when the trait names none.
    pub page_size: &'static str,
}

/// `aws.protocols#httpChecksum`.
#[derive(Clone, Copy, Debug)]
pub struct HttpChecksum {
    /// The input's member that names the algorithm; empty: none.
    pub request_algorithm_member: &'static str,
    /// Whether the request must have one.
    pub request_checksum_required: bool,
    /// The input's member that asks for validation; empty: none.
    pub request_validation_mode_member: &'static str,
    /// The algorithms that responses may use.
    pub response_algorithms: &'static [&'static str],
}

/// `swage.api#presignedUrl`: parameters of a request in a query protocol.
#[derive(Clone, Copy, Debug)]
pub struct PresignedUrl {
    /// The parameter with the URL.
    pub url: &'static str,
    /// The parameter with the region of the source.
    pub source_region: &'static str,
    /// The parameter with the client's region.
    pub destination_region: &'static str,
    /// Whether the request has both regions.
    pub sends_regions: bool,
}

/// An element of `swage.api#md5Digests`: a digest in an output.
#[derive(Clone, Copy, Debug)]
pub struct Digest {
    /// The member with the digest.
    pub digest: &'static str,
    /// The member that it covers.
    pub of: &'static str,
    /// The list of the output whose elements have digests; empty: the output has one.
    pub list: &'static str,
    /// Whether it covers a member of the input; otherwise of the structure that has the digest.
    pub in_input: bool,
    /// The list of the input whose elements have the member; empty: the input has it.
    pub input_list: &'static str,
    /// The member by which elements of both lists belong together.
    pub key: &'static str,
}

/// A waiter of `@waitable`.
#[derive(Debug)]
pub struct Waiter {
    /// Its name in the model.
    pub name: &'static str,
    /// Seconds.
    pub min_delay: u32,
    /// Seconds.
    pub max_delay: u32,
    /// In order: the first that matches decides.
    pub acceptors: &'static [Acceptor],
}

/// An acceptor of a waiter.
#[derive(Debug)]
pub struct Acceptor {
    /// The state that a match leads to.
    pub state: WaiterState,
    /// What is looked at.
    pub matcher: Matcher,
    /// Where in the output of a failure its reason stands, as JMESPath; may be empty.
    pub message: &'static str,
}

impl Acceptor {
    /// One that gives no reason.
    pub const fn new(state: WaiterState, matcher: Matcher) -> Self {
        Self {
            state,
            matcher,
            message: "",
        }
    }

    /// With the path to the reason of a failure.
    pub const fn message(self, path: &'static str) -> Self {
        Self {
            message: path,
            ..self
        }
    }
}

/// Where an acceptor leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum WaiterState {
    Success,
    Failure,
    Retry,
}

/// What an acceptor looks at.
#[derive(Debug)]
pub enum Matcher {
    /// Whether the operation succeeded.
    Success(bool),
    /// The error's shape name or code.
    ErrorType(&'static str),
    /// JMESPath over the output: path, expected, comparator.
    Output(&'static str, &'static str, Comparator),
    /// JMESPath over input and output: path, expected, comparator.
    InputOutput(&'static str, &'static str, Comparator),
}

/// How an acceptor compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparator {
    StringEquals,
    BooleanEquals,
    AllStringEquals,
    AnyStringEquals,
}

/// An authentication scheme, with the values of its trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `aws.auth#sigv4`.
    SigV4 {
        /// The signing name.
        name: &'static str,
    },
    /// `aws.auth#sigv4a`.
    SigV4a {
        /// The signing name.
        name: &'static str,
    },
    /// `@httpBearerAuth`.
    Bearer,
    /// `@httpBasicAuth`.
    Basic,
    /// `@httpApiKeyAuth`.
    ApiKey {
        /// Whether the key goes into a header; otherwise into the query string.
        header: bool,
        /// The name of the header or query parameter.
        name: &'static str,
        /// The scheme in front of the key in the header; empty if there is none.
        scheme: &'static str,
    },
    /// `smithy.api#noAuth`: no authentication.
    None,
}

impl Auth {
    /// Its name in settings: that of the trait, without namespace.
    pub fn id(&self) -> &'static str {
        match self {
            Self::SigV4 { .. } => "sigv4",
            Self::SigV4a { .. } => "sigv4a",
            Self::Bearer => "httpBearerAuth",
            Self::Basic => "httpBasicAuth",
            Self::ApiKey { .. } => "httpApiKeyAuth",
            Self::None => "noAuth",
        }
    }
}
