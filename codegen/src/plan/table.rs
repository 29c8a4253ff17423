//! Tables of lists, maps and simple shapes, and the entries of members.

use super::TypeName;
use super::shapes::{StructureRole, is_unit};
use super::traits::{of_member, of_shape};
use crate::lookup::{Lookup, OrderedSet};
use crate::model::{Member, Model, Shape, ShapeId, ShapeKind, Simple, Traits};
use crate::names::Claims;
use crate::node::{Node, Span};
use crate::registry::Protocol;
use crate::slice::Slice;

/// The table of a list, map or simple shape.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) rust: String,
    pub(crate) id: String,
    pub(crate) span: Span,
    /// Whether the input of an operation reaches it.
    pub(crate) sent: bool,
    pub(crate) kind: TableKind,
    pub(crate) marks: Marks,
}

/// The kind and members of such a table.
#[derive(Debug)]
pub(crate) enum TableKind {
    Simple(Simple),
    List(TableMember),
    Map(TableMember, TableMember),
}

/// A member in a table.
#[derive(Debug)]
pub(crate) struct TableMember {
    pub(crate) name: String,
    pub(crate) target: TableRef,
    pub(crate) binding: Binding,
    pub(crate) marks: Marks,
}

/// Where the table of a target is.
#[derive(Clone, Debug)]
pub(crate) enum TableRef {
    /// A simple shape without traits: a static of the runtime.
    Simple(Simple),
    /// `smithy.api#Unit`: a static of the runtime.
    Unit,
    /// A static of `crate::schema`.
    Table(String),
    /// `SCHEMA` in a type's module.
    Type(TypeName),
}

/// The binding of a member.
#[derive(Debug)]
pub(crate) enum Binding {
    Body,
    JsonName(String),
    Label,
    Query(String),
    QueryParams,
    Header(String),
    PrefixHeaders(String),
    Payload,
    ResponseCode,
    EventHeader,
    EventPayload,
}

/// Flags and other traits of a shape or member.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(crate) flags: Vec<Flag>,
    pub(crate) traits: Vec<Trait>,
}

/// A trait without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    Ascii,
    ClientOptional,
    Deprecated,
    EndpointId,
    EndpointUrl,
    HostLabel,
    IdempotencyToken,
    JsonText,
    LastSegment,
    JsonUnknown,
    Nullable,
    Required,
    RequiresLength,
    Sensitive,
    Sparse,
    Streaming,
    Untagged,
    XmlAttribute,
    XmlFlattened,
    ZipFile,
}

/// A value of `@timestampFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    DateTime,
    EpochSeconds,
    HttpDate,
}

/// A default in a table.
#[derive(Debug)]
pub(crate) enum DefaultValue {
    Boolean(bool),
    Number(String),
    String(String),
    List,
    Map,
}

/// A trait with a value in a table.
#[derive(Debug)]
pub(crate) enum Trait {
    Length(Option<u64>, Option<u64>),
    Range(Option<String>, Option<String>),
    Pattern(String),
    Default(DefaultValue),
    TimestampFormat(TimestampFormat),
    MediaType(String),
    XmlName(String),
    XmlNamespace(String, String),
    Ec2QueryName(String),
    ContextParam(String),
    ClientError(bool),
    HttpError(u16),
    Retryable(bool),
    QueryError(String, u16),
    Discriminated(String),
    StructurePattern(String),
    PercentEncoded(String),
    CustomerKey(String),
}

/// Knows where each shape's table is.
pub(super) struct TableMaker<'m> {
    model: &'m Model,
    sent: &'m OrderedSet<&'m ShapeId>,
    types: Lookup<&'m ShapeId, TypeName>,
    statics: Lookup<&'m ShapeId, String>,
    /// Whether the protocol has HTTP bindings, and `@jsonName`.
    http: bool,
    json_name: bool,
    /// Whether messages are XML or forms, which have traits of their own.
    xml: bool,
}

impl<'m> TableMaker<'m> {
    pub(super) fn new(
        slice: &'m Slice<'m>,
        types: Lookup<&'m ShapeId, TypeName>,
        protocol: &Protocol,
    ) -> Self {
        let mut claims = Claims::default();
        let own = slice
            .shapes
            .iter()
            .filter_map(|id| slice.model.shapes.get(*id))
            .filter(|shape| needs_table(shape, protocol.xml));
        Self {
            model: slice.model,
            sent: &slice.from_input,
            types,
            statics: own
                .map(|shape| (&shape.id, claims.table(shape.id.name())))
                .collect(),
            http: protocol.http_bindings,
            json_name: protocol.json_name,
            xml: protocol.xml,
        }
    }

    /// The flags and traits of a shape that matter for the protocol.
    pub(super) fn marks(&self, shape: &Shape) -> Marks {
        for_protocol(of_shape(&shape.traits), self.xml)
    }

    pub(super) fn tables(&self) -> Vec<Table> {
        let mut tables: Vec<_> = self
            .statics
            .iter()
            .filter_map(|(id, rust)| self.table(self.model.shapes.get(*id)?, rust))
            .collect();
        tables.sort_by(|a, b| a.rust.cmp(&b.rust));
        tables
    }

    fn table(&self, shape: &Shape, rust: &str) -> Option<Table> {
        let kind = match &shape.kind {
            ShapeKind::Simple(simple) => TableKind::Simple(*simple),
            ShapeKind::List(member) => TableKind::List(self.member(member, StructureRole::Nested)),
            ShapeKind::Map(key, value) => TableKind::Map(
                self.member(key, StructureRole::Nested),
                self.member(value, StructureRole::Nested),
            ),
            ShapeKind::Enum(_)
            | ShapeKind::IntEnum(_)
            | ShapeKind::Structure(_)
            | ShapeKind::Union(_)
            | ShapeKind::Operation(_)
            | ShapeKind::Resource(_)
            | ShapeKind::Service(_) => return None,
        };
        Some(Table {
            rust: rust.to_owned(),
            id: shape.id.to_string(),
            span: shape.span,
            sent: self.sent.contains(&shape.id),
            kind,
            marks: self.marks(shape),
        })
    }

    /// A member's entry in a table.
    pub(super) fn member(&self, member: &Member, role: StructureRole) -> TableMember {
        let binding = match self.binding(&member.traits, role) {
            // A name that the member has anyway.
            Binding::JsonName(name) if name == member.name => Binding::Body,
            binding => binding,
        };
        let mut marks = for_protocol(of_member(&member.traits), self.xml);
        let target = self.model.shapes.get(&member.target.id);
        let inherited = match role {
            StructureRole::Input => ("swage.api#lastSegment", Flag::LastSegment),
            _ => ("swage.cli#json", Flag::JsonText),
        };
        let has = |shape: &Shape| shape.traits.has(inherited.0);
        if target.is_some_and(has) && !marks.flags.contains(&inherited.1) {
            marks.flags.push(inherited.1);
        }
        TableMember {
            name: member.name.clone(),
            target: self.target(&member.target.id),
            binding,
            marks,
        }
    }

    fn target(&self, id: &ShapeId) -> TableRef {
        if let Some(name) = self.types.get(id) {
            return TableRef::Type(name.clone());
        }
        if let Some(table) = self.statics.get(id) {
            return TableRef::Table(table.clone());
        }
        let shape = self.model.shapes.get(id);
        if let Some(ShapeKind::Simple(simple)) = shape.map(|shape| &shape.kind) {
            return TableRef::Simple(*simple);
        }
        if is_unit(id) {
            TableRef::Unit
        } else {
            TableRef::Simple(Simple::Document)
        }
    }

    /// HTTP bindings only apply to members of an input, output or error.
    fn binding(&self, traits: &Traits, role: StructureRole) -> Binding {
        let text = |id: &str| traits.get(id).and_then(Node::as_str).map(str::to_owned);
        let (input, output) = (
            self.http && role == StructureRole::Input,
            self.http && matches!(role, StructureRole::Output | StructureRole::Error),
        );
        let mark = |applies: bool, id: &str, binding: Binding| {
            (applies && traits.has(id)).then_some(binding)
        };
        let named = |applies: bool, id: &str, make: fn(String) -> Binding| {
            text(id).filter(|_| applies).map(make)
        };
        None.or_else(|| mark(input, "httpLabel", Binding::Label))
            .or_else(|| named(input, "httpQuery", Binding::Query))
            .or_else(|| mark(input, "httpQueryParams", Binding::QueryParams))
            .or_else(|| named(input || output, "httpHeader", Binding::Header))
            .or_else(|| named(input || output, "httpPrefixHeaders", Binding::PrefixHeaders))
            .or_else(|| mark(input || output, "httpPayload", Binding::Payload))
            .or_else(|| mark(output, "httpResponseCode", Binding::ResponseCode))
            .or_else(|| mark(true, "eventHeader", Binding::EventHeader))
            .or_else(|| mark(true, "eventPayload", Binding::EventPayload))
            .or_else(|| named(self.json_name, "jsonName", Binding::JsonName))
            .unwrap_or(Binding::Body)
    }
}

/// Without what only XML and forms have, if messages are neither.
fn for_protocol(mut marks: Marks, xml: bool) -> Marks {
    if !xml {
        let is_xml = |flag: &Flag| matches!(flag, Flag::XmlFlattened | Flag::XmlAttribute);
        marks.flags.retain(|flag| !is_xml(flag));
        let is_xml = |of: &Trait| {
            matches!(
                of,
                Trait::XmlName(_) | Trait::XmlNamespace(..) | Trait::Ec2QueryName(_)
            )
        };
        marks.traits.retain(|of| !is_xml(of));
    }
    marks
}

/// Whether a shape needs a table: lists and maps do, simple shapes if they have traits that matter at run time.
fn needs_table(shape: &Shape, xml: bool) -> bool {
    match &shape.kind {
        ShapeKind::List(_) | ShapeKind::Map(..) => true,
        ShapeKind::Simple(_) => {
            let Marks { flags, traits } = for_protocol(of_shape(&shape.traits), xml);
            !flags.is_empty() || !traits.is_empty()
        }
        ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_)
        | ShapeKind::Structure(_)
        | ShapeKind::Union(_)
        | ShapeKind::Operation(_)
        | ShapeKind::Resource(_)
        | ShapeKind::Service(_) => false,
    }
}
