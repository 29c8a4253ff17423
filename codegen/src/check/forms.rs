//! The traits that code generation looks at, with the values that they can have and the shapes that they can be applied to.
//! Other traits are not checked.

use crate::registry::PROTOCOLS;

/// The form of a trait's value.
pub(super) enum Form {
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
    /// An integer from … to.
    Integer(i64, i64),
    /// A number.
    Number,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// An array.
    List(&'static Form),
    /// An object with any keys.
    Map(&'static Form),
    /// An object whose keys are made of ASCII letters and digits.
    Named(&'static Form),
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
    /// The name of a command line option, without leading hyphens.
    OptionName,
}

/// An entry of an object: key, whether it is required, form of its value.
pub(super) struct Field(pub(super) &'static str, pub(super) Need, pub(super) Form);

/// Whether an entry is required.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Must,
    May,
}

/// A trait: id, form of its value, whether it applies to shapes or members, and to which types (empty: all). For a member,
/// the type is that of its target.
pub(super) struct Rule(
    pub(super) &'static str,
    pub(super) Form,
    pub(super) At,
    pub(super) &'static [&'static str],
);

/// What a trait can be applied to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Shape,
    Member,
    Both,
}

use At::{Both, Member, Shape};
use Form::{
    Annotation, Any, Boolean, Choice, Id, Integer, List, Map, MediaType, Name, Named, Number,
    Object, OneOf, OptionName, Printable, Text, XmlName, XmlPrefix,
};
use Need::{May, Must};

const BIG: i64 = i64::MAX;
const SERVICE: &[&str] = &["service"];
const OPERATION: &[&str] = &["operation"];
const STRUCTURE: &[&str] = &["structure"];
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
const PAGES: &[Field] = &[
    Field("inputTokens", Must, List(&Name)),
    Field("outputTokens", Must, List(&Name)),
    Field("results", Must, List(&Name)),
    Field("moreResults", May, Name),
    Field("nonAggregate", May, List(&Name)),
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
static PROTOCOL: Rule = Rule(
    "",
    Object(&[
        Field("http", May, List(&Name)),
        Field("eventStreamHttp", May, List(&Name)),
        Field("noErrorWrapping", May, Boolean),
    ]),
    Shape,
    SERVICE,
);
static PROTOCOL_OF_HTTP_1: Rule = Rule("", Annotation, Shape, SERVICE);

/// The rule for a trait; `None` if its value is not checked.
pub(super) fn rule(id: &str) -> Option<&'static Rule> {
    let protocol = PROTOCOLS.iter().find(|protocol| protocol.id == id);
    match protocol {
        Some(protocol) if protocol.http_versions => Some(&PROTOCOL),
        Some(_) => Some(&PROTOCOL_OF_HTTP_1),
        None => RULES.iter().find(|rule| rule.0 == id),
    }
}

/// All rules, except those for protocols.
static RULES: &[Rule] = &[
    // Documentation.
    Rule("smithy.api#documentation", Text, Both, &[]),
    Rule("smithy.api#title", Text, Both, &[]),
    Rule("smithy.api#since", Text, Both, &[]),
    Rule("smithy.api#tags", List(&Text), Both, &[]),
    Rule("smithy.api#externalDocumentation", Map(&Text), Both, &[]),
    Rule(
        "smithy.api#deprecated",
        Object(&[Field("message", May, Text), Field("since", May, Text)]),
        Both,
        &[],
    ),
    Rule(
        "smithy.api#examples",
        List(&Object(EXAMPLE)),
        Shape,
        OPERATION,
    ),
    Rule("smithy.api#sensitive", Annotation, Both, &[]),
    Rule("smithy.api#internal", Annotation, Both, &[]),
    Rule("smithy.api#private", Annotation, Both, &[]),
    Rule(
        "smithy.api#mixin",
        Object(&[Field("localTraits", May, List(&Id))]),
        Shape,
        &[],
    ),
    // Constraints and refinements.
    Rule(
        "smithy.api#length",
        Object(&[
            Field("min", May, Integer(0, BIG)),
            Field("max", May, Integer(0, BIG)),
        ]),
        Both,
        SIZED,
    ),
    Rule(
        "smithy.api#range",
        Object(&[Field("min", May, Number), Field("max", May, Number)]),
        Both,
        NUMBER,
    ),
    Rule("smithy.api#pattern", Text, Both, STRING),
    Rule("smithy.api#uniqueItems", Annotation, Both, &["list"]),
    Rule("smithy.api#sparse", Annotation, Shape, COLLECTION),
    Rule("smithy.api#enum", List(&Object(ENUM)), Shape, STRING),
    Rule("smithy.api#required", Annotation, Member, &[]),
    Rule("smithy.api#clientOptional", Annotation, Member, &[]),
    Rule("smithy.api#default", Any, Both, &[]),
    Rule("smithy.api#addedDefault", Annotation, Member, &[]),
    Rule("smithy.api#input", Annotation, Shape, STRUCTURE),
    Rule("smithy.api#output", Annotation, Shape, STRUCTURE),
    Rule(
        "smithy.api#error",
        OneOf(&["client", "server"]),
        Shape,
        STRUCTURE,
    ),
    Rule(
        "smithy.api#retryable",
        Object(&[Field("throttling", May, Boolean)]),
        Shape,
        STRUCTURE,
    ),
    Rule("smithy.api#idempotencyToken", Annotation, Member, STRING),
    Rule(
        "smithy.api#timestampFormat",
        OneOf(&["date-time", "http-date", "epoch-seconds"]),
        Both,
        TIMESTAMP,
    ),
    Rule(
        "smithy.api#mediaType",
        MediaType,
        Both,
        &["string", "enum", "blob"],
    ),
    Rule("smithy.api#jsonName", Text, Member, &[]),
    Rule("smithy.api#xmlName", XmlName, Both, &[]),
    Rule("smithy.api#xmlAttribute", Annotation, Member, SCALAR),
    Rule("smithy.api#xmlFlattened", Annotation, Member, COLLECTION),
    Rule(
        "smithy.api#xmlNamespace",
        Object(&[Field("uri", Must, Name), Field("prefix", May, XmlPrefix)]),
        Both,
        &[],
    ),
    Rule(
        "smithy.api#streaming",
        Annotation,
        Shape,
        &["blob", "union"],
    ),
    Rule("smithy.api#requiresLength", Annotation, Shape, &["blob"]),
    Rule(
        "smithy.api#eventPayload",
        Annotation,
        Member,
        &["blob", "string", "enum", "structure", "union"],
    ),
    Rule(
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
    Rule("smithy.api#http", Object(HTTP), Shape, OPERATION),
    Rule("smithy.api#httpError", Integer(100, 999), Shape, STRUCTURE),
    Rule("smithy.api#httpLabel", Annotation, Member, &[]),
    Rule("smithy.api#httpHeader", Name, Member, &[]),
    Rule("smithy.api#httpQuery", Name, Member, &[]),
    Rule("smithy.api#httpPrefixHeaders", Text, Member, &[]),
    Rule("smithy.api#httpQueryParams", Annotation, Member, &[]),
    Rule("smithy.api#httpPayload", Annotation, Member, &[]),
    Rule("smithy.api#httpResponseCode", Annotation, Member, &[]),
    Rule(
        "smithy.api#httpChecksumRequired",
        Annotation,
        Shape,
        OPERATION,
    ),
    Rule(
        "aws.protocols#httpChecksum",
        Object(CHECKSUM),
        Shape,
        OPERATION,
    ),
    Rule(
        "smithy.api#requestCompression",
        Object(&[Field("encodings", Must, List(&Name))]),
        Shape,
        OPERATION,
    ),
    Rule(
        "smithy.api#endpoint",
        Object(&[Field("hostPrefix", Must, Name)]),
        Shape,
        OPERATION,
    ),
    Rule("smithy.api#hostLabel", Annotation, Member, STRING),
    // Behaviour.
    Rule("smithy.api#readonly", Annotation, Shape, OPERATION),
    Rule("smithy.api#idempotent", Annotation, Shape, OPERATION),
    Rule(
        "smithy.api#paginated",
        Object(PAGINATED),
        Shape,
        &["operation", "service"],
    ),
    Rule(
        "smithy.waiters#waitable",
        Named(&Object(WAITER)),
        Shape,
        OPERATION,
    ),
    // Authentication.
    Rule(
        "smithy.api#auth",
        List(&Id),
        Shape,
        &["operation", "service"],
    ),
    Rule("smithy.api#optionalAuth", Annotation, Shape, OPERATION),
    Rule("smithy.api#httpBasicAuth", Annotation, Shape, SERVICE),
    Rule("smithy.api#httpBearerAuth", Annotation, Shape, SERVICE),
    Rule(
        "smithy.api#httpApiKeyAuth",
        Object(&[
            Field("name", Must, Printable),
            Field("in", Must, OneOf(&["header", "query"])),
            Field("scheme", May, Printable),
        ]),
        Shape,
        SERVICE,
    ),
    Rule(
        "aws.auth#sigv4",
        Object(&[Field("name", Must, Printable)]),
        Shape,
        SERVICE,
    ),
    Rule(
        "aws.auth#sigv4a",
        Object(&[Field("name", Must, Printable)]),
        Shape,
        SERVICE,
    ),
    Rule("aws.auth#unsignedPayload", Annotation, Shape, OPERATION),
    // AWS: service, protocols, endpoints.
    Rule(
        "aws.api#service",
        Object(&[
            Field("sdkId", Must, Name),
            Field("arnNamespace", May, Text),
            Field("endpointPrefix", May, Text),
        ]),
        Shape,
        SERVICE,
    ),
    Rule(
        "aws.protocols#awsQueryCompatible",
        Annotation,
        Shape,
        SERVICE,
    ),
    Rule(
        "aws.protocols#awsQueryError",
        Object(&[
            Field("code", Must, Name),
            Field("httpResponseCode", Must, Integer(100, 999)),
        ]),
        Shape,
        STRUCTURE,
    ),
    Rule("aws.protocols#ec2QueryName", Name, Member, &[]),
    Rule(
        "aws.customizations#s3UnwrappedXmlOutput",
        Annotation,
        Shape,
        OPERATION,
    ),
    // Our own, for overlays; models/swage.smithy defines them.
    Rule("swage.cli#name", OptionName, Member, &[]),
    Rule("swage.api#headerText", Name, Member, TIMESTAMP),
    Rule("swage.api#sha256TreeHash", Name, Shape, OPERATION),
    Rule("swage.api#sigv4Verbatim", Annotation, Shape, SERVICE),
    Rule("swage.api#pages", Object(PAGES), Shape, OPERATION),
    Rule("smithy.rules#endpointRuleSet", Map(&Any), Shape, SERVICE),
    Rule("smithy.rules#endpointBdd", Map(&Any), Shape, SERVICE),
    Rule(
        "smithy.rules#endpointTests",
        Object(&[Field("testCases", May, List(&Map(&Any)))]),
        Shape,
        SERVICE,
    ),
    Rule(
        "smithy.rules#contextParam",
        Object(&[Field("name", Must, Name)]),
        Member,
        &[],
    ),
    Rule(
        "smithy.rules#staticContextParams",
        Map(&Object(&[Field("value", Must, Any)])),
        Shape,
        OPERATION,
    ),
    Rule(
        "smithy.rules#operationContextParams",
        Map(&Object(&[Field("path", Must, Name)])),
        Shape,
        OPERATION,
    ),
    Rule(
        "smithy.rules#clientContextParams",
        Named(&Object(&[
            Field("type", Must, OneOf(&["string", "boolean", "stringArray"])),
            Field("documentation", May, Text),
        ])),
        Shape,
        SERVICE,
    ),
];
