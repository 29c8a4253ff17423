//! The shapes of a section: the tables of inputs, outputs, types, lists, maps, and simple shapes that have traits.

use super::encode::{Encoder, Texts};
use crate::model::Simple;
use crate::plan::{
    Binding, DefaultValue, Enum, Flag, Marks, Plan, Structure, TableKind, TableMember, TableRef,
    TimestampFormat, Trait, TypeKind, TypeName,
};
use std::collections::BTreeMap;

/// What a target is: one of the prelude's shapes, or a shape of the section, whose index is added.
const FIRST_OWN: usize = 14;
const UNIT: usize = 13;

/// The kinds of shapes with members, and of enums. Those of simple shapes are in [`simple`].
const ENUM: u8 = 13;
const INT_ENUM: u8 = 14;
const LIST: u8 = 15;
const MAP: u8 = 16;
const STRUCTURE: u8 = 17;
const UNION: u8 = 18;

/// Where each shape is in the section.
pub(super) struct Shapes<'p> {
    types: BTreeMap<&'p TypeName, usize>,
    tables: BTreeMap<&'p str, usize>,
    /// Inputs and outputs by operation; `None` for the unit shape.
    sides: Vec<[Option<usize>; 2]>,
    records: Vec<Vec<u8>>,
    /// For each shape, the shapes that its members target.
    targets: Vec<Vec<usize>>,
}

impl<'p> Shapes<'p> {
    pub(super) fn new(plan: &'p Plan, texts: &mut Texts) -> Self {
        let mut next = 0..;
        let mut number = || next.next().unwrap_or_default();
        let types = plan.types.iter().map(|of| (&of.name, number()));
        let types: BTreeMap<_, _> = types.collect();
        let tables = plan.tables.iter().map(|of| (of.rust.as_str(), number()));
        let tables: BTreeMap<_, _> = tables.collect();
        let mut side = |side: &Structure| side.id.is_some().then(&mut number);
        let operations = plan.operations.iter();
        let sides = operations.map(|of| [side(&of.input), side(&of.output)]);
        let mut shapes = Self {
            types,
            tables,
            sides: sides.collect(),
            records: Vec::new(),
            targets: Vec::new(),
        };
        shapes.write(plan, texts);
        shapes
    }

    /// The records, in order.
    pub(super) fn records(&self) -> &[Vec<u8>] {
        &self.records
    }

    /// The input and output of an operation, as [`Shapes::target`] gives them.
    pub(super) fn sides(&self, operation: usize) -> [usize; 2] {
        let sides = self.sides.get(operation).copied().unwrap_or_default();
        sides.map(|side| side.map_or(UNIT, |index| FIRST_OWN + index))
    }

    /// The type's shape as a target.
    pub(super) fn of_type(&self, name: &TypeName) -> usize {
        self.types.get(name).map_or(UNIT, |index| FIRST_OWN + index)
    }

    /// The types that a shape reaches, itself included, by their places in the plan.
    pub(super) fn reached_types(&self, roots: &[usize]) -> Vec<usize> {
        let mut seen = vec![false; self.records.len()];
        let own = |target: &usize| target.checked_sub(FIRST_OWN);
        let mut todo: Vec<usize> = roots.iter().rev().filter_map(own).collect();
        let mut reached = Vec::new();
        while let Some(index) = todo.pop() {
            match seen.get_mut(index) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            if index < self.types.len() {
                reached.push(index);
            }
            todo.extend(self.targets.get(index).into_iter().flatten().rev());
        }
        reached
    }

    fn target(&self, of: &TableRef) -> usize {
        match of {
            TableRef::Simple(of) => usize::from(simple(*of)),
            TableRef::Unit => UNIT,
            TableRef::Table(name) => self
                .tables
                .get(name.as_str())
                .map_or(UNIT, |index| FIRST_OWN + index),
            TableRef::Type(name) => self.of_type(name),
        }
    }

    fn write(&mut self, plan: &Plan, texts: &mut Texts) {
        for of in &plan.types {
            match &of.kind {
                TypeKind::Structure(of) => self.structure(of, texts),
                TypeKind::Union(of) => {
                    let members = of.variants.iter().map(|of| &of.member.table);
                    let members: Vec<_> = members.collect();
                    self.shape(UNION, &of.id, &of.marks, &members, texts);
                }
                TypeKind::Enum(of) => self.enumeration(ENUM, of, texts),
                TypeKind::IntEnum(of) => self.enumeration(INT_ENUM, of, texts),
            }
        }
        for of in &plan.tables {
            let (kind, members) = match &of.kind {
                TableKind::Simple(of) => (simple(*of), Vec::new()),
                TableKind::List(element) => (LIST, vec![element]),
                TableKind::Map(key, value) => (MAP, vec![key, value]),
            };
            self.shape(kind, &of.id, &of.marks, &members, texts);
        }
        let operations = plan.operations.iter();
        for side in operations.flat_map(|of| [&of.input, &of.output]) {
            if side.id.is_some() {
                self.structure(side, texts);
            }
        }
    }

    fn structure(&mut self, of: &Structure, texts: &mut Texts) {
        let id = of.id.as_deref().unwrap_or_default();
        let members: Vec<_> = of.members.iter().map(|of| &of.table).collect();
        self.shape(STRUCTURE, id, &of.marks, &members, texts);
    }

    fn shape(
        &mut self,
        kind: u8,
        id: &str,
        marks: &Marks,
        members: &[&TableMember],
        texts: &mut Texts,
    ) {
        let mut to = Encoder::new(texts);
        to.byte(kind);
        to.id(id);
        write_flags(&mut to, marks);
        to.list(&marks.traits, one_trait);
        to.list(members, |to, of| self.member(to, of));
        self.records.push(to.into_bytes());
        let targets = members.iter().map(|of| self.target(&of.target));
        let targets = targets.filter_map(|target| target.checked_sub(FIRST_OWN));
        self.targets.push(targets.collect());
    }

    /// An enum, whose values are its first trait.
    fn enumeration(&mut self, kind: u8, of: &Enum, texts: &mut Texts) {
        let mut to = Encoder::new(texts);
        to.byte(kind);
        to.id(&of.id);
        write_flags(&mut to, &of.marks);
        to.size(of.marks.traits.len() + 1);
        if kind == ENUM {
            to.byte(17);
            to.list(&of.values, |to, value| to.text(&value.wire));
        } else {
            to.byte(18);
            to.list(&of.values, |to, value| {
                let value: i64 = value.wire.parse().unwrap_or_default();
                to.number(zigzag(value));
            });
        }
        of.marks.traits.iter().for_each(|of| one_trait(&mut to, of));
        to.size(0);
        self.records.push(to.into_bytes());
        self.targets.push(Vec::new());
    }

    /// A member: its name, its target, where it goes, flags, traits.
    fn member(&self, to: &mut Encoder<'_>, of: &TableMember) {
        to.text(&of.name);
        to.size(self.target(&of.target));
        binding(to, &of.binding);
        write_flags(to, &of.marks);
        to.list(&of.marks.traits, one_trait);
    }
}

/// Signed numbers: 0, -1, 1, -2 and so on become 0, 1, 2, 3.
fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

/// The kind of a simple shape, and the target that stands for the prelude's shape of that kind.
fn simple(of: Simple) -> u8 {
    match of {
        Simple::Boolean => 0,
        Simple::Byte => 1,
        Simple::Short => 2,
        Simple::Integer => 3,
        Simple::Long => 4,
        Simple::Float => 5,
        Simple::Double => 6,
        Simple::BigInteger => 7,
        Simple::BigDecimal => 8,
        Simple::String => 9,
        Simple::Blob => 10,
        Simple::Timestamp => 11,
        Simple::Document => 12,
    }
}

fn write_flags(to: &mut Encoder<'_>, marks: &Marks) {
    let bits = marks.flags.iter().map(|of| 1 << flag(*of));
    to.number(bits.fold(0, |all, bit: u64| all | bit));
}

/// The bit of a flag.
fn flag(of: Flag) -> u32 {
    match of {
        Flag::Required => 0,
        Flag::ClientOptional => 1,
        Flag::IdempotencyToken => 2,
        Flag::XmlFlattened => 3,
        Flag::XmlAttribute => 4,
        Flag::HostLabel => 5,
        Flag::Deprecated => 6,
        Flag::LastSegment => 7,
        Flag::Nullable => 8,
        Flag::JsonUnknown => 9,
        Flag::Ascii => 10,
        Flag::EndpointUrl => 11,
        Flag::EndpointId => 12,
        Flag::JsonText => 13,
        Flag::ZipFile => 14,
        Flag::Sensitive => 15,
        Flag::Sparse => 16,
        Flag::Streaming => 17,
        Flag::RequiresLength => 18,
        Flag::Untagged => 19,
    }
}

fn binding(to: &mut Encoder<'_>, of: &Binding) {
    let (place, name) = match of {
        Binding::Body => (0, None),
        Binding::JsonName(name) => (1, Some(name)),
        Binding::Label => (2, None),
        Binding::Query(name) => (3, Some(name)),
        Binding::QueryParams => (4, None),
        Binding::Header(name) => (5, Some(name)),
        Binding::PrefixHeaders(prefix) => (6, Some(prefix)),
        Binding::Payload => (7, None),
        Binding::ResponseCode => (8, None),
        Binding::EventHeader => (9, None),
        Binding::EventPayload => (10, None),
    };
    to.byte(place);
    if let Some(name) = name {
        to.text(name);
    }
}

/// A trait with a value: its number, then the value.
fn one_trait(to: &mut Encoder<'_>, of: &Trait) {
    let mut tagged = |tag, text: &str| {
        to.byte(tag);
        to.text(text);
    };
    match of {
        Trait::Pattern(pattern) => tagged(2, pattern),
        Trait::MediaType(media_type) => tagged(5, media_type),
        Trait::XmlName(name) => tagged(6, name),
        Trait::Ec2QueryName(name) => tagged(8, name),
        Trait::ContextParam(name) => tagged(9, name),
        Trait::Discriminated(name) => tagged(14, name),
        Trait::StructurePattern(pattern) => tagged(15, pattern),
        Trait::PercentEncoded(parameter) => tagged(16, parameter),
        Trait::CustomerKey(member) => tagged(19, member),
        Trait::XmlNamespace(uri, prefix) => {
            tagged(7, uri);
            to.text(prefix);
        }
        Trait::QueryError(code, status) => {
            tagged(13, code);
            to.number(u64::from(*status));
        }
        Trait::Length(min, max) => {
            to.byte(0);
            to.optional(*min);
            to.optional(*max);
        }
        Trait::Range(min, max) => {
            to.byte(1);
            for bound in [min, max] {
                to.bool(bound.is_some());
                if let Some(digits) = bound {
                    to.float(digits.parse().unwrap_or_default());
                }
            }
        }
        Trait::Default(value) => {
            to.byte(3);
            default_value(to, value);
        }
        Trait::TimestampFormat(format) => {
            to.byte(4);
            to.byte(match format {
                TimestampFormat::DateTime => 0,
                TimestampFormat::EpochSeconds => 1,
                TimestampFormat::HttpDate => 2,
            });
        }
        Trait::ClientError(client) => {
            to.byte(10);
            to.bool(*client);
        }
        Trait::HttpError(status) => {
            to.byte(11);
            to.number(u64::from(*status));
        }
        Trait::Retryable(throttling) => {
            to.byte(12);
            to.bool(*throttling);
        }
    }
}

fn default_value(to: &mut Encoder<'_>, of: &DefaultValue) {
    match of {
        DefaultValue::Boolean(value) => {
            to.byte(0);
            to.bool(*value);
        }
        DefaultValue::Number(digits) => {
            to.byte(1);
            to.text(digits);
        }
        DefaultValue::String(value) => {
            to.byte(2);
            to.text(value);
        }
        DefaultValue::List => to.byte(3),
        DefaultValue::Map => to.byte(4),
    }
}
