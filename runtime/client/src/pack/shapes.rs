//! Shapes: those that an operation uses are read at once, so that nothing can fail later.

use super::PackError;
use super::decode::{Decoder, Table};
use crate::schema::{
    BIG_DECIMAL, BIG_INTEGER, BLOB, BOOLEAN, BYTE, DOCUMENT, DOUBLE, DefaultValue, FLOAT, INTEGER,
    Kind, LONG, Member, SHORT, STRING, Schema, SchemaSource, TIMESTAMP, TimestampFormat, Trait,
    UNIT,
};
use std::sync::{Mutex, OnceLock, PoisonError};

type Result<T> = std::result::Result<T, PackError>;

/// The shapes of the prelude, in the order in which a pack numbers them.
static PRELUDE: [&Schema; 14] = [
    &BOOLEAN,
    &BYTE,
    &SHORT,
    &INTEGER,
    &LONG,
    &FLOAT,
    &DOUBLE,
    &BIG_INTEGER,
    &BIG_DECIMAL,
    &STRING,
    &BLOB,
    &TIMESTAMP,
    &DOCUMENT,
    &UNIT,
];

/// The kinds of shapes, in the order in which a pack numbers them.
const KINDS: [Kind; 19] = [
    Kind::Boolean,
    Kind::Byte,
    Kind::Short,
    Kind::Integer,
    Kind::Long,
    Kind::Float,
    Kind::Double,
    Kind::BigInteger,
    Kind::BigDecimal,
    Kind::String,
    Kind::Blob,
    Kind::Timestamp,
    Kind::Document,
    Kind::Enum,
    Kind::IntEnum,
    Kind::List,
    Kind::Map,
    Kind::Structure,
    Kind::Union,
];

/// The flags of members, by their bits.
const MEMBER_FLAGS: [fn(Member) -> Member; 15] = [
    Member::required,
    Member::client_optional,
    Member::idempotency_token,
    Member::xml_flattened,
    Member::xml_attribute,
    Member::host_label,
    Member::deprecated,
    Member::last_segment,
    Member::nullable,
    Member::json_unknown,
    Member::ascii,
    Member::endpoint_url,
    Member::endpoint_id,
    Member::json_text,
    Member::zip_file,
];

/// The flags of shapes, whose bits follow those of members.
const SCHEMA_FLAGS: [fn(Schema) -> Schema; 5] = [
    Schema::sensitive,
    Schema::sparse,
    Schema::streaming,
    Schema::requires_length,
    Schema::untagged,
];

/// The shapes of a service that have been read.
pub(super) struct Shapes {
    records: Table,
    texts: Table,
    read: Box<[OnceLock<&'static Schema>]>,
    reading: Mutex<()>,
}

impl SchemaSource for Shapes {
    fn schema(&self, index: u32) -> &'static Schema {
        // Members lead to shapes that have been read, because all shapes of an operation are.
        self.get(index).unwrap_or(&UNIT)
    }
}

/// The shapes, and the same as members refer to them.
#[derive(Clone, Copy)]
pub(super) struct Source {
    shapes: &'static Shapes,
    of_members: &'static &'static dyn SchemaSource,
}

impl Shapes {
    fn get(&self, index: u32) -> Option<&'static Schema> {
        self.read.get(index as usize)?.get().copied()
    }
}

/// What a shape or member targets.
#[derive(Clone, Copy)]
enum Target {
    Read(&'static Schema),
    Unread(u32),
}

impl Source {
    pub(super) fn new(records: Table, texts: Table) -> Self {
        let shapes = Box::leak(Box::new(Shapes {
            records,
            texts,
            read: (0..records.len()).map(|_| OnceLock::new()).collect(),
            reading: Mutex::default(),
        }));
        let of_members: &'static dyn SchemaSource = shapes;
        Self {
            shapes,
            of_members: Box::leak(Box::new(of_members)),
        }
    }

    /// Reads the shapes with these numbers, and all that they lead to.
    pub(super) fn read(&self, numbers: &[usize]) -> Result<Vec<&'static Schema>> {
        let lock = self.shapes.reading.lock();
        let _lock = lock.unwrap_or_else(PoisonError::into_inner);
        let roots: Vec<_> = numbers
            .iter()
            .map(|number| self.target(*number))
            .collect::<Result<_>>()?;
        self.read_unread(roots.iter().copied())?;
        let schemas = roots.into_iter().map(|root| match root {
            Target::Read(schema) => schema,
            Target::Unread(index) => self.shapes.get(index).unwrap_or(&UNIT),
        });
        Ok(schemas.collect())
    }

    /// Shapes become visible together, so that one is complete whoever finds it.
    fn read_unread(&self, roots: impl Iterator<Item = Target>) -> Result<()> {
        let mut todo: Vec<u32> = roots.filter_map(Target::unread).collect();
        let mut made: Vec<(u32, &'static Schema)> = Vec::new();
        let mut seen = vec![false; self.shapes.records.len()];
        while let Some(index) = todo.pop() {
            match seen.get_mut(index as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            made.push((index, self.schema(index, &mut todo)?));
        }
        for (index, schema) in made {
            if let Some(place) = self.shapes.read.get(index as usize) {
                // The lock is held, so the place is free.
                let _ = place.set(schema);
            }
        }
        Ok(())
    }

    fn target(&self, number: usize) -> Result<Target> {
        if let Some(schema) = PRELUDE.get(number) {
            return Ok(Target::Read(schema));
        }
        let own = number - PRELUDE.len();
        let index = u32::try_from(own)
            .ok()
            .filter(|_| own < self.shapes.records.len());
        let index = index.ok_or(PackError::Invalid("target"))?;
        Ok(self
            .shapes
            .get(index)
            .map_or(Target::Unread(index), Target::Read))
    }

    fn schema(&self, index: u32, todo: &mut Vec<u32>) -> Result<&'static Schema> {
        let record = self.shapes.records.get(index as usize)?;
        let mut from = Decoder::new(record, self.shapes.texts);
        let kind = KINDS.get(usize::from(from.byte()?));
        let kind = *kind.ok_or(PackError::Invalid("kind of a shape"))?;
        let (id, flags) = (from.id()?, from.number()?);
        let traits = from.list(one_trait)?;
        let members = from.list(|from| self.member(from, todo))?;
        let schema = match (kind, members) {
            (Kind::List, [_]) => {
                Schema::list(id, members.first_chunk().ok_or(PackError::Invalid("list"))?)
            }
            (Kind::Map, [_, _]) => {
                Schema::map(id, members.first_chunk().ok_or(PackError::Invalid("map"))?)
            }
            (Kind::Structure, _) => Schema::structure(id, members),
            (Kind::Union, _) => Schema::union(id, members),
            (Kind::List | Kind::Map, _) => return Err(PackError::Invalid("list or map")),
            (_, []) => Schema::simple(id, kind),
            _ => return Err(PackError::Invalid("members of a shape")),
        };
        let schema = with_flags(
            schema.with(traits),
            flags,
            MEMBER_FLAGS.len(),
            &SCHEMA_FLAGS,
        )?;
        Ok(Box::leak(Box::new(schema)))
    }

    fn member(&self, from: &mut Decoder, todo: &mut Vec<u32>) -> Result<Member> {
        let (name, target) = (from.text()?, self.target(from.narrow()?)?);
        todo.extend(target.unread());
        let member = match target {
            Target::Read(schema) => Member::new(name, schema),
            Target::Unread(index) => Member::deferred(name, self.of_members, index),
        };
        let member = located(member, from)?;
        let flags = from.number()?;
        let member = member.with(from.list(one_trait)?);
        with_flags(member, flags, 0, &MEMBER_FLAGS)
    }
}

impl Target {
    fn unread(self) -> Option<u32> {
        match self {
            Self::Read(_) => None,
            Self::Unread(index) => Some(index),
        }
    }
}

/// Sets the flags whose bits are set; the first of `setters` has the bit `first`.
fn with_flags<T>(of: T, flags: u64, first: usize, setters: &[fn(T) -> T]) -> Result<T> {
    let known = ((1 << setters.len()) - 1) << first;
    if flags & !known != 0 {
        return Err(PackError::Invalid("flag"));
    }
    let set = setters.iter().enumerate();
    let set = set.filter(|(bit, _)| flags & (1 << (first + bit)) != 0);
    Ok(set.fold(of, |of, (_, set)| set(of)))
}

fn located(member: Member, from: &mut Decoder) -> Result<Member> {
    let place = from.byte()?;
    let name = match place {
        1 | 3 | 5 | 6 => leaked(from.text()?),
        _ => &"",
    };
    Ok(match place {
        0 => member,
        1 => member.json_name(name),
        2 => member.label(),
        3 => member.query(name),
        4 => member.query_params(),
        5 => member.header(name),
        6 => member.prefix_headers(name),
        7 => member.payload(),
        8 => member.response_code(),
        9 => member.event_header(),
        10 => member.event_payload(),
        _ => return Err(PackError::Invalid("place of a member")),
    })
}

fn leaked(text: &'static str) -> &'static &'static str {
    Box::leak(Box::new(text))
}

fn one_trait(from: &mut Decoder) -> Result<Trait> {
    Ok(match from.byte()? {
        0 => Trait::Length(
            from.optional(Decoder::number)?,
            from.optional(Decoder::number)?,
        ),
        1 => Trait::Range(
            from.optional(Decoder::float)?,
            from.optional(Decoder::float)?,
        ),
        2 => Trait::Pattern(from.text()?),
        3 => Trait::Default(default_value(from)?),
        4 => Trait::TimestampFormat(match from.byte()? {
            0 => TimestampFormat::DateTime,
            1 => TimestampFormat::EpochSeconds,
            2 => TimestampFormat::HttpDate,
            _ => return Err(PackError::Invalid("format of timestamps")),
        }),
        5 => Trait::MediaType(from.text()?),
        6 => Trait::XmlName(from.text()?),
        7 => Trait::XmlNamespace(from.text()?, from.text()?),
        8 => Trait::Ec2QueryName(from.text()?),
        9 => Trait::ContextParam(from.text()?),
        10 => Trait::ClientError(from.bool()?),
        11 => Trait::HttpError(from.narrow()?),
        12 => Trait::Retryable(from.bool()?),
        13 => Trait::QueryError(from.text()?, from.narrow()?),
        14 => Trait::Discriminated(from.text()?),
        15 => Trait::StructurePattern(from.text()?),
        16 => Trait::PercentEncoded(from.text()?),
        17 => Trait::EnumValues(from.texts()?),
        18 => Trait::IntEnumValues(from.list(|from| {
            i32::try_from(from.signed()?).map_err(|_| PackError::Invalid("value of an enum"))
        })?),
        19 => Trait::CustomerKey(from.text()?),
        _ => return Err(PackError::Invalid("trait")),
    })
}

fn default_value(from: &mut Decoder) -> Result<DefaultValue> {
    Ok(match from.byte()? {
        0 => DefaultValue::Boolean(from.bool()?),
        1 => DefaultValue::Number(from.text()?),
        2 => DefaultValue::String(from.text()?),
        3 => DefaultValue::List,
        4 => DefaultValue::Map,
        _ => return Err(PackError::Invalid("default")),
    })
}
