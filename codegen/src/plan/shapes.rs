//! Structures, unions and enums: names, types of members, nullability, boxes.

use super::boxes::{Boxes, boxes};
use super::table::TableMaker;
use super::traits::{default, deprecated};
use super::{
    Binding, Enum, EnumValue, Facts, Flag, Literal, Marks, Member, Presence, Protocol, Structure,
    Table, TableMember, TableRef, Trait, Ty, Type, TypeKind, TypeName, Union, Variant,
};
use crate::base64;
use crate::docs::Docs;
use crate::lookup::{Lookup, LookupSet};
use crate::model::{self, Reference, Shape, ShapeId, ShapeKind, Simple};
use crate::names::{self, Claims};
use crate::node::{Node, NodeValue, Span};
use crate::slice::{Slice, is_event_stream, members};
use std::collections::BTreeSet;

/// The deepest nesting of a type, which only a recursive list could exceed.
const DEEPEST: u32 = 24;

/// Defaults that clients ignore.
const IGNORE_DEFAULTS: &str = "swage.api#ignoreDefaults";
/// A service whose members are all optional.
const OPTIONAL_MEMBERS: &str = "swage.api#optionalMembers";

/// The role of a structure, which decides nullability and HTTP bindings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StructureRole {
    Input,
    Output,
    Error,
    Nested,
}

/// The shapes of the slice with their names.
pub(super) struct PlannedShapes<'m> {
    pub(super) slice: &'m Slice<'m>,
    pub(super) tables: TableMaker<'m>,
    names: Lookup<&'m ShapeId, TypeName>,
    errors: LookupSet<&'m ShapeId>,
    boxes: Boxes<'m>,
}

impl<'m> PlannedShapes<'m> {
    pub(super) fn new(slice: &'m Slice<'m>, protocol: &Protocol) -> Self {
        let names = type_names(slice);
        let errors = slice
            .operations
            .iter()
            .flat_map(|(_, operation)| &operation.errors)
            .chain(&slice.service.errors);
        let errors = errors.map(|reference| &reference.id);
        Self {
            slice,
            tables: TableMaker::new(slice, names.clone(), protocol),
            errors: errors.chain(event_errors(slice)).collect(),
            boxes: boxes(slice.model),
            names,
        }
    }

    pub(super) fn shape(&self, id: &ShapeId) -> Option<&'m Shape> {
        self.slice.model.shapes.get(id)
    }

    /// The shape of an operation's input or output.
    pub(super) fn end(&self, end: Option<&Reference>) -> Option<&'m Shape> {
        end.and_then(|end| self.shape(&end.id))
    }

    pub(super) fn name(&self, id: &ShapeId) -> Option<&TypeName> {
        self.names.get(id)
    }

    pub(super) fn tables(&self) -> Vec<Table> {
        self.tables.tables()
    }

    /// All types, by name.
    pub(super) fn types(&self) -> Vec<Type> {
        let mut types: Vec<_> = self
            .names
            .iter()
            .filter_map(|(id, name)| self.one(self.shape(id)?, name))
            .collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        types
    }

    fn one(&self, shape: &'m Shape, name: &TypeName) -> Option<Type> {
        let kind = match &shape.kind {
            ShapeKind::Structure(_) => {
                let role = if self.errors.contains(&shape.id) {
                    StructureRole::Error
                } else {
                    StructureRole::Nested
                };
                TypeKind::Structure(self.structure(Some(shape), role, &name.name))
            }
            ShapeKind::Union(members) => TypeKind::Union(self.union(shape, members)),
            ShapeKind::Enum(values) => {
                TypeKind::Enum(enumeration(shape, values, self.tables.marks(shape)))
            }
            ShapeKind::IntEnum(values) => {
                TypeKind::IntEnum(enumeration(shape, values, self.tables.marks(shape)))
            }
            ShapeKind::Simple(_)
            | ShapeKind::List(_)
            | ShapeKind::Map(..)
            | ShapeKind::Operation(_)
            | ShapeKind::Resource(_)
            | ShapeKind::Service(_) => return None,
        };
        Some(Type {
            name: name.clone(),
            span: shape.span,
            sent: self.slice.from_input.contains(&shape.id),
            docs: Docs::of(&shape.traits),
            deprecated: deprecated(&shape.traits),
            kind,
        })
    }

    /// Plans a structure; an empty one for `None`.
    pub(super) fn structure(
        &self,
        shape: Option<&'m Shape>,
        role: StructureRole,
        rust: &str,
    ) -> Structure {
        self.claiming(shape, role, rust, Claims::with(&[names::STRUCTURE]))
    }

    /// The input of an operation. One that starts a transfer has more methods in its builder.
    pub(super) fn input(&self, shape: Option<&'m Shape>, rust: &str, transfers: bool) -> Structure {
        let claims = if transfers {
            Claims::with(&[names::STRUCTURE, names::REQUEST, names::TRANSFER])
        } else {
            Claims::with(&[names::STRUCTURE, names::REQUEST])
        };
        self.claiming(shape, StructureRole::Input, rust, claims)
    }

    fn claiming(
        &self,
        shape: Option<&'m Shape>,
        role: StructureRole,
        rust: &str,
        mut claims: Claims,
    ) -> Structure {
        let of_model = shape.map_or(&[] as &[_], Shape::members);
        let mut members: Vec<_> = of_model
            .iter()
            .map(|member| self.member(member, claims.member(&member.name), role, shape))
            .collect();
        if matches!(role, StructureRole::Output | StructureRole::Error) {
            let texts = of_model.iter().zip(&members);
            let texts =
                texts.filter_map(|(member, planned)| header_text(member, planned, &mut claims));
            members.extend(texts.collect::<Vec<_>>());
        }
        if let (StructureRole::Error, Some(shape)) = (role, shape) {
            members.extend(message(shape, &mut claims));
        }
        Structure {
            id: shape.map(|shape| shape.id.to_string()),
            rust: rust.to_owned(),
            facts: Self::facts(shape, &members),
            members,
            marks: shape
                .map(|shape| self.tables.marks(shape))
                .unwrap_or_default(),
            error: role == StructureRole::Error,
        }
    }

    pub(super) fn union(&self, shape: &'m Shape, members: &'m [model::Member]) -> Union {
        let mut claims = Claims::with(&[names::VARIANTS]);
        let variants: Vec<_> = members
            .iter()
            .map(|member| Variant {
                member: self.member(
                    member,
                    claims.variant(&member.name),
                    StructureRole::Nested,
                    Some(shape),
                ),
            })
            .collect();
        let sensitive = shape.traits.has("sensitive");
        let stream = variants.iter().any(|variant| variant.member.ty.is_stream());
        Union {
            id: shape.id.to_string(),
            variants,
            marks: self.tables.marks(shape),
            facts: Facts { stream, sensitive },
        }
    }

    fn facts(shape: Option<&Shape>, members: &[Member]) -> Facts {
        Facts {
            stream: members.iter().any(|member| member.ty.is_stream()),
            sensitive: shape.is_some_and(|shape| shape.traits.has("sensitive")),
        }
    }

    fn member(
        &self,
        member: &'m model::Member,
        ident: String,
        role: StructureRole,
        owner: Option<&'m Shape>,
    ) -> Member {
        let ty = match self.ty(&member.target.id, 0) {
            // Only inputs and outputs stream; elsewhere the blob is read completely.
            Ty::Stream if !matches!(role, StructureRole::Input | StructureRole::Output) => Ty::Blob,
            Ty::Structure(name) if self.is_event_stream(&member.target.id) => match role {
                StructureRole::Input => Ty::EventSender(name),
                StructureRole::Output => Ty::EventReceiver(name),
                StructureRole::Error | StructureRole::Nested => Ty::Structure(name),
            },
            ty => ty,
        };
        let boxed = owner.is_some_and(|owner| {
            matches!(ty, Ty::Structure(_)) && self.boxes.contains(&(&owner.id, &*member.name))
        });
        let nullable = owner.is_some_and(|owner| is_nullable(member, owner));
        let presence = if nullable {
            Presence::Optional
        } else {
            self.presence(member, &ty, role, owner)
        };
        let unset_if_zero = matches!(presence, Presence::Default(_))
            && !member.traits.has("required")
            && self.is_zero_of_smithy_1(member)
            && owner.is_some_and(|owner| self.slice.from_input.contains(&owner.id));
        let mut table = self.tables.member(member, role);
        table
            .marks
            .flags
            .retain(|flag| nullable || *flag != Flag::Nullable);
        let default = self.default(member, &presence, role);
        table.marks.traits.extend(default);
        Member {
            name: member.name.clone(),
            span: member.span,
            ident,
            docs: match self.shape(&member.target.id) {
                Some(target) => Docs::of(&member.traits).or(&target.traits),
                None => Docs::of(&member.traits),
            },
            deprecated: deprecated(&member.traits),
            presence,
            unset_if_zero,
            boxed,
            nullable,
            sensitive: member.traits.has("sensitive") || self.is_sensitive(&member.target.id, 0),
            required: member.traits.has("required"),
            token: member.traits.has("idempotencyToken"),
            table,
            ty,
        }
    }

    /// Nullability for clients (Smithy 2.0, "Structure member optionality"). Structures and unions are optional even if they
    /// are required, because services leave some out. Streams are never optional: one of bytes is empty by default, one of
    /// events is required.
    fn presence(
        &self,
        member: &model::Member,
        ty: &Ty,
        role: StructureRole,
        owner: Option<&Shape>,
    ) -> Presence {
        let optional = role == StructureRole::Input
            || matches!(ty, Ty::Structure(_))
            || member.traits.has("clientOptional")
            || self.slice.service_shape.traits.has(OPTIONAL_MEMBERS)
            || owner.is_some_and(|owner| owner.traits.has("input"));
        if matches!(ty, Ty::EventReceiver(_) | Ty::EventSender(_)) {
            Presence::Required
        } else if *ty == Ty::Stream {
            Presence::Default(Literal::Blank)
        } else if optional {
            Presence::Optional
        } else if let Some(value) = member.traits.get("default")
            && !self.is_default_ignored(member)
            && let Some(literal) = literal(value, ty)
        {
            Presence::Default(literal)
        } else if member.traits.has("required") {
            Presence::Required
        } else {
            Presence::Optional
        }
    }

    /// Whether `swage.api#ignoreDefaults` is on the member, its target or, for booleans and numbers, on the service.
    fn is_default_ignored(&self, member: &model::Member) -> bool {
        let target = self.shape(&member.target.id);
        let is_ignored = |traits: &model::Traits| traits.has(IGNORE_DEFAULTS);
        is_ignored(&member.traits)
            || target.is_some_and(|target| is_ignored(&target.traits))
            || (target.is_some_and(is_scalar) && is_ignored(&self.slice.service_shape.traits))
    }

    /// The default in the member's table: records have the same defaults as types, except, like the AWS CLI, in
    /// services that come from Smithy 1.0, and except that streams of inputs may be unset. A label can't be left out, so its
    /// default counts in inputs as well.
    fn default(
        &self,
        member: &model::Member,
        presence: &Presence,
        role: StructureRole,
    ) -> Option<Trait> {
        let fills = matches!(presence, Presence::Default(_))
            && role != StructureRole::Input
            && !self.is_zero_of_smithy_1(member);
        let counts = fills || member.traits.has("httpLabel");
        counts.then(|| default(&member.traits)).flatten()
    }

    /// Whether a default comes from a primitive shape of Smithy 1.0: zero on both member and target. No client
    /// of such a service sends a zero that wasn't set, and services don't expect one.
    fn is_zero_of_smithy_1(&self, member: &model::Member) -> bool {
        let zero = |traits: &model::Traits| {
            let default = traits.get("default");
            default
                .is_some_and(|node| node.as_number() == Some("0") || node.as_bool() == Some(false))
        };
        zero(&member.traits)
            && !member.target.id.as_str().starts_with("smithy.api#")
            && self
                .shape(&member.target.id)
                .is_some_and(|target| is_scalar(target) && zero(&target.traits))
    }

    fn is_event_stream(&self, id: &ShapeId) -> bool {
        self.shape(id).is_some_and(is_event_stream)
    }

    /// The Rust type of a shape.
    pub(super) fn ty(&self, id: &ShapeId, depth: u32) -> Ty {
        if is_unit(id) {
            return Ty::Unit;
        }
        let Some(shape) = self.shape(id) else {
            return Ty::Document;
        };
        let named = |make: fn(TypeName) -> Ty| {
            self.name(id)
                .map_or(Ty::Document, |name| make(name.clone()))
        };
        let below = |member: &model::Member| Box::new(self.ty(&member.target.id, depth + 1));
        // A key with `alloy#structurePattern` stays a string.
        let key_ty = |key| match *below(key) {
            Ty::Structure(_) => Box::new(Ty::String),
            ty => Box::new(ty),
        };
        let sparse = shape.traits.has("sparse");
        match &shape.kind {
            ShapeKind::Simple(simple) => shape
                .pattern_target()
                .and_then(|target| self.name(&target))
                .map_or_else(
                    || simple_ty(*simple, shape.traits.has("streaming")),
                    |name| Ty::Structure(name.clone()),
                ),
            ShapeKind::Enum(_) => named(Ty::Enum),
            ShapeKind::IntEnum(_) => named(Ty::IntEnum),
            ShapeKind::Structure(_) | ShapeKind::Union(_) => named(Ty::Structure),
            ShapeKind::List(_) | ShapeKind::Map(..) if depth >= DEEPEST => Ty::Document,
            ShapeKind::List(member) if sparse => Ty::SparseList(below(member)),
            ShapeKind::List(member) => Ty::List(below(member)),
            ShapeKind::Map(key, value) if sparse => Ty::SparseMap(key_ty(key), below(value)),
            ShapeKind::Map(key, value) => Ty::Map(key_ty(key), below(value)),
            ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_) => {
                Ty::Document
            }
        }
    }

    /// Whether values of a shape are sensitive: the shape itself, or the elements of a list or map.
    fn is_sensitive(&self, id: &ShapeId, depth: u32) -> bool {
        let Some(shape) = self.shape(id).filter(|_| depth < DEEPEST) else {
            return false;
        };
        let holds = matches!(shape.kind, ShapeKind::List(_) | ShapeKind::Map(..));
        shape.traits.has("sensitive")
            || holds
                && members(shape).any(|member| {
                    member.traits.has("sensitive")
                        || self.is_sensitive(&member.target.id, depth + 1)
                })
    }
}

/// Whether a shape is a boolean or a number.
fn is_scalar(of: &Shape) -> bool {
    use Simple::{Blob, Document, String, Timestamp};
    match of.kind {
        ShapeKind::Simple(simple) => !matches!(simple, String | Blob | Timestamp | Document),
        _ => false,
    }
}

/// Whether a member tells null from absent: a structure's member in a document.
fn is_nullable(member: &model::Member, owner: &Shape) -> bool {
    member.traits.has("alloy#nullable") && matches!(owner.kind, ShapeKind::Structure(_))
}

pub(super) fn is_unit(id: &ShapeId) -> bool {
    id.as_str() == "smithy.api#Unit"
}

/// The member that `swage.api#headerText` adds: the text of the header as received, which may not be valid.
fn header_text(member: &model::Member, planned: &Member, claims: &mut Claims) -> Option<Member> {
    let name = member.traits.get("swage.api#headerText")?.as_str()?;
    let Binding::Header(header) = &planned.table.binding else {
        return None;
    };
    // The text of a sensitive value would not be marked as such.
    if planned.sensitive {
        return None;
    }
    let docs =
        format!("The value of the `{header}` header as received, even if it isn't a valid time.");
    Some(text_member(
        claims.member(name),
        name,
        member.span,
        Docs::from_text(Some(&docs)),
        Binding::Header(header.clone()),
    ))
}

/// The message of an error whose model has none: as in the official crates, all errors have one.
fn message(of: &Shape, claims: &mut Claims) -> Option<Member> {
    let mut members = of.members().iter();
    let is_missing = !members.any(|member| member.name.eq_ignore_ascii_case("message"));
    is_missing.then(|| {
        text_member(
            claims.member("message"),
            "message",
            of.span,
            Docs::default(),
            Binding::Body,
        )
    })
}

/// An optional string that isn't in the model.
fn text_member(ident: String, name: &str, span: Span, docs: Docs, binding: Binding) -> Member {
    Member {
        name: name.to_owned(),
        span,
        ident,
        docs,
        deprecated: None,
        ty: Ty::String,
        presence: Presence::Optional,
        unset_if_zero: false,
        boxed: false,
        nullable: false,
        sensitive: false,
        required: false,
        token: false,
        table: TableMember {
            name: name.to_owned(),
            target: TableRef::Simple(Simple::String),
            binding,
            marks: Marks::default(),
        },
    }
}

/// The errors that end event streams.
fn event_errors<'m>(slice: &'m Slice<'m>) -> impl Iterator<Item = &'m ShapeId> {
    let shapes = slice.shapes.iter();
    let shape = |id: &ShapeId| slice.model.shapes.get(id);
    shapes
        .filter_map(move |id| shape(id).filter(|shape| is_event_stream(shape)))
        .flat_map(Shape::members)
        .map(|member| &member.target.id)
        .filter(move |id| shape(id).is_some_and(|target| target.traits.has("error")))
}

fn type_names<'m>(slice: &'m Slice<'m>) -> Lookup<&'m ShapeId, TypeName> {
    let mut claims = Claims::default();
    let mut names = Lookup::default();
    for id in &slice.shapes {
        let Some(shape) = slice.model.shapes.get(*id).filter(|_| !is_unit(id)) else {
            continue;
        };
        if matches!(
            shape.kind,
            ShapeKind::Structure(_)
                | ShapeKind::Union(_)
                | ShapeKind::Enum(_)
                | ShapeKind::IntEnum(_)
        ) {
            let renamed = slice
                .service
                .rename
                .get(*id)
                .map_or(id.name(), String::as_str);
            let name = claims.type_name(renamed, shape.traits.has("error"));
            names.insert(
                *id,
                TypeName {
                    module: names::module_of(&name),
                    name,
                },
            );
        }
    }
    names
}

fn enumeration(shape: &Shape, members: &[model::Member], marks: Marks) -> Enum {
    let mut claims = Claims::with(&[names::VARIANTS]);
    let mut seen = BTreeSet::new();
    let values = members.iter().filter_map(|member| {
        let value = member.traits.get("enumValue");
        let wire = value
            .and_then(|value| value.as_str().or(value.as_number()))
            .unwrap_or(&member.name)
            .to_owned();
        let fresh = seen.insert(wire.clone());
        let ident = claims.variant(&member.name);
        fresh.then(|| EnumValue {
            span: member.span,
            ident,
            wire,
            docs: Docs::of(&member.traits),
            deprecated: deprecated(&member.traits),
        })
    });
    let values = values.collect();
    Enum {
        id: shape.id.to_string(),
        values,
        marks,
        sensitive: shape.traits.has("sensitive"),
    }
}

fn simple_ty(simple: Simple, streaming: bool) -> Ty {
    match simple {
        Simple::Boolean => Ty::Bool,
        Simple::Byte => Ty::I8,
        Simple::Short => Ty::I16,
        Simple::Integer => Ty::I32,
        Simple::Long => Ty::I64,
        Simple::Float => Ty::F32,
        Simple::Double => Ty::F64,
        Simple::BigInteger => Ty::BigInteger,
        Simple::BigDecimal => Ty::BigDecimal,
        Simple::String => Ty::String,
        Simple::Blob if streaming => Ty::Stream,
        Simple::Blob => Ty::Blob,
        Simple::Timestamp => Ty::DateTime,
        Simple::Document => Ty::Document,
    }
}

/// A default in Rust. `None` if it is null or can't be expressed, so that the member is optional.
pub(super) fn literal(value: &Node, ty: &Ty) -> Option<Literal> {
    let text = value.as_str();
    let digits = value.as_number();
    let empty = value.elements().is_some_and(<[_]>::is_empty)
        || value.entries().is_some_and(<[_]>::is_empty);
    let found = match ty {
        Ty::Bool => Literal::Bool(value.as_bool()?),
        Ty::I8 => integer::<i8>(digits?)?,
        Ty::I16 => integer::<i16>(digits?)?,
        Ty::I32 => integer::<i32>(digits?)?,
        Ty::I64 => integer::<i64>(digits?)?,
        Ty::F32 => Literal::Float(format!(
            "{:?}",
            digits?
                .parse::<f32>()
                .ok()
                .filter(|value| value.is_finite())?
        )),
        Ty::F64 => Literal::Float(format!(
            "{:?}",
            digits?
                .parse::<f64>()
                .ok()
                .filter(|value| value.is_finite())?
        )),
        Ty::String => Literal::String(text?.to_owned()),
        Ty::Enum(name) => Literal::Enum(name.clone(), text?.to_owned()),
        Ty::IntEnum(name) => {
            Literal::IntEnum(name.clone(), digits?.parse::<i32>().ok()?.to_string())
        }
        Ty::Blob => Literal::Blob(base64::decode(text?)?),
        Ty::DateTime => Literal::EpochSeconds(digits?.parse::<i64>().ok()?.to_string()),
        Ty::Document => document(value, empty)?,
        Ty::List(_) | Ty::SparseList(_) | Ty::Map(..) | Ty::SparseMap(..) if empty => {
            Literal::Blank
        }
        Ty::List(_)
        | Ty::SparseList(_)
        | Ty::Map(..)
        | Ty::SparseMap(..)
        | Ty::BigInteger
        | Ty::BigDecimal
        | Ty::Stream
        | Ty::EventSender(_)
        | Ty::EventReceiver(_)
        | Ty::Unit
        | Ty::Structure(_) => return None,
    };
    Some(match found {
        Literal::Bool(false) => Literal::Blank,
        Literal::Integer(digits) if digits == "0" => Literal::Blank,
        Literal::Float(digits) if digits == "0.0" => Literal::Blank,
        Literal::String(text) if text.is_empty() => Literal::Blank,
        other => other,
    })
}

fn integer<T: std::str::FromStr + ToString>(digits: &str) -> Option<Literal> {
    digits
        .parse::<T>()
        .ok()
        .map(|value| Literal::Integer(value.to_string()))
}

fn document(value: &Node, empty: bool) -> Option<Literal> {
    match &value.value {
        NodeValue::Boolean(value) => Some(Literal::DocumentBool(*value)),
        NodeValue::String(text) => Some(Literal::DocumentString(text.clone())),
        NodeValue::Array(_) if empty => Some(Literal::DocumentArray),
        NodeValue::Object(_) if empty => Some(Literal::DocumentObject),
        NodeValue::Null | NodeValue::Number(_) | NodeValue::Array(_) | NodeValue::Object(_) => None,
    }
}
