//! Our own traits, which models/swage/ defines.

use super::AppliesTo::{Both, Member, Shape};
use super::Need::{May, Must};
use super::ValueForm::{
    Annotation, Boolean, CommandAlias, CommandWord, HeaderName, Headers, Integer, List, Map, Name,
    Object, OneOf, Text,
};
use super::{BIG, Field, OPERATION, SERVICE, STRING, STRUCTURE, TraitRule, ValueForm};

const PAGES: &[Field] = &[
    Field("inputTokens", Must, List(&Name)),
    Field("outputTokens", Must, List(&Name)),
    Field("results", Must, List(&Name)),
    Field("moreResults", May, Name),
    Field("nonAggregate", May, List(&Name)),
    Field("pageSize", May, Name),
];
const SHORTCUT: &[Field] = &[
    Field("name", Must, CommandWord),
    Field("documentation", May, Text),
    Field("sets", May, List(&Name)),
    Field("separator", May, Name),
    Field("delimiter", May, Name),
    Field("values", May, Map(&Text)),
    Field("prefixes", May, Map(&Name)),
    Field("with", May, WORDS),
    Field("cases", May, List(&Object(CASE))),
    Field("counts", May, List(&Name)),
    Field("ids", May, List(&Name)),
    Field("excludes", May, List(&Name)),
    Field("only", May, Name),
    Field("expected", May, Name),
    Field("default", May, Text),
    Field("required", May, Boolean),
];
const WORDS: ValueForm = Map(&List(&Text));
const CASE: &[Field] = &[Field("suffix", Must, Text), Field("with", Must, WORDS)];
const OUTFILE: &[Field] = &[
    Field("name", Must, CommandWord),
    Field("documentation", May, Text),
    Field("paths", Must, List(&Name)),
    Field("choice", May, CommandWord),
    Field("choiceDocumentation", May, Text),
    Field("required", May, Boolean),
    Field("removes", May, Boolean),
];
const PERCENT_ENCODING: &[Field] = &[
    Field("member", Must, Name),
    Field("value", Must, Name),
    Field("paths", Must, List(&Name)),
];
const PAGE_SIZE: &[Field] = &[
    Field("size", Must, Integer(1, BIG)),
    Field("beside", May, List(&Name)),
];
const MOVE: &[Field] = &[
    Field("member", Must, Name),
    Field("to", Must, Name),
    Field("with", May, WORDS),
];
const MOVES: &[Field] = &[
    Field("ifSet", Must, List(&Name)),
    Field("members", Must, List(&Object(MOVE))),
];

const DIGEST: &[Field] = &[
    Field("digest", Must, Name),
    Field("of", Must, Name),
    Field("list", May, Name),
    Field("inInput", May, Boolean),
    Field("inputList", May, Name),
    Field("key", May, Name),
];

const UPLOAD: &[Field] = &[
    Field("name", Must, Name),
    Field("documentation", May, Text),
    Field("url", Must, Name),
    Field("headers", May, Name),
    Field("expiry", May, Name),
    Field("method", May, OneOf(&["POST", "PUT"])),
    Field("fileName", May, Name),
    Field("fileSize", May, Name),
    Field("mediaType", May, Name),
    Field("complete", May, Object(COMPLETION)),
];
const COMPLETION: &[Field] = &[
    Field("operation", Must, Name),
    Field("fromOutput", May, Map(&Name)),
    Field("fromInput", May, Map(&Name)),
];
const DOWNLOAD: &[Field] = &[
    Field("name", Must, Name),
    Field("documentation", May, Text),
    Field("url", Must, Name),
    Field("expiry", May, Name),
    Field("fileSize", May, Name),
];

/// The rules of our own traits.
pub(in crate::check) static RULES: &[TraitRule] = &[
    TraitRule("swage.cli#name", CommandWord, Both, &[]),
    TraitRule("swage.cli#aliases", List(&CommandAlias), Both, &[]),
    TraitRule("swage.cli#hidden", Annotation, Both, &[]),
    TraitRule("swage.cli#otherCommands", Map(&Name), Shape, SERVICE),
    TraitRule(
        "swage.cli#shortcuts",
        List(&Object(SHORTCUT)),
        Shape,
        OPERATION,
    ),
    TraitRule("swage.cli#noContentType", Annotation, Shape, OPERATION),
    TraitRule("swage.cli#moves", Object(MOVES), Shape, OPERATION),
    TraitRule("swage.cli#base64", Annotation, Member, STRING),
    TraitRule("swage.cli#zipFile", Annotation, Member, &["blob"]),
    TraitRule("swage.cli#plainValues", Annotation, Member, &["list"]),
    TraitRule("swage.cli#pageSize", Object(PAGE_SIZE), Shape, OPERATION),
    TraitRule(
        "swage.cli#percentEncoding",
        Object(PERCENT_ENCODING),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "swage.cli#outfiles",
        List(&Object(OUTFILE)),
        Shape,
        OPERATION,
    ),
    TraitRule("swage.cli#off", CommandWord, Member, &["boolean"]),
    TraitRule("swage.cli#flag", Annotation, Shape, STRUCTURE),
    TraitRule("swage.cli#json", Annotation, Both, STRING),
    TraitRule(
        "swage.api#headers",
        Headers,
        Shape,
        &["operation", "service"],
    ),
    TraitRule("swage.api#lastSegment", Annotation, Both, STRING),
    TraitRule("swage.api#presignedQuery", Annotation, Shape, OPERATION),
    TraitRule(
        "swage.api#presignedUrl",
        Object(&[
            Field("url", Must, Name),
            Field("sourceRegion", Must, Name),
            Field("destinationRegion", Must, Name),
            Field("sendsRegions", May, Boolean),
        ]),
        Shape,
        OPERATION,
    ),
    TraitRule("swage.api#crc32Header", HeaderName, Shape, SERVICE),
    TraitRule(
        "swage.api#md5Digests",
        List(&Object(DIGEST)),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "swage.api#retries",
        Object(&[
            Field("maxAttempts", May, Integer(1, 1_000)),
            Field("initialBackoff", May, Integer(1, 3_600_000)),
            Field("errors", May, List(&Name)),
        ]),
        Shape,
        SERVICE,
    ),
    TraitRule("swage.api#endpointUrl", Annotation, Member, STRING),
    TraitRule(
        "swage.api#percentEncoded",
        Object(&[Field("parameter", May, Name)]),
        Member,
        STRING,
    ),
    TraitRule("swage.api#customerKey", Name, Member, STRING),
    TraitRule(
        "swage.api#ascii",
        Annotation,
        Member,
        &["string", "enum", "map"],
    ),
    TraitRule(
        "swage.api#regionRedirects",
        Object(&[
            Field("header", Must, HeaderName),
            Field("resource", Must, Name),
            Field("member", May, Name),
            Field("lookup", May, Name),
            Field("errors", May, List(&Name)),
            Field("creation", May, Name),
        ]),
        Shape,
        SERVICE,
    ),
    TraitRule(
        "swage.api#sessionCredentials",
        Object(&[
            Field("authScheme", Must, Name),
            Field("resource", Must, Name),
            Field("credentials", Must, Name),
            Field("tokenHeader", Must, HeaderName),
            Field("setting", May, Name),
        ]),
        Shape,
        OPERATION,
    ),
    TraitRule(
        "swage.api#expectContinue",
        Object(&[Field("minLength", Must, Integer(1, BIG))]),
        Shape,
        SERVICE,
    ),
    TraitRule("swage.api#ignoreDefaults", Annotation, Both, &[]),
    TraitRule("swage.api#optionalMembers", Annotation, Shape, SERVICE),
    TraitRule(
        "swage.api#headerText",
        Name,
        Member,
        &["timestamp", "string"],
    ),
    TraitRule(
        "swage.api#timestamp",
        Annotation,
        Shape,
        &["timestamp", "string"],
    ),
    TraitRule("swage.api#sha256TreeHash", HeaderName, Shape, OPERATION),
    TraitRule("swage.api#sigv4Verbatim", Annotation, Shape, SERVICE),
    TraitRule(
        "swage.api#unsignedWithoutProvider",
        Annotation,
        Shape,
        SERVICE,
    ),
    TraitRule("swage.api#pages", Object(PAGES), Shape, OPERATION),
    TraitRule("swage.api#upload", Object(UPLOAD), Shape, OPERATION),
    TraitRule("swage.api#download", Object(DOWNLOAD), Shape, OPERATION),
];
