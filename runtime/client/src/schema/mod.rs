//! What a model says about a shape, as static tables.
//!
//! Generated code holds one [`Schema`] a shape, built by the `const` functions here, and nothing
//! else about it: protocols, validation, redaction and the command line all read these tables.
//! Terms are those of the Smithy 2.0 specification.

/// `fn is_x` and `const fn x` for each flag, on [`Schema`] or [`Member`].
macro_rules! flags {
    ($owner:ty: $($set:ident $is:ident $flag:ident $doc:literal;)*) => {
        impl $owner {
            $(
                #[doc = concat!("With `", $doc, "`.")]
                pub const fn $set(self) -> Self { self.flag($flag) }
                #[doc = concat!("Whether it has `", $doc, "`.")]
                pub const fn $is(&self) -> bool { self.flags() & $flag != 0 }
            )*
        }
    };
}

mod member;
mod traits;

pub use member::{Location, Member, SchemaSource};
pub use traits::{DefaultValue, TimestampFormat, Trait};

/// A shape: its id, its kind, its members and the traits that a client needs at run time.
#[derive(Debug)]
pub struct Schema {
    id: &'static str,
    kind: Kind,
    flags: u16,
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

const SENSITIVE: u16 = 1;
const SPARSE: u16 = 1 << 1;
const STREAMING: u16 = 1 << 2;
const REQUIRES_LENGTH: u16 = 1 << 3;
const UNTAGGED: u16 = 1 << 4;

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

    const fn flag(mut self, flag: u16) -> Self {
        self.flags |= flag;
        self
    }

    const fn flags(&self) -> u16 {
        self.flags
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
            .find(|(_, member)| member.name() == name)
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

flags! { Schema:
    sensitive is_sensitive SENSITIVE "@sensitive";
    sparse is_sparse SPARSE "@sparse";
    streaming is_streaming STREAMING "@streaming";
    requires_length is_requires_length REQUIRES_LENGTH "@requiresLength";
    untagged is_untagged UNTAGGED "alloy#untagged";
}
