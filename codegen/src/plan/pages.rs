//! Pagination: where tokens and items are.

use super::shapes::{PlannedShapes, StructureRole};
use super::{ItemsPath, Pages, Presence, Structure, Ty};
use crate::model::{self, Shape, ShapeKind, Simple, Traits};
use crate::node::Node;

/// `@paginated`, completed from the service's. `None` without both tokens, or if a path selects nothing.
pub(super) fn pages(
    shapes: &PlannedShapes<'_>,
    traits: &Traits,
    operation: &model::Operation,
    input: &Structure,
    output: &Structure,
) -> Option<Pages> {
    let own = traits.get("paginated")?;
    let service = shapes.slice.service_shape.traits.get("paginated");
    let text = |key: &str| {
        let found = own.get(key).or_else(|| service?.get(key));
        found.and_then(Node::as_str).unwrap_or_default().to_owned()
    };
    let shape = shapes.end(operation.output.as_ref());
    let pages = Pages {
        input_token: text("inputToken"),
        output_token: text("outputToken"),
        more_results: more_results(shapes, traits, shape, &text("outputToken")),
        path: items_path(shapes, shape, output, &text("items")),
        items: text("items"),
        page_size: text("pageSize"),
    };
    let has = |structure: &Structure, name: &str| {
        structure.members.iter().any(|member| member.name == name)
    };
    let first = pages.output_token.split('.').next().unwrap_or_default();
    (has(input, &pages.input_token) && has(output, first)).then_some(pages)
}

/// The names of the flag for more pages in AWS's models, for which `@paginated` has no
/// property.
const FLAGS: [&str; 2] = ["IsTruncated", "Truncated"];

/// The path to the flag that says whether there are more pages, from `swage.api#pages` or else by its name; empty
/// if there is none.
fn more_results(
    shapes: &PlannedShapes<'_>,
    traits: &Traits,
    output: Option<&Shape>,
    token: &str,
) -> String {
    if let Some(pages) = traits.get("swage.api#pages") {
        let named = pages.string_or_empty("moreResults");
        // Only the command supports expressions that aren't paths.
        let is_path = at(shapes, output, &named).is_some();
        return if is_path { named } else { String::new() };
    }
    let parent = token.rsplit_once('.').map_or("", |(parent, _)| parent);
    let members = at(shapes, output, parent).map(Shape::members);
    let is_flag = |member: &&model::Member| {
        FLAGS
            .iter()
            .any(|flag| member.name.eq_ignore_ascii_case(flag))
            && shapes.shape(&member.target.id).is_some_and(is_boolean)
    };
    let flag = members.and_then(|members| members.iter().find(is_flag));
    let path = flag.map(|flag| match parent {
        "" => flag.name.clone(),
        parent => format!("{parent}.{}", flag.name),
    });
    path.unwrap_or_default()
}

fn is_boolean(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Simple(Simple::Boolean))
}

/// What a path of member names selects.
fn at<'m>(shapes: &PlannedShapes<'m>, from: Option<&'m Shape>, path: &str) -> Option<&'m Shape> {
    let names = path.split('.').filter(|name| !name.is_empty());
    names.fold(from, |shape, name| {
        let mut members = shape?.members().iter();
        let member = members.find(|member| member.name == name)?;
        shapes.shape(&member.target.id)
    })
}

fn items_path<'m>(
    shapes: &PlannedShapes<'m>,
    output: Option<&'m Shape>,
    planned: &Structure,
    path: &str,
) -> Option<ItemsPath> {
    let mut steps = Vec::new();
    let mut shape = output?;
    let mut inner: Option<Structure> = None;
    let mut ty = None;
    for name in path.split('.').filter(|name| !name.is_empty()) {
        let members = &inner.as_ref().unwrap_or(planned).members;
        let mut both = members.iter().zip(shape.members());
        let (member, of) = both.find(|(member, _)| member.name == name)?;
        if member.boxed {
            return None;
        }
        steps.push((member.ident.clone(), member.presence == Presence::Optional));
        ty = Some(member.ty.clone());
        shape = shapes.shape(&of.target.id)?;
        inner = matches!(shape.kind, ShapeKind::Structure(_))
            .then(|| shapes.structure(Some(shape), StructureRole::Nested, ""));
    }
    match ty? {
        Ty::List(item) => Some(ItemsPath {
            steps,
            item: *item,
            key: None,
        }),
        Ty::Map(key, item) => Some(ItemsPath {
            steps,
            item: *item,
            key: Some(*key),
        }),
        // Not a collection, or a sparse one.
        Ty::SparseList(_)
        | Ty::SparseMap(..)
        | Ty::Bool
        | Ty::I8
        | Ty::I16
        | Ty::I32
        | Ty::I64
        | Ty::F32
        | Ty::F64
        | Ty::BigInteger
        | Ty::BigDecimal
        | Ty::String
        | Ty::Blob
        | Ty::DateTime
        | Ty::Document
        | Ty::Stream
        | Ty::EventSender(_)
        | Ty::EventReceiver(_)
        | Ty::Unit
        | Ty::Enum(_)
        | Ty::IntEnum(_)
        | Ty::Structure(_) => None,
    }
}
