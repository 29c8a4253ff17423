//! Values without a type of their own, for callers that know a shape only by its schema, such as the command line.

mod compare;
mod convert;
mod correct;
mod debug;
mod write;

use crate::error::{DecodeError, EncodeError};
use crate::schema::{DefaultValue, Kind, Member, Schema, UNIT};
use crate::shape::{
    EachEntry, Entries, EntriesMut, Reader, Shape, UnknownMember, Untyped, Value, Writer, unique,
};
use aws_smithy_types::{DateTime, byte_stream::ByteStream};

/// A value of any kind. Maps and structures keep their order.
#[derive(Debug)]
pub enum Any {
    /// JSON's null.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number of any size and precision: its text, in JSON's grammar plus `NaN`, `Infinity`, `-Infinity`.
    Number(String),
    /// A string or an enum; also a blob in a message that has no blobs, still encoded.
    String(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A point in time.
    Timestamp(DateTime),
    /// A list.
    List(Vec<Any>),
    /// A map, a document's object, or a value of unknown shape.
    Map(Vec<(String, Any)>),
    /// A structure or union whose schema is known.
    Structure(Record),
    /// A streaming blob.
    Stream(ByteStream),
}

/// A structure or union by schema: a [`crate::Shape`] without a type of its own.
///
/// Its Debug form shows no sensitive members.
pub struct Record {
    schema: &'static Schema,
    /// The value of each member of the schema, none when it isn't set.
    members: Vec<Option<Any>>,
    unknown: Option<UnknownMember>,
}

impl Any {
    /// A map. Of equal keys, the last value takes the position of the first.
    pub fn map(entries: Vec<(String, Any)>) -> Self {
        Self::Map(unique(entries))
    }
}

impl From<DefaultValue> for Any {
    fn from(value: DefaultValue) -> Self {
        match value {
            DefaultValue::Boolean(value) => Self::Boolean(value),
            DefaultValue::Number(text) => Self::Number(text.to_owned()),
            DefaultValue::String(text) => Self::String(text.to_owned()),
            DefaultValue::List => Self::List(Vec::new()),
            DefaultValue::Map => Self::Map(Vec::new()),
        }
    }
}

impl Record {
    /// A record with only the defaults set.
    pub fn new(schema: &'static Schema) -> Self {
        let defaults = schema.members().iter().map(Member::default_value);
        Self {
            schema,
            members: defaults.map(|value| value.map(Any::from)).collect(),
            unknown: None,
        }
    }

    /// Its schema.
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Sets member `index`. Returns false if there is no such member.
    pub fn set(&mut self, index: usize, value: Any) -> bool {
        self.members
            .get_mut(index)
            .map(|place| *place = Some(value))
            .is_some()
    }

    /// Member `index`, when set.
    pub fn get(&self, index: usize) -> Option<&Any> {
        self.members.get(index)?.as_ref()
    }

    /// The member of that name, when set.
    #[cfg(feature = "client")]
    pub(crate) fn named(&self, name: &str) -> Option<&Any> {
        self.get(self.schema.member(name)?.0)
    }

    /// Sets `@required` members that a response lacks to false, zero or an empty value, at any depth (Smithy 2.0, "Client
    /// error correction"). Generated types always do this. A record shows what arrived until this is called.
    pub fn correct_errors(&mut self) {
        correct::correct(self);
    }

    /// Takes member `index` out.
    pub fn take(&mut self, index: usize) -> Option<Any> {
        self.members.get_mut(index)?.take()
    }
}

impl Shape for Record {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|value| value as &dyn Value)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        if self.schema.kind() == Kind::Union {
            self.unknown = None;
            let others = self
                .members
                .iter_mut()
                .enumerate()
                .filter(|(other, _)| *other != index);
            others.for_each(|(_, place)| *place = None);
        }
        self.members
            .get_mut(index)
            .map(|place| place as &mut dyn Value)
    }

    fn variant(&self) -> Option<usize> {
        self.members
            .iter()
            .position(Option::is_some)
            .filter(|_| self.schema.kind() == Kind::Union)
    }

    fn unknown(&self) -> Option<&UnknownMember> {
        self.unknown.as_ref()
    }

    fn set_unknown(&mut self, member: UnknownMember) {
        if self.schema.kind() == Kind::Union {
            self.members.fill_with(|| None);
            self.unknown = Some(member);
        }
    }

    /// A record of the unit type. Use [`Record::new`] for records with members.
    fn blank() -> Self {
        Self::new(&UNIT)
    }
}

impl Value for Record {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.structure(member, self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = Self::new(member.target());
        from.structure(member, self)
    }

    fn blank() -> Self {
        Shape::blank()
    }
}

impl Value for Any {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        write::write(self, member, to)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        let (target, continues) = (member.target(), from.continues());
        *self = match target.kind() {
            Kind::List => {
                let mut values = Vec::<Self>::new();
                from.list(member, &mut values)?;
                match self {
                    Self::List(earlier) if continues => {
                        earlier.append(&mut values);
                        return Ok(());
                    }
                    _ => Self::List(values),
                }
            }
            Kind::Map => {
                let mut entries = Vec::new();
                from.map(member, &mut entries)?;
                Self::map(entries)
            }
            Kind::Structure | Kind::Union => {
                let mut record = Record::new(target);
                from.structure(member, &mut record)?;
                Self::Structure(record)
            }
            _ => match from.untyped(member)? {
                Untyped::Blob(bytes) if target.is_streaming() => Self::Stream(bytes.into()),
                value => value.into(),
            },
        };
        Ok(())
    }

    fn is_set(&self) -> bool {
        !matches!(self, Self::Null)
    }

    fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    fn set_null(&mut self) {
        *self = Self::Null;
    }

    fn take_stream(&mut self) -> Option<ByteStream> {
        match self {
            Self::Stream(stream) => Some(std::mem::take(stream)),
            _ => None,
        }
    }

    fn put_stream(&mut self, stream: ByteStream) -> Result<(), ByteStream> {
        *self = Self::Stream(stream);
        Ok(())
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }

    fn blank() -> Self {
        Self::Null
    }
}

impl Entries for Vec<(String, Any)> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, each: &mut EachEntry<'_>) -> Result<(), EncodeError> {
        self.iter()
            .try_for_each(|(key, value)| each(key, value.is_set().then_some(value as &dyn Value)))
    }
}

/// Keeps entries with equal keys, because searching a long map for each key would be slow. [`Any::map`] removes them.
impl EntriesMut for Vec<(String, Any)> {
    fn entry(&mut self, key: &str) -> &mut dyn Value {
        &mut self.push_mut((key.to_owned(), Any::Null)).1
    }

    fn entry_null(&mut self, key: &str) {
        self.push((key.to_owned(), Any::Null));
    }
}
