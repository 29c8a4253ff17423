//! The registry of protocols and authentication schemes, one line for each. The rest of codegen is generic over them.

/// A protocol.
#[derive(Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of a protocol"
)]
pub(crate) struct Protocol {
    /// The shape id of its trait.
    pub(crate) id: &'static str,
    /// The path of its static below the runtime's module `protocol`.
    pub(crate) runtime: &'static str,
    /// The runtime's Cargo feature.
    pub(crate) feature: &'static str,
    /// Whether it uses HTTP bindings, so that every operation needs `@http`.
    pub(crate) http_bindings: bool,
    /// Whether it uses `@jsonName`.
    pub(crate) json_name: bool,
    /// Whether messages or responses are XML, so that the XML traits apply.
    pub(crate) xml: bool,
    /// Whether its trait has `http` and `eventStreamHttp`.
    pub(crate) http_versions: bool,
    /// Whether requests are forms, which the query of a URL can hold.
    pub(crate) forms: bool,
}

/// The protocols in the AWS CLI's order of preference, so that both use the same one with a server: servers that imitate AWS
/// often don't support CBOR.
#[rustfmt::skip]
pub(crate) static PROTOCOLS: &[Protocol] = &[
    rpc("aws.protocols#awsJson1_0", "aws_json::AWS_JSON_1_0", "aws-json"),
    rpc("aws.protocols#awsJson1_1", "aws_json::AWS_JSON_1_1", "aws-json"),
    rest("aws.protocols#restJson1", "rest_json::REST_JSON_1", "rest-json").json_name(),
    rest("aws.protocols#restXml", "rest_xml::REST_XML", "rest-xml").xml(),
    rpc("smithy.protocols#rpcv2Cbor", "rpc_v2::RPC_V2_CBOR", "rpc-v2-cbor"),
    rpc("smithy.protocols#rpcv2Json", "rpc_v2::RPC_V2_JSON", "rpc-v2-json"),
    rpc("aws.protocols#awsQuery", "query::AWS_QUERY", "aws-query").xml().http_1_only().forms(),
    rpc("aws.protocols#ec2Query", "query::EC2_QUERY", "ec2-query").xml().http_1_only().forms(),
    rest("alloy#simpleRestJson", "simple_rest_json::SIMPLE_REST_JSON", "simple-rest-json").json_name(),
];

/// The protocol whose trait has this shape id.
pub(crate) fn protocol(id: &str) -> Option<&'static Protocol> {
    PROTOCOLS.iter().find(|protocol| protocol.id == id)
}

/// Whether this is the shape id of a supported protocol's trait.
pub fn is_protocol(id: &str) -> bool {
    protocol(id).is_some()
}

const fn rpc(id: &'static str, runtime: &'static str, feature: &'static str) -> Protocol {
    Protocol {
        id,
        runtime,
        feature,
        http_bindings: false,
        json_name: false,
        xml: false,
        http_versions: true,
        forms: false,
    }
}

const fn rest(id: &'static str, runtime: &'static str, feature: &'static str) -> Protocol {
    Protocol {
        http_bindings: true,
        ..rpc(id, runtime, feature)
    }
}

impl Protocol {
    const fn json_name(mut self) -> Self {
        self.json_name = true;
        self
    }

    const fn xml(mut self) -> Self {
        self.xml = true;
        self
    }

    const fn http_1_only(mut self) -> Self {
        self.http_versions = false;
        self
    }

    const fn forms(mut self) -> Self {
        self.forms = true;
        self
    }

    /// Whether `--protocol` chooses it by this text: the trait's name or shape id.
    pub(crate) fn is_called(&self, text: &str) -> bool {
        text == self.name() || text == self.id
    }

    /// The trait's name.
    pub(crate) fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }
}

/// An authentication scheme.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// The shape id of its trait.
    pub(crate) id: &'static str,
    /// The variant of the runtime's `Auth`.
    pub(crate) runtime: &'static str,
    /// The variant's fields.
    pub(crate) fields: &'static [SchemeField],
    /// The runtime's Cargo feature, if it needs one of its own.
    pub(crate) feature: Option<&'static str>,
}

/// A field of a scheme in the runtime, taken from the trait's value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SchemeField {
    /// The string of the trait's member of the same name; empty if it isn't there.
    Text(&'static str),
    /// Whether a member of the trait has a value: field, member, value.
    Is(&'static str, &'static str, &'static str),
}

/// The supported schemes.
#[rustfmt::skip]
pub(crate) static SCHEMES: &[Scheme] = &[
    scheme("aws.auth#sigv4", "SigV4", &[SchemeField::Text("name")]),
    scheme("aws.auth#sigv4a", "SigV4a", &[SchemeField::Text("name")]).feature("sigv4a"),
    scheme("smithy.api#httpBearerAuth", "Bearer", &[]),
    scheme("smithy.api#httpBasicAuth", "Basic", &[]),
    scheme("smithy.api#httpApiKeyAuth", "ApiKey", &[
        SchemeField::Is("header", "in", "header"), SchemeField::Text("name"), SchemeField::Text("scheme"),
    ]),
    scheme(NO_AUTH, "None", &[]),
];

/// No authentication. It needs no trait on the service.
pub(crate) const NO_AUTH: &str = "smithy.api#noAuth";

const fn scheme(id: &'static str, runtime: &'static str, fields: &'static [SchemeField]) -> Scheme {
    Scheme {
        id,
        runtime,
        fields,
        feature: None,
    }
}

impl Scheme {
    const fn feature(mut self, feature: &'static str) -> Self {
        self.feature = Some(feature);
        self
    }
}
