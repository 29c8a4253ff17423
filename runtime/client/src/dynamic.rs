//! Values without a type of their own: for callers that know a shape only by its schema, such as the
//! command line.

use crate::schema::Schema;
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
#[derive(Debug)]
pub struct Record {
    schema: &'static Schema,
    /// One for each member of the schema, none when not set.
    members: Vec<Option<Any>>,
}

impl Record {
    /// One with nothing set.
    pub fn new(schema: &'static Schema) -> Self {
        Self { schema, members: schema.members().iter().map(|_| None).collect() }
    }

    /// Its schema.
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Sets member `index`; false when there is none.
    pub fn set(&mut self, index: usize, value: Any) -> bool {
        self.members.get_mut(index).map(|place| *place = Some(value)).is_some()
    }

    /// Member `index`, when set.
    pub fn get(&self, index: usize) -> Option<&Any> {
        self.members.get(index)?.as_ref()
    }

    /// Takes member `index` out.
    pub fn take(&mut self, index: usize) -> Option<Any> {
        self.members.get_mut(index)?.take()
    }
}
