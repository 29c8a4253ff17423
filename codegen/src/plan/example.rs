//! Examples of operations: the model's values in terms of Rust.

use super::shapes::{PlannedShapes, StructureRole, literal};
use super::{Example, Literal, Member, Presence, Structure, Ty, TypeName};
use crate::model::{self, Shape, ShapeId, ShapeKind, Traits};
use crate::node::{Entry, Node, NodeValue};

/// The deepest nesting of an example, limited for readability and for the stack of threads that format code.
const DEEPEST: usize = 16;

/// The input of the model's first example that succeeds. Values that can't be expressed are left out; missing required
/// members get a sample value.
pub(super) fn example(
    shapes: &PlannedShapes<'_>,
    traits: &Traits,
    operation: &model::Operation,
    input: &Structure,
) -> Vec<(usize, Example)> {
    let examples = traits.get("examples").and_then(Node::elements);
    let mut succeed = examples
        .unwrap_or_default()
        .iter()
        .filter(|example| example.get("error").is_none());
    let given = succeed.next().and_then(|example| example.get("input"));
    let shape = shapes.end(operation.input.as_ref());
    let targets = shape.map_or(&[] as &[_], Shape::members);
    let members = input.members.iter().zip(targets).enumerate();
    members
        .filter_map(|(index, (member, of))| Some((index, one(shapes, given, member, of)?)))
        .collect()
}

/// The value of a member.
fn one(
    shapes: &PlannedShapes<'_>,
    given: Option<&Node>,
    member: &Member,
    of: &model::Member,
) -> Option<Example> {
    given
        .and_then(|given| given.get(&of.name))
        .filter(|node| !member.nullable && is_shallow(node, DEEPEST))
        .and_then(|node| value(shapes, node, &of.target.id, &member.ty))
        .or_else(|| (member.required && !member.nullable).then(|| placeholder(member))?)
}

fn is_shallow(node: &Node, levels: usize) -> bool {
    let is_below = |node: &Node| levels > 0 && is_shallow(node, levels - 1);
    match &node.value {
        NodeValue::Array(elements) => elements.iter().all(is_below),
        NodeValue::Object(entries) => entries.iter().all(|entry| is_below(&entry.value)),
        NodeValue::Null | NodeValue::Boolean(_) | NodeValue::Number(_) | NodeValue::String(_) => {
            true
        }
    }
}

fn value(shapes: &PlannedShapes<'_>, node: &Node, id: &ShapeId, ty: &Ty) -> Option<Example> {
    match ty {
        Ty::Structure(name) => {
            let shape = shapes.shape(id)?;
            if matches!(shape.kind, ShapeKind::Union(_)) {
                variant(shapes, node, shape, name)
            } else {
                structure(shapes, node, shape, name)
            }
        }
        Ty::List(ty) => Some(Example::List(elements(shapes, node, id, ty, false)?)),
        Ty::SparseList(ty) => Some(Example::List(elements(shapes, node, id, ty, true)?)),
        Ty::Map(key, ty) => entries(shapes, node, id, (key, ty), false),
        Ty::SparseMap(key, ty) => entries(shapes, node, id, (key, ty), true),
        Ty::DateTime => {
            let (seconds, nanos) = time(node)?;
            Some(Example::Time(seconds, nanos))
        }
        Ty::Document => document(node),
        // Unlike defaults, blobs in examples are not base64.
        Ty::Blob | Ty::Stream => Some(Example::Literal(Literal::Blob(node.as_str()?.into()))),
        Ty::Unit => Some(Example::Literal(Literal::Blank)),
        Ty::String => Some(Example::Literal(Literal::String(node.as_str()?.into()))),
        Ty::Bool => Some(Example::Literal(Literal::Bool(node.as_bool()?))),
        Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 | Ty::F32 | Ty::F64 | Ty::Enum(_) | Ty::IntEnum(_) => {
            let shown = match (literal(node, ty)?, ty) {
                (Literal::Blank, Ty::F32 | Ty::F64) => Literal::Float("0.0".into()),
                (Literal::Blank, _) => Literal::Integer("0".into()),
                (other, _) => other,
            };
            Some(Example::Literal(shown))
        }
        Ty::BigInteger | Ty::BigDecimal | Ty::EventSender(_) | Ty::EventReceiver(_) => None,
    }
}

fn structure(
    shapes: &PlannedShapes<'_>,
    node: &Node,
    shape: &Shape,
    name: &TypeName,
) -> Option<Example> {
    node.entries()?;
    if shape.traits.has("error") {
        return None;
    }
    let (mut set, mut may_fail) = (Vec::new(), false);
    let planned = shapes.structure(shapes.shape(&shape.id), StructureRole::Nested, &name.name);
    for (member, of) in planned.members.iter().zip(shape.members()) {
        let value = one(shapes, Some(node), member, of);
        if member.presence == Presence::Required {
            may_fail = true;
            set.push((member.ident.clone(), value?));
        } else {
            set.extend(value.map(|value| (member.ident.clone(), value)));
        }
    }
    Some(Example::Structure(name.clone(), set, may_fail))
}

fn variant(
    shapes: &PlannedShapes<'_>,
    node: &Node,
    shape: &Shape,
    name: &TypeName,
) -> Option<Example> {
    let [entry] = node.entries()? else {
        return None;
    };
    let ShapeKind::Union(members) = &shapes.shape(&shape.id)?.kind else {
        return None;
    };
    let planned = shapes.union(shapes.shape(&shape.id)?, members);
    let mut variants = planned.variants.iter().zip(members);
    let (variant, of) = variants.find(|(_, of)| of.name == entry.key)?;
    let member = &variant.member;
    let value = value(shapes, &entry.value, &of.target.id, &member.ty)?;
    let ident = member.ident.clone();
    Some(Example::Variant(
        name.clone(),
        ident,
        member.boxed,
        value.into(),
    ))
}

fn elements(
    shapes: &PlannedShapes<'_>,
    node: &Node,
    id: &ShapeId,
    ty: &Ty,
    sparse: bool,
) -> Option<Vec<Example>> {
    let ShapeKind::List(member) = &shapes.shape(id)?.kind else {
        return None;
    };
    let elements = node.elements()?.iter();
    elements
        .map(|node| element(shapes, node, &member.target.id, ty, sparse))
        .collect()
}

fn entries(
    shapes: &PlannedShapes<'_>,
    node: &Node,
    id: &ShapeId,
    (key_ty, ty): (&Ty, &Ty),
    sparse: bool,
) -> Option<Example> {
    let ShapeKind::Map(_, member) = &shapes.shape(id)?.kind else {
        return None;
    };
    let entries = by_key(node.entries()?).into_iter().map(|entry| {
        let key = match key_ty {
            Ty::Enum(name) => Literal::Enum(name.clone(), entry.key.to_string()),
            _ => Literal::String(entry.key.to_string()),
        };
        let key = Example::Literal(key);
        let value = element(shapes, &entry.value, &member.target.id, ty, sparse)?;
        Some((key, value))
    });
    Some(Example::Map(entries.collect::<Option<_>>()?))
}

/// Sorted by key, since the order of a map's entries has no meaning.
fn by_key(entries: &[Entry]) -> Vec<&Entry> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|entry| &entry.key);
    entries
}

fn element(
    shapes: &PlannedShapes<'_>,
    node: &Node,
    id: &ShapeId,
    ty: &Ty,
    sparse: bool,
) -> Option<Example> {
    match (sparse, node.is_null()) {
        (true, true) => Some(Example::Sparse(None)),
        (true, false) => Some(Example::Sparse(Some(value(shapes, node, id, ty)?.into()))),
        (false, _) => value(shapes, node, id, ty),
    }
}

fn document(node: &Node) -> Option<Example> {
    Some(match &node.value {
        NodeValue::Null => Example::DocumentNull,
        NodeValue::Boolean(value) => Example::Literal(Literal::DocumentBool(*value)),
        NodeValue::String(text) => Example::Literal(Literal::DocumentString(text.clone())),
        NodeValue::Number(digits) => Example::DocumentNumber(match digits.parse::<i64>() {
            Ok(value) => Literal::Integer(value.to_string()),
            Err(_) => literal(node, &Ty::F64)?,
        }),
        NodeValue::Array(all) => {
            Example::DocumentArray(all.iter().map(document).collect::<Option<_>>()?)
        }
        NodeValue::Object(all) => {
            let entries = by_key(all).into_iter().map(|entry| {
                let key = Example::Literal(Literal::String(entry.key.to_string()));
                Some((key, document(&entry.value)?))
            });
            Example::DocumentObject(entries.collect::<Option<_>>()?)
        }
    })
}

/// A sample value; `None` for types that need more than a line.
fn placeholder(member: &Member) -> Option<Example> {
    Some(Example::Literal(match &member.ty {
        Ty::Bool => Literal::Bool(true),
        Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 => Literal::Integer("1".into()),
        Ty::F32 | Ty::F64 => Literal::Float("1.0".into()),
        Ty::String => Literal::String(member.ident.trim_start_matches("r#").replace('_', "-")),
        Ty::Enum(name) => Literal::Enum(name.clone(), String::new()),
        Ty::Blob | Ty::Stream => Literal::Blob(b"bytes".to_vec()),
        Ty::BigInteger
        | Ty::BigDecimal
        | Ty::DateTime
        | Ty::Document
        | Ty::EventSender(_)
        | Ty::EventReceiver(_)
        | Ty::Unit
        | Ty::IntEnum(_)
        | Ty::Structure(_)
        | Ty::List(_)
        | Ty::SparseList(_)
        | Ty::Map(..)
        | Ty::SparseMap(..) => return None,
    }))
}

/// Seconds since 1970 and nanoseconds, from a number or an RFC 3339 date in UTC.
fn time(node: &Node) -> Option<(i64, u32)> {
    match &node.value {
        NodeValue::Number(digits) => Some((digits.parse().ok()?, 0)),
        NodeValue::String(text) => date(text),
        NodeValue::Null | NodeValue::Boolean(_) | NodeValue::Array(_) | NodeValue::Object(_) => {
            None
        }
    }
}

fn date(text: &str) -> Option<(i64, u32)> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(time, ':')?;
    let known = (1..=9999).contains(&year) && (1..=12).contains(&month);
    let known = known && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    if !known || fraction.len() > 9 {
        return None;
    }
    let nanos = numbers::<1>(&format!("{fraction:0<9}"), '.')?[0];
    let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    Some((seconds, nanos.try_into().ok()?))
}

/// Days since 1970 in the Gregorian calendar, computed with years that start in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

fn numbers<const N: usize>(text: &str, separator: char) -> Option<[i64; N]> {
    let number = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok())?
    };
    let parts: Option<Vec<i64>> = text.split(separator).map(number).collect();
    parts?.try_into().ok()
}
