//! What a model says about a shape, as static tables.
//!
//! Generated code holds one [`Schema`] a shape, built by the `const` functions here, and nothing
//! else about it: protocols, validation, redaction and the command line all read these tables.
//! Terms are those of the Smithy 2.0 specification.

mod traits;

pub use traits::{DefaultValue, TimestampFormat, Trait};

/// A shape: its id, its kind, its members and the traits that a client needs at run time.
#[derive(Debug)]
pub struct Schema {
    id: &'static str,
    kind: Kind,
    flags: u32,
    members: &'static [Member],
    traits: &'static [Trait],
}

/// The kinds of shape that data can have (Smithy 2.0, sections "Simple shapes" and "Aggregate types").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    String,
    Enum,
    IntEnum,
    Blob,
    Timestamp,
    Document,
    List,
    Map,
    Structure,
    Union,
}

impl Kind {
    /// The kind in a message, with an article: "a string", "an integer".
    pub const fn described(self) -> &'static str {
        match self {
            Self::Boolean => "a boolean",
            Self::Byte
            | Self::Short
            | Self::Integer
            | Self::Long
            | Self::IntEnum
            | Self::BigInteger => "an integer",
            Self::Float | Self::Double | Self::BigDecimal => "a number",
            Self::String | Self::Enum => "a string",
            Self::Blob => "a blob",
            Self::Timestamp => "a timestamp",
            Self::Document => "a document",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Structure => "a structure",
            Self::Union => "a union",
        }
    }
}

/// A member of a structure, union, list (one, named `member`) or map (two, `key` and `value`).
#[derive(Debug)]
pub struct Member {
    name: &'static str,
    target: &'static Schema,
    /// Thin, so that a member stays small: most have no other name than their own.
    wire: Option<&'static &'static str>,
    traits: &'static [Trait],
    flags: u32,
    location: Location,
}

/// Where a member goes in an HTTP message (Smithy 2.0, "HTTP bindings") or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the document that the protocol makes of all members without another place.
    Body,
    /// `@httpLabel`: in the path.
    Label,
    /// `@httpQuery`: one query parameter.
    Query,
    /// `@httpQueryParams`: a map of query parameters.
    QueryParams,
    /// `@httpHeader`.
    Header,
    /// `@httpPrefixHeaders`: a map of headers.
    PrefixHeaders,
    /// `@httpPayload`: the whole body.
    Payload,
    /// `@httpResponseCode`.
    ResponseCode,
    /// `@eventHeader`.
    EventHeader,
    /// `@eventPayload`.
    EventPayload,
}

const REQUIRED: u32 = 1;
const SENSITIVE: u32 = 1 << 1;
const IDEMPOTENCY_TOKEN: u32 = 1 << 2;
const SPARSE: u32 = 1 << 3;
const XML_FLATTENED: u32 = 1 << 4;
const XML_ATTRIBUTE: u32 = 1 << 5;
const HOST_LABEL: u32 = 1 << 6;
const STREAMING: u32 = 1 << 7;
const REQUIRES_LENGTH: u32 = 1 << 8;
const DEPRECATED: u32 = 1 << 9;
const CLIENT_OPTIONAL: u32 = 1 << 10;

/// The shapes of Smithy's prelude without traits of their own.
macro_rules! prelude {
    ($($name:ident = $kind:ident $id:literal;)*) => {
        $(#[doc = concat!("`", $id, "`")] pub static $name: Schema = Schema::simple($id, Kind::$kind);)*
    };
}
prelude! {
    BOOLEAN = Boolean "smithy.api#Boolean";
    BYTE = Byte "smithy.api#Byte";
    SHORT = Short "smithy.api#Short";
    INTEGER = Integer "smithy.api#Integer";
    LONG = Long "smithy.api#Long";
    FLOAT = Float "smithy.api#Float";
    DOUBLE = Double "smithy.api#Double";
    BIG_INTEGER = BigInteger "smithy.api#BigInteger";
    BIG_DECIMAL = BigDecimal "smithy.api#BigDecimal";
    STRING = String "smithy.api#String";
    BLOB = Blob "smithy.api#Blob";
    TIMESTAMP = Timestamp "smithy.api#Timestamp";
    DOCUMENT = Document "smithy.api#Document";
    UNIT = Structure "smithy.api#Unit";
}

impl Schema {
    const fn of(id: &'static str, kind: Kind, members: &'static [Member]) -> Self {
        Self {
            id,
            kind,
            flags: 0,
            members,
            traits: &[],
        }
    }

    /// A shape without members.
    pub const fn simple(id: &'static str, kind: Kind) -> Self {
        Self::of(id, kind, &[])
    }

    /// A list, of one member.
    pub const fn list(id: &'static str, member: &'static [Member; 1]) -> Self {
        Self::of(id, Kind::List, member)
    }

    /// A map, of its key and its value.
    pub const fn map(id: &'static str, key_and_value: &'static [Member; 2]) -> Self {
        Self::of(id, Kind::Map, key_and_value)
    }

    /// A structure.
    pub const fn structure(id: &'static str, members: &'static [Member]) -> Self {
        Self::of(id, Kind::Structure, members)
    }

    /// A union.
    pub const fn union(id: &'static str, members: &'static [Member]) -> Self {
        Self::of(id, Kind::Union, members)
    }

    /// With these traits.
    pub const fn with(mut self, traits: &'static [Trait]) -> Self {
        self.traits = traits;
        self
    }

    const fn flag(mut self, flag: u32) -> Self {
        self.flags |= flag;
        self
    }

    /// The absolute shape id, `namespace#Name`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The shape's name: its id without the namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// The kind of shape.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The members in model order.
    pub const fn members(&self) -> &'static [Member] {
        self.members
    }

    /// The member of that name, and its index.
    pub fn member(&self, name: &str) -> Option<(usize, &'static Member)> {
        self.members
            .iter()
            .enumerate()
            .find(|(_, member)| member.name == name)
    }

    /// The traits that have a value.
    pub const fn traits(&self) -> &'static [Trait] {
        self.traits
    }
}

/// A function for each kind of shape without members: its id, and its traits that have a value.
macro_rules! scalars {
    ($($make:ident $kind:ident;)*) => {
        impl Schema {
            $(
                #[doc = concat!("A shape of kind `", stringify!($kind), "`: its id, and its traits that have a value.")]
                pub const fn $make(id: &'static str, traits: &'static [Trait]) -> Self {
                    Self::simple(id, Kind::$kind).with(traits)
                }
            )*
        }
    };
}
scalars! {
    boolean Boolean;
    byte Byte;
    short Short;
    integer Integer;
    long Long;
    float Float;
    double Double;
    big_integer BigInteger;
    big_decimal BigDecimal;
    string String;
    enumeration Enum;
    int_enum IntEnum;
    blob Blob;
    timestamp Timestamp;
    document Document;
}

/// `fn is_x` and `const fn x` for each flag, on [`Schema`] or [`Member`].
macro_rules! flags {
    ($owner:ty: $($set:ident $is:ident $flag:ident $doc:literal;)*) => {
        impl $owner {
            $(
                #[doc = concat!("With `", $doc, "`.")]
                pub const fn $set(self) -> Self { self.flag($flag) }
                #[doc = concat!("Whether it has `", $doc, "`.")]
                pub const fn $is(&self) -> bool { self.flags & $flag != 0 }
            )*
        }
    };
}
flags! { Schema:
    sensitive is_sensitive SENSITIVE "@sensitive";
    sparse is_sparse SPARSE "@sparse";
    streaming is_streaming STREAMING "@streaming";
    requires_length is_requires_length REQUIRES_LENGTH "@requiresLength";
}
flags! { Member:
    required is_required REQUIRED "@required";
    client_optional is_client_optional CLIENT_OPTIONAL "@clientOptional";
    idempotency_token is_idempotency_token IDEMPOTENCY_TOKEN "@idempotencyToken";
    xml_flattened is_xml_flattened XML_FLATTENED "@xmlFlattened";
    xml_attribute is_xml_attribute XML_ATTRIBUTE "@xmlAttribute";
    host_label is_host_label HOST_LABEL "@hostLabel";
    deprecated is_deprecated DEPRECATED "@deprecated";
}

impl Member {
    /// A member in the body, without traits.
    pub const fn new(name: &'static str, target: &'static Schema) -> Self {
        Self {
            name,
            target,
            wire: None,
            traits: &[],
            flags: 0,
            location: Location::Body,
        }
    }

    /// With these traits; they go before those of the target.
    pub const fn with(mut self, traits: &'static [Trait]) -> Self {
        self.traits = traits;
        self
    }

    const fn flag(mut self, flag: u32) -> Self {
        self.flags |= flag;
        self
    }

    const fn at(mut self, location: Location, wire: Option<&'static &'static str>) -> Self {
        self.location = location;
        self.wire = wire;
        self
    }

    /// With `@jsonName`.
    pub const fn json_name(mut self, name: &'static &'static str) -> Self {
        self.wire = Some(name);
        self
    }

    /// In the path: `@httpLabel`.
    pub const fn label(self) -> Self {
        self.at(Location::Label, None)
    }

    /// In the query: `@httpQuery`.
    pub const fn query(self, name: &'static &'static str) -> Self {
        self.at(Location::Query, Some(name))
    }

    /// In the query, a map: `@httpQueryParams`.
    pub const fn query_params(self) -> Self {
        self.at(Location::QueryParams, None)
    }

    /// In a header: `@httpHeader`.
    pub const fn header(self, name: &'static &'static str) -> Self {
        self.at(Location::Header, Some(name))
    }

    /// In headers, a map: `@httpPrefixHeaders`.
    pub const fn prefix_headers(self, prefix: &'static &'static str) -> Self {
        self.at(Location::PrefixHeaders, Some(prefix))
    }

    /// The body: `@httpPayload`.
    pub const fn payload(self) -> Self {
        self.at(Location::Payload, None)
    }

    /// The status of the response: `@httpResponseCode`.
    pub const fn response_code(self) -> Self {
        self.at(Location::ResponseCode, None)
    }

    /// In a header of an event: `@eventHeader`.
    pub const fn event_header(self) -> Self {
        self.at(Location::EventHeader, None)
    }

    /// The payload of an event: `@eventPayload`.
    pub const fn event_payload(self) -> Self {
        self.at(Location::EventPayload, None)
    }

    /// The name in the model.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The shape that it targets.
    pub const fn target(&self) -> &'static Schema {
        self.target
    }

    /// The name at its location: `@jsonName`, the header, the query parameter, the prefix; else its own.
    pub const fn wire(&self) -> &'static str {
        match self.wire {
            Some(wire) => wire,
            None => self.name,
        }
    }

    /// Where it goes.
    pub const fn location(&self) -> Location {
        self.location
    }

    /// The traits that have a value: its own, then those of its target.
    pub fn traits(&self) -> impl Iterator<Item = &'static Trait> {
        self.traits.iter().chain(self.target.traits)
    }

    /// Its own traits that have a value.
    pub const fn own_traits(&self) -> &'static [Trait] {
        self.traits
    }
}
