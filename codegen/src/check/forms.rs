//! The traits that code generation looks at, with the values that they can have and the shapes that they can be applied to.
//! Other traits are not checked.

pub(super) mod own;

use crate::lookup::Lookup;
use crate::registry::protocol;
use std::sync::LazyLock;

/// The form of a trait's value.
pub(super) enum ValueForm {
    /// An empty object.
    Annotation,
    /// Anything.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A string.
    Text,
    /// A string that isn't empty.
    Name,
    /// An absolute shape id.
    Id,
    /// An integer in this range, both ends included.
    Integer(i64, i64),
    /// A number.
    Number,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// An array.
    List(&'static ValueForm),
    /// An object with any keys.
    Map(&'static ValueForm),
    /// An object whose keys are made of ASCII letters and digits.
    Named(&'static ValueForm),
    /// An object. Other keys are not checked.
    Object(&'static [Field]),
    /// An object with exactly one of these keys.
    Choice(&'static [Field]),
    /// The name of an XML element or attribute, which may have a prefix.
    XmlName,
    /// The prefix of an XML namespace; may not be empty.
    XmlPrefix,
    /// `type/subtype`, perhaps with parameters.
    MediaType,
    /// Printable ASCII, because it is sent in a header.
    Printable,
    /// The name of a header.
    HeaderName,
    /// An object from names of headers to printable ASCII.
    Headers,
    /// A name on the command line, without leading hyphens.
    CommandWord,
    /// An older name on the command line, which may have dots.
    CommandAlias,
}

/// An entry of an object: key, whether it is required, form of its value.
pub(super) struct Field(
    pub(super) &'static str,
    pub(super) Need,
    pub(super) ValueForm,
);

/// Whether an entry is required.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Must,
    May,
}

/// A trait: id, form of its value, whether it applies to shapes or members, and to which types (empty: all). For a member,
/// the type is that of its target.
pub(super) struct TraitRule(
    pub(super) &'static str,
    pub(super) ValueForm,
    pub(super) AppliesTo,
    pub(super) &'static [&'static str],
);

/// What a trait can be applied to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AppliesTo {
    Shape,
    Member,
    Both,
}

use AppliesTo::{Both, Member, Shape};
use Need::{May, Must};
use ValueForm::{
    Annotation, Any, Boolean, Choice, Id, Integer, List, Map, MediaType, Name, Named, Number,
    Object, OneOf, Printable, Text, XmlName, XmlPrefix,
};

const BIG: i64 = i64::MAX;
const SERVICE: &[&str] = &["service"];
const OPERATION: &[&str] = &["operation"];
const STRUCTURE: &[&str] = &["structure"];
const UNION: &[&str] = &["union"];
const TIMESTAMP: &[&str] = &["timestamp"];
const COLLECTION: &[&str] = &["list", "map"];
const SIZED: &[&str] = &["string", "enum", "blob", "list", "map"];
const STRING: &[&str] = &["string", "enum"];
const NUMBER: &[&str] = &[
    "byte",
    "short",
    "integer",
    "intEnum",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
];
const SCALAR: &[&str] = &[
    "boolean",
    "byte",
    "short",
    "integer",
    "intEnum",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
    "string",
    "enum",
    "timestamp",
    "blob",
];
const PATH_MATCHER: &[Field] = &[
    Field("path", Must, Name),
    Field("expected", Must, Text),
    Field(
        "comparator",
        Must,
        OneOf(&[
            "stringEquals",
            "booleanEquals",
            "allStringEquals",
            "anyStringEquals",
        ]),
    ),
];
const MATCHER: &[Field] = &[
    Field("output", May, Object(PATH_MATCHER)),
    Field("inputOutput", May, Object(PATH_MATCHER)),
    Field("errorType", May, Name),
    Field("success", May, Boolean),
];
const ACCEPTOR: &[Field] = &[
    Field("state", Must, OneOf(&["success", "failure", "retry"])),
    Field("matcher", Must, Choice(MATCHER)),
    Field("message", May, Text),
];
const WAITER: &[Field] = &[
    Field("documentation", May, Text),
    Field("acceptors", Must, List(&Object(ACCEPTOR))),
    Field("minDelay", May, Integer(1, BIG)),
    Field("maxDelay", May, Integer(1, BIG)),
    Field("maxAttempts", May, Integer(1, BIG)),
    Field("deprecated", May, Boolean),
    Field("tags", May, List(&Text)),
];
const PAGINATED: &[Field] = &[
    Field("inputToken", May, Name),
    Field("outputToken", May, Name),
    Field("items", May, Name),
    Field("pageSize", May, Name),
];
const HTTP: &[Field] = &[
    Field("method", Must, Name),
    Field("uri", Must, Name),
    Field("code", May, Integer(100, 999)),
];
const CHECKSUM: &[Field] = &[
    Field("requestAlgorithmMember", May, Name),
    Field("requestChecksumRequired", May, Boolean),
    Field("requestValidationModeMember", May, Name),
    Field("responseAlgorithms", May, List(&Name)),
];
const ENUM: &[Field] = &[
    Field("value", Must, Text),
    Field("name", May, Name),
    Field("documentation", May, Text),
    Field("tags", May, List(&Text)),
    Field("deprecated", May, Boolean),
];
const EXAMPLE: &[Field] = &[
    Field("title", Must, Text),
    Field("documentation", May, Text),
    Field("input", May, Map(&Any)),
    Field("output", May, Map(&Any)),
    Field("allowConstraintErrors", May, Boolean),
];
static PROTOCOL: TraitRule = TraitRule(
    "",
    Object(&[
        Field("http", May, List(&Name)),
        Field("eventStreamHttp", May, List(&Name)),
        Field("noErrorWrapping", May, Boolean),
    ]),
    Shape,
    SERVICE,
);
static PROTOCOL_OF_HTTP_1: TraitRule = TraitRule("", Annotation, Shape, SERVICE);

/// The rule for a trait; `None` if its value is not checked.
pub(super) fn rule(id: &str) -> Option<&'static TraitRule> {
    BY_ID.get(id).copied().or_else(|| {
        let protocol = protocol(id)?;
        Some(if protocol.http_versions {
            &PROTOCOL
        } else {
            &PROTOCOL_OF_HTTP_1
        })
    })
}

static BY_ID: LazyLock<Lookup<&str, &TraitRule>> = LazyLock::new(|| {
    let rules = RULES.iter().chain(own::RULES);
    rules.map(|rule| (rule.0, rule)).collect()
});

/// All rules, except those for protocols.
static RULES: &[TraitRule] = &[
    // Documentation.
    TraitRule("smithy.api#documentation", Text, Both, &[]),
    TraitRule("smithy.api#title", Text, Both, &[]),
    TraitRule("smithy.api#since", Text, Both, &[]),
    TraitRule("smithy.api#tags", List(&Text), Both, &[]),
    TraitRule("smithy.api#externalDocumentation", Map(&Text), Both, &[]),
    TraitRule(
        "smithy.api#deprecated",
        Object(&[Field("message", May, Text), Field("since", May, Text)]),
        Both,
        &[],
    ),
    TraitRule(
        "smithy.api#examples",
        List(&Object(EXAMPLE)),
        Shape,
        OPERATION,
    ),
    TraitRule("smithy.api#sensitive", Annotation, Both, &[]),
    TraitRule("smithy.api#internal", Annotation, Both, &[]),
    TraitRule("smithy.api#private", Annotation, Both, &[]),
    TraitRule(
        "smithy.api#mixin",
        Object(&[Field("localTraits", May, List(&Id))]),
        Shape,
        &[],
    ),
    // Constraints and refinements.
    TraitRule(
        "smithy.api#length",
        Object(&[
            Field("min", May, Integer(0, BIG)),
            Field("max", May, Integer(0, BIG)),
        ]),
        Both,
        SIZED,
    ),
    TraitRule(
        "smithy.api#range",
        Object(&[Field("min", May, Number), Field("max", May, Number)]),
        Both,
        NUMBER,
    ),
    TraitRule("smithy.api#pattern", Text, Both, STRING),
    TraitRule("smithy.api#uniqueItems", Annotation, Both, &["list"]),
    TraitRule("smithy.api#sparse", Annotation, Shape, COLLECTION),
    TraitRule("smithy.api#enum", List(&Object(ENUM)), Shape, STRING),
    TraitRule("smithy.api#required", Annotation, Member, &[]),
    TraitRule("smithy.api#clientOptional", Annotation, Member, &[]),
    TraitRule("smithy.api#default", Any, Both, &[]),
    TraitRule("smithy.api#addedDefault", Annotation, Member, &[]),
    TraitRule("smithy.api#input", Annotation, Shape, STRUCTURE),
    TraitRule("smithy.api#output", Annotation, Shape, STRUCTURE),
    TraitRule(
        "smithy.api#error",
        OneOf(&["client", "server"]),
        Shape,
        STRUCTURE,
    ),
    TraitRule(
        "smithy.api#retryable",
        Object(&[Field("throttling", May, Boolean)]),
        Shape,
        STRUCTURE,
    ),
    TraitRule("smithy.api#idempotencyToken", Annotation, Member, STRING),
    TraitRule(
        "smithy.api#timestampFormat",
        OneOf(&["date-time", "http-date", "epoch-seconds"]),
        Both,
        TIMESTAMP,
    ),
    TraitRule(
        "smithy.api#mediaType",
        MediaType,
        Both,
        &["string", "enum", "blob"],
    ),
    TraitRule("smithy.api#jsonName", Text, Member, &[]),
    TraitRule("smithy.api#xmlName", XmlName, Both, &[]),
    TraitRule("smithy.api#xmlAttribute", Annotation, Member, SCALAR),
    TraitRule("smithy.api#xmlFlattened", Annotation, Member, COLLECTION),
    TraitRule(
        "smithy.api#xmlNamespace",
        Object(&[Field("uri", Must, Name), Field("prefix", May, XmlPrefix)]),
        Both,
        &[],
    ),
    TraitRule(
        "smithy.api#streaming",
        Annotation,
        Shape,
        &["blob", "union"],
    ),
    TraitRule("smithy.api#requiresLength", Annotation, Shape, &["blob"]),
    TraitRule(
        "smithy.api#eventPayload",
        Annotation,
        Member,
        &["blob", "string", "enum", "structure", "union"],
    ),
    TraitRule(
        "smithy.api#eventHeader",
        Annotation,
        Member,
        &[
            "boolean",
            "byte",
            "short",
            "integer",
            "intEnum",
            "long",
            "blob",
            "string",
            "enum",
            "timestamp",
        ],
    ),
    // HTTP.
    TraitRule("smithy.api#http", Object(HTTP), Shape, OPERATION),
    TraitRule("smithy.api#httpError", Integer(100, 999), Shape, STRUCTURE),
    TraitRule("smithy.api#httpLabel", Annotation, Member, &[]),
    TraitRule("smithy.api#httpHeader", Name, Member, &[]),
    TraitRule("smithy.api#httpQuery", Name, Member, &[]),
    TraitRule("smithy.api#httpPrefixHeaders", Text, Member, &[]),
    TraitRule("smithy.api#httpQueryParams", Annotation, Member, &[]),
    TraitRule("smithy.api#httpPayload", Annotation, Member, &[]),
    TraitRule("smithy.api#httpResponseCode", Annotation, Member, &[]),
    TraitRule(
        "smithy.api#httpChecksumRequired",
        Annotation,
        Shape,
        OPERATION,
    ),
    TraitRule(
        "aws.protocols#httpChecksum",
        Object(CHECKSUM),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "smithy.api#requestCompression",
        Object(&[Field("encodings", Must, List(&Name))]),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "smithy.api#endpoint",
        Object(&[Field("hostPrefix", Must, Name)]),
        Shape,
        OPERATION,
    ),
    TraitRule("smithy.api#hostLabel", Annotation, Member, STRING),
    // Behaviour.
    TraitRule("smithy.api#readonly", Annotation, Shape, OPERATION),
    TraitRule("smithy.api#idempotent", Annotation, Shape, OPERATION),
    TraitRule(
        "smithy.api#paginated",
        Object(PAGINATED),
        Shape,
        &["operation", "service"],
    ),
    TraitRule(
        "smithy.waiters#waitable",
        Named(&Object(WAITER)),
        Shape,
        OPERATION,
    ),
    // Authentication.
    TraitRule(
        "smithy.api#auth",
        List(&Id),
        Shape,
        &["operation", "service"],
    ),
    TraitRule("smithy.api#optionalAuth", Annotation, Shape, OPERATION),
    TraitRule("smithy.api#httpBasicAuth", Annotation, Shape, SERVICE),
    TraitRule("smithy.api#httpBearerAuth", Annotation, Shape, SERVICE),
    TraitRule(
        "smithy.api#httpApiKeyAuth",
        Object(&[
            Field("name", Must, Printable),
            Field("in", Must, OneOf(&["header", "query"])),
            Field("scheme", May, Printable),
        ]),
        Shape,
        SERVICE,
    ),
    TraitRule(
        "aws.auth#sigv4",
        Object(&[Field("name", Must, Printable)]),
        Shape,
        SERVICE,
    ),
    TraitRule(
        "aws.auth#sigv4a",
        Object(&[Field("name", Must, Printable)]),
        Shape,
        SERVICE,
    ),
    TraitRule("aws.auth#unsignedPayload", Annotation, Shape, OPERATION),
    // AWS: service, protocols, endpoints.
    TraitRule(
        "aws.api#clientEndpointDiscovery",
        Object(&[Field("operation", Must, Id), Field("error", May, Id)]),
        Shape,
        SERVICE,
    ),
    TraitRule(
        "aws.api#clientDiscoveredEndpoint",
        Object(&[Field("required", Must, Boolean)]),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "aws.api#clientEndpointDiscoveryId",
        Annotation,
        Member,
        STRING,
    ),
    TraitRule(
        "aws.api#service",
        Object(&[
            Field("sdkId", Must, Name),
            Field("arnNamespace", May, Text),
            Field("endpointPrefix", May, Text),
        ]),
        Shape,
        SERVICE,
    ),
    TraitRule(
        "aws.protocols#awsQueryCompatible",
        Annotation,
        Shape,
        SERVICE,
    ),
    TraitRule(
        "aws.protocols#awsQueryError",
        Object(&[
            Field("code", Must, Name),
            Field("httpResponseCode", Must, Integer(100, 999)),
        ]),
        Shape,
        STRUCTURE,
    ),
    TraitRule("aws.protocols#ec2QueryName", Name, Member, &[]),
    TraitRule(
        "aws.customizations#s3UnwrappedXmlOutput",
        Annotation,
        Shape,
        OPERATION,
    ),
    // Alloy's, for JSON.
    TraitRule("alloy#discriminated", Name, Shape, UNION),
    TraitRule(
        "alloy#structurePattern",
        Object(&[Field("pattern", Must, Text), Field("target", Must, Id)]),
        Shape,
        &["string"],
    ),
    TraitRule("alloy#untagged", Annotation, Shape, UNION),
    TraitRule("alloy#nullable", Annotation, Both, &[]),
    TraitRule(
        "alloy#jsonUnknown",
        Annotation,
        Member,
        &["map", "document"],
    ),
    TraitRule("smithy.rules#endpointRuleSet", Map(&Any), Shape, SERVICE),
    TraitRule("smithy.rules#endpointBdd", Map(&Any), Shape, SERVICE),
    TraitRule(
        "smithy.rules#endpointTests",
        Object(&[Field("testCases", May, List(&Map(&Any)))]),
        Shape,
        SERVICE,
    ),
    TraitRule(
        "smithy.rules#contextParam",
        Object(&[Field("name", Must, Name)]),
        Member,
        &[],
    ),
    TraitRule(
        "smithy.rules#staticContextParams",
        Map(&Object(&[Field("value", Must, Any)])),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "smithy.rules#operationContextParams",
        Map(&Object(&[Field("path", Must, Name)])),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "smithy.rules#clientContextParams",
        Named(&Object(&[
            Field("type", Must, OneOf(&["string", "boolean", "stringArray"])),
            Field("documentation", May, Text),
        ])),
        Shape,
        SERVICE,
    ),
];
