//! The traits between generated types and protocols.
//!
//! A generated structure or union implements [`Shape`]: its schema, and its members by index. Everything that a member
//! can hold implements [`Value`]. A protocol implements [`Writer`] and [`Reader`]. None of these traits is generic, so
//! that each shape is compiled once, not once per protocol.

pub(crate) mod pattern;
mod untyped;
mod values;

pub use pattern::{read_structure, write_structure};
pub use untyped::Untyped;
pub(crate) use untyped::unique;

use crate::error::{DecodeError, EncodeError, ProvideErrorMetadata, RequestIds};
use crate::schema::{Kind, Member, Schema};
use aws_smithy_types::{DateTime, Document, byte_stream::ByteStream};

/// A structure or a union.
pub trait Shape: Send + Sync {
    /// Its table.
    fn schema(&self) -> &'static Schema;

    /// The value of member `index`; none when there is no such member, or when a union holds another one.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// The value of member `index`, to be changed. A union that holds another member switches to a blank value of this
    /// one.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// For a union: the index of the member that it holds, none when that is unknown. For a structure: none.
    fn variant(&self) -> Option<usize> {
        None
    }

    /// For a union: the member that it holds, when the model doesn't know it.
    fn unknown(&self) -> Option<&UnknownMember> {
        None
    }

    /// For a union: sets a member that the model doesn't know. Structures ignore it.
    fn set_unknown(&mut self, _member: UnknownMember) {}

    /// For the output of an operation: sets the ids of the response. Others ignore it.
    fn set_request_ids(&mut self, _ids: RequestIds) {}

    /// A value with nothing set: required members are empty, zero, false or the epoch.
    fn blank() -> Self
    where
        Self: Sized;
}

/// An error of an operation.
pub trait Modeled: ProvideErrorMetadata {
    /// The members of the error; `None` if the model doesn't have it.
    fn modeled(&self) -> Option<&dyn Shape>;
}

/// A union's member that the model doesn't know: kept, and sent back unchanged.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownMember {
    /// The member's name on the wire.
    pub name: String,
    /// Its value, as far as the protocol describes itself.
    pub value: Document,
}

/// What a member, a list element or a map value can hold.
pub trait Value: Send + Sync {
    /// Hands itself to the writer's method for its kind.
    ///
    /// # Errors
    ///
    /// The writer's.
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError>;

    /// Replaces itself by what the reader's method for its kind gives. Never called for a null:
    /// readers handle that.
    ///
    /// # Errors
    ///
    /// The reader's, or the value is out of the type's range.
    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError>;

    /// False for an `Option` that is `None`.
    fn is_set(&self) -> bool {
        true
    }

    /// Whether it is an explicit null, which only a member with `alloy#nullable` sends.
    fn is_null(&self) -> bool {
        false
    }

    /// Becomes an explicit null, if it can.
    fn set_null(&mut self) {}

    /// Takes the stream out, when this is one, and leaves an empty one.
    fn take_stream(&mut self) -> Option<ByteStream> {
        None
    }

    /// Puts a stream in, when this is one.
    ///
    /// # Errors
    ///
    /// The stream, when this is something else.
    fn put_stream(&mut self, stream: ByteStream) -> Result<(), ByteStream> {
        Err(stream)
    }

    /// Takes out the events to send, when this is a stream of events in an input.
    fn take_events(&mut self) -> Option<Events> {
        None
    }

    /// Puts in the events of a response, when this is a stream of events in an output.
    ///
    /// # Errors
    ///
    /// The events, when this is something else.
    fn put_events(&mut self, events: Events) -> Result<(), Events> {
        Err(events)
    }

    /// The value of a null in a list or map of this type; none when nulls are dropped.
    fn null() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// An empty, zero or false value.
    fn blank() -> Self
    where
        Self: Sized;
}

/// Events of either direction. Only [`event_stream`](crate::event_stream) knows their type.
pub type Events = Box<dyn std::any::Any + Send>;

/// A list to write.
pub trait Elements {
    /// The number of elements.
    fn len(&self) -> usize;
    /// Whether it is empty.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Element `index`; none for a null in a sparse list.
    fn get(&self, index: usize) -> Option<&dyn Value>;
}

/// A list to read into.
pub trait ElementsMut {
    /// Appends a blank element and gives a reference to it.
    fn push(&mut self) -> &mut dyn Value;
    /// Appends a null where the list is sparse; nothing otherwise.
    fn push_null(&mut self);
}

/// The callback of [`Entries::each`]: key and value (none for a null in a sparse map).
pub type EachEntry<'a> = dyn FnMut(&str, Option<&dyn Value>) -> Result<(), EncodeError> + 'a;

/// A map to write.
pub trait Entries {
    /// The number of elements.
    fn len(&self) -> usize;
    /// Whether it is empty.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Calls `each` for every entry, until it fails.
    ///
    /// # Errors
    ///
    /// That of `each`.
    fn each(&self, each: &mut EachEntry<'_>) -> Result<(), EncodeError>;
}

/// A map to read into.
pub trait EntriesMut {
    /// Inserts a blank value and gives a reference to it. The last of equal keys wins.
    fn entry(&mut self, key: &str) -> &mut dyn Value;
    /// Inserts a null where the map is sparse; nothing otherwise.
    fn entry_null(&mut self, key: &str);
}

/// Serializes values: one half of a protocol. `member` says how: names, formats, flags.
///
/// Whatever walks over a value is a writer, too, such as validation. Kinds that a writer doesn't implement go to
/// [`other`](Self::other).
///
/// # Errors
///
/// Each method fails when the message can't hold the value.
pub trait Writer {
    /// Called for every kind that isn't implemented. Default: an error that names the kind.
    fn other(&mut self, member: &'static Member) -> Result<(), EncodeError> {
        let kind = member.target().kind().described();
        Err(EncodeError::new(format!("{kind} can't be sent here")))
    }

    /// A structure or a union.
    fn structure(
        &mut self,
        member: &'static Member,
        _value: &dyn Shape,
    ) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A list.
    fn list(&mut self, member: &'static Member, _value: &dyn Elements) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A map.
    fn map(&mut self, member: &'static Member, _value: &dyn Entries) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A boolean.
    fn boolean(&mut self, member: &'static Member, _value: bool) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A byte, short, integer, long or intEnum.
    fn integer(&mut self, member: &'static Member, _value: i64) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A float.
    fn float(&mut self, member: &'static Member, _value: f32) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A double.
    fn double(&mut self, member: &'static Member, _value: f64) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A bigInteger or bigDecimal: its decimal digits.
    fn number(&mut self, member: &'static Member, _value: &str) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A string or an enum.
    fn string(&mut self, member: &'static Member, _value: &str) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A blob.
    fn blob(&mut self, member: &'static Member, _value: &[u8]) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A timestamp.
    fn timestamp(&mut self, member: &'static Member, _value: &DateTime) -> Result<(), EncodeError> {
        self.other(member)
    }

    /// A document.
    fn document(&mut self, member: &'static Member, _value: &Document) -> Result<(), EncodeError> {
        self.other(member)
    }
}

/// Deserializes values: the other half of a protocol.
///
/// Readers skip what the schema doesn't know, treat a null member as absent, and keep nulls in sparse lists and maps
/// only. Kinds that a reader doesn't implement are the error that [`other`](Self::other) gives.
///
/// # Errors
///
/// Each method fails when the message holds something else than the schema says.
pub trait Reader {
    /// The error for every kind that isn't implemented. Default: one that names the kind.
    fn other(&self, member: &'static Member) -> DecodeError {
        let kind = member.target().kind().described();
        DecodeError::new(format!("{kind} can't be read here"))
    }

    /// A structure or a union.
    fn structure(
        &mut self,
        member: &'static Member,
        _into: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        Err(self.other(member))
    }

    /// A list.
    fn list(
        &mut self,
        member: &'static Member,
        _into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        Err(self.other(member))
    }

    /// A map.
    fn map(
        &mut self,
        member: &'static Member,
        _into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        Err(self.other(member))
    }

    /// A boolean.
    fn boolean(&mut self, member: &'static Member) -> Result<bool, DecodeError> {
        Err(self.other(member))
    }

    /// A byte, short, integer, long or intEnum. The caller checks that it fits.
    fn integer(&mut self, member: &'static Member) -> Result<i64, DecodeError> {
        Err(self.other(member))
    }

    /// A float or double.
    fn double(&mut self, member: &'static Member) -> Result<f64, DecodeError> {
        Err(self.other(member))
    }

    /// A bigInteger or bigDecimal: its decimal digits.
    fn number(&mut self, member: &'static Member) -> Result<String, DecodeError> {
        Err(self.other(member))
    }

    /// A string or an enum.
    fn string(&mut self, member: &'static Member) -> Result<String, DecodeError> {
        Err(self.other(member))
    }

    /// A blob.
    fn blob(&mut self, member: &'static Member) -> Result<Vec<u8>, DecodeError> {
        Err(self.other(member))
    }

    /// A timestamp.
    fn timestamp(&mut self, member: &'static Member) -> Result<DateTime, DecodeError> {
        Err(self.other(member))
    }

    /// A document.
    fn document(&mut self, member: &'static Member) -> Result<Document, DecodeError> {
        Err(self.other(member))
    }

    /// Whether this is one more element of a list that has been read in part, to be appended to it. XML's flattened
    /// lists come this way, whose elements can have other members between them.
    fn continues(&self) -> bool {
        false
    }

    /// A scalar or a document as the message has it, with little regard to its kind: for values without a type of
    /// their own ([`Any`](crate::Any)). Default: what the method for the kind gives.
    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        Ok(match member.target().kind() {
            Kind::Boolean => Untyped::Boolean(self.boolean(member)?),
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum => {
                Untyped::Number(self.integer(member)?.to_string())
            }
            Kind::Float | Kind::Double => Untyped::Number(self.double(member)?.to_string()),
            Kind::BigInteger | Kind::BigDecimal => Untyped::Number(self.number(member)?),
            Kind::String | Kind::Enum => Untyped::String(self.string(member)?),
            Kind::Blob => Untyped::Blob(self.blob(member)?),
            Kind::Timestamp => Untyped::Timestamp(self.timestamp(member)?),
            Kind::Document => self.document(member)?.into(),
            Kind::List | Kind::Map | Kind::Structure | Kind::Union => {
                return Err(self.other(member));
            }
        })
    }
}

/// An enum whose values are strings. Generated enums implement it; [`crate::string_enum!`] gives them the
/// rest.
pub trait StringEnum: Sized {
    /// The values that the model knows.
    const VALUES: &'static [&'static str];
    /// The values in the order of the model.
    const LISTED: &'static [&'static str] = Self::VALUES;
    /// Whether its values may be secret.
    const IS_SENSITIVE: bool = false;
    /// The value on the wire.
    fn wire(&self) -> &str;
    /// From the value on the wire; keeps one that the model doesn't know.
    fn from_wire(value: &str) -> Self;
}

/// An enum whose values are integers. Generated enums implement it; [`crate::int_enum!`] gives them the rest.
pub trait IntEnum: Sized {
    /// The values that the model knows.
    const VALUES: &'static [i32];
    /// The values in the order of the model.
    const LISTED: &'static [i32] = Self::VALUES;
    /// The value on the wire.
    fn wire(&self) -> i32;
    /// From the value on the wire; keeps one that the model doesn't know.
    fn from_wire(value: i32) -> Self;
}
