//! The contract between generated types and protocols.
//!
//! A generated structure or union implements [`Shape`]: its schema, and its members by index. A
//! protocol implements [`Writer`] and [`Reader`]. Everything that a member can hold implements
//! [`Value`]. None of these traits is generic, so that a shape is compiled once, not once a protocol.

use crate::error::{DecodeError, EncodeError};
use crate::schema::{Member, Schema};
use aws_smithy_types::{DateTime, Document, byte_stream::ByteStream};

/// A structure or a union.
pub trait Shape: Send + Sync {
    /// Its table.
    fn schema(&self) -> &'static Schema;

    /// The value of member `index`; none when there is no such member, or when it is not the one that
    /// a union holds.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// The place of member `index`, to read into or to take a stream from. A union switches to that
    /// member, blank, when it holds another.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// For a union: which member it holds, none when that is unknown. None for a structure.
    fn variant(&self) -> Option<usize> {
        None
    }

    /// For a union: the member that it holds and that its model doesn't know.
    fn unknown(&self) -> Option<&UnknownMember> {
        None
    }

    /// For a union: makes it hold a member that its model doesn't know. Structures drop it.
    fn set_unknown(&mut self, _member: UnknownMember) {}

    /// One with nothing set: required members are empty, zero, false or the epoch.
    fn blank() -> Self
    where
        Self: Sized;
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
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError>;

    /// Replaces itself by what the reader's method for its kind gives. Never called for a null:
    /// readers handle that.
    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError>;

    /// False for an `Option` that is `None`.
    fn is_set(&self) -> bool {
        true
    }

    /// Takes the stream out, when this is one; an empty one stays.
    fn take_stream(&mut self) -> Option<ByteStream> {
        None
    }

    /// Puts a stream in, when this is one; gives it back otherwise.
    fn put_stream(&mut self, stream: ByteStream) -> Result<(), ByteStream> {
        Err(stream)
    }

    /// Takes out the events that are to be sent, when it has some.
    #[cfg(feature = "event-stream")]
    fn take_events(&mut self) -> Option<crate::event_stream::OutgoingEvents> {
        None
    }

    /// Puts the events of a response in, when it receives events; gives them back otherwise.
    #[cfg(feature = "event-stream")]
    fn put_events(
        &mut self,
        events: crate::event_stream::Events,
    ) -> Result<(), crate::event_stream::Events> {
        Err(events)
    }

    /// What a null stands for in a list or map of these; none where it is dropped.
    fn null() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// One with nothing in it.
    fn blank() -> Self
    where
        Self: Sized;
}

/// A list to write.
pub trait Elements {
    /// How many.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Element `index`; none for a null in a sparse list.
    fn get(&self, index: usize) -> Option<&dyn Value>;
}

/// A list to read into.
pub trait ElementsMut {
    /// Appends a blank element and gives it out to be read.
    fn push(&mut self) -> &mut dyn Value;
    /// Appends a null where the list is sparse; nothing otherwise.
    fn push_null(&mut self);
}

/// What [`Entries::each`] calls: key, value (none for a null in a sparse map).
pub type EachEntry<'a> = dyn FnMut(&str, Option<&dyn Value>) -> Result<(), EncodeError> + 'a;

/// A map to write.
pub trait Entries {
    /// How many.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Calls `each` for every entry, until it fails.
    fn each(&self, each: &mut EachEntry<'_>) -> Result<(), EncodeError>;
}

/// A map to read into.
pub trait EntriesMut {
    /// Inserts a blank value and gives it out to be read. The last of equal keys wins.
    fn entry(&mut self, key: &str) -> &mut dyn Value;
    /// Inserts a null where the map is sparse; nothing otherwise.
    fn entry_null(&mut self, key: &str);
}

/// One half of a protocol: puts values into a message. `member` says how: names, formats, flags.
///
/// A writer is also how other code walks over a value: validation and redaction are writers.
#[allow(missing_docs)]
pub trait Writer {
    /// A structure or a union.
    fn structure(&mut self, member: &'static Member, value: &dyn Shape) -> Result<(), EncodeError>;
    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError>;
    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError>;
    fn boolean(&mut self, member: &'static Member, value: bool) -> Result<(), EncodeError>;
    /// Byte to long, and intEnum.
    fn integer(&mut self, member: &'static Member, value: i64) -> Result<(), EncodeError>;
    fn float(&mut self, member: &'static Member, value: f32) -> Result<(), EncodeError>;
    fn double(&mut self, member: &'static Member, value: f64) -> Result<(), EncodeError>;
    /// A bigInteger or bigDecimal: its decimal digits.
    fn number(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError>;
    /// A string or an enum.
    fn string(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError>;
    fn blob(&mut self, member: &'static Member, value: &[u8]) -> Result<(), EncodeError>;
    fn timestamp(&mut self, member: &'static Member, value: &DateTime) -> Result<(), EncodeError>;
    fn document(&mut self, member: &'static Member, value: &Document) -> Result<(), EncodeError>;
}

/// The other half of a protocol: takes values out of a message.
///
/// Readers skip what the schema doesn't know, treat a null member as absent, and keep nulls in sparse
/// lists and maps only.
#[allow(missing_docs)]
pub trait Reader {
    /// A structure or a union.
    fn structure(
        &mut self,
        member: &'static Member,
        into: &mut dyn Shape,
    ) -> Result<(), DecodeError>;
    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError>;
    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError>;
    fn boolean(&mut self, member: &'static Member) -> Result<bool, DecodeError>;
    /// Byte to long, and intEnum; the caller checks that it fits.
    fn integer(&mut self, member: &'static Member) -> Result<i64, DecodeError>;
    /// Float and double.
    fn double(&mut self, member: &'static Member) -> Result<f64, DecodeError>;
    /// A bigInteger or bigDecimal: its decimal digits.
    fn number(&mut self, member: &'static Member) -> Result<String, DecodeError>;
    /// A string or an enum.
    fn string(&mut self, member: &'static Member) -> Result<String, DecodeError>;
    fn blob(&mut self, member: &'static Member) -> Result<Vec<u8>, DecodeError>;
    fn timestamp(&mut self, member: &'static Member) -> Result<DateTime, DecodeError>;
    fn document(&mut self, member: &'static Member) -> Result<Document, DecodeError>;
    /// Whether this is one more element of a list that was read in part: it goes behind what is there. Lists whose
    /// elements have other members between them come so.
    fn continues(&self) -> bool {
        false
    }
    /// Whatever comes, without regard to the member's kind where the message describes itself: for
    /// values that have no type of their own (see [`crate::dynamic`]).
    fn any(&mut self, member: &'static Member) -> Result<crate::dynamic::Any, DecodeError>;
}

/// An enum whose values are strings. Generated enums implement it; [`crate::string_enum!`] gives them the
/// rest.
pub trait StringEnum: Sized {
    /// The values that the model knows, in model order.
    const VALUES: &'static [&'static str];
    /// The value on the wire.
    fn wire(&self) -> &str;
    /// From the value on the wire; keeps one that the model doesn't know.
    fn from_wire(value: &str) -> Self;
}

/// An enum whose values are integers. Generated enums implement it; [`crate::int_enum!`] gives them the rest.
pub trait IntEnum: Sized {
    /// The values that the model knows, in model order.
    const VALUES: &'static [i32];
    /// The value on the wire.
    fn wire(&self) -> i32;
    /// From the value on the wire; keeps one that the model doesn't know.
    fn from_wire(value: i32) -> Self;
}
