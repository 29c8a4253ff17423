//! `JMESPath` in traits: whether it is valid, and whether the members that it names exist.

use super::{Checker, type_name};
use crate::diagnostic::Diagnostic;
use crate::model::{Shape, ShapeKind, Simple};
use crate::node::Node;
use jmespath::ast::Ast;

/// The most operators and brackets that a path can have, because parsing recurses.
const MAX_OPERATORS: usize = 200;

/// What a path is evaluated against, as far as the model tells.
#[derive(Clone)]
pub(super) enum Place<'m> {
    Shape(&'m Shape),
    /// The list that a projection gives.
    List(Box<Place<'m>>),
    /// An object with these keys.
    Object(Vec<(&'static str, Place<'m>)>),
    /// Unknown.
    Any,
}

/// Parses a path. `what` names it in diagnostics.
pub(super) fn parse(checker: &mut Checker, node: &Node, what: &str) -> Option<Ast> {
    let path = node.as_str()?;
    match parsed(path) {
        Ok(ast) => Some(ast),
        Err(label) => {
            let message = format!("invalid JMESPath expression in {what}: `{path}`");
            let help = "see https://jmespath.org for the grammar";
            checker.report(Diagnostic::new(node.span, message).label(label).help(help));
            None
        }
    }
}

/// The syntax tree of a path, or the reason why it is invalid.
fn parsed(path: &str) -> Result<Ast, String> {
    if path.is_empty() {
        return Err("empty expression".to_owned());
    }
    let operators = path.matches(['.', '|', '&', '!', '(', '[', '{', '<', '>', '=']);
    if operators.count() > MAX_OPERATORS {
        return Err(format!("more than {MAX_OPERATORS} operators"));
    }
    jmespath::parse(path).map_err(|error| match path.get(error.offset..) {
        None | Some("") => "unexpected end".to_owned(),
        Some(rest) => format!("unexpected `{rest}`"),
    })
}

/// Checks that the members named in a path exist.
pub(super) fn members<'m>(
    checker: &mut Checker<'m>,
    node: &Node,
    ast: &Ast,
    place: &Place<'m>,
    what: &str,
) {
    if let Err(missing) = find(checker, ast, place) {
        let message = format!("unknown member in {what}");
        let help =
            "use a name from the model; to select from the elements of a list, put `[]` behind it";
        checker.report(
            Diagnostic::new(node.span, message)
                .label(missing)
                .help(help),
        );
    }
}

/// What a path selects, or which member doesn't exist.
fn find<'m>(checker: &Checker<'m>, ast: &Ast, at: &Place<'m>) -> Result<Place<'m>, String> {
    let all = |asts: &[&Ast]| {
        asts.iter()
            .try_for_each(|ast| find(checker, ast, at).map(drop))
    };
    Ok(match ast {
        Ast::Identity { .. } => at.clone(),
        Ast::Field { name, .. } => field(checker, name, at)?,
        Ast::Subexpr { lhs, rhs, .. } => find(checker, rhs, &find(checker, lhs, at)?)?,
        Ast::Index { .. } => element(checker, at),
        Ast::Slice { .. } => Place::List(Box::new(element(checker, at))),
        Ast::Flatten { node, .. } => {
            let inner = element(checker, &find(checker, node, at)?);
            Place::List(Box::new(match &inner {
                Place::List(inner) => (**inner).clone(),
                Place::Shape(shape) if matches!(shape.kind, ShapeKind::List(_)) => {
                    element(checker, &inner)
                }
                Place::Shape(_) | Place::Object(_) | Place::Any => inner,
            }))
        }
        Ast::ObjectValues { node, .. } => match find(checker, node, at)? {
            Place::Shape(shape) => Place::List(Box::new(value(checker, shape))),
            Place::List(_) | Place::Object(_) | Place::Any => Place::Any,
        },
        Ast::Projection { lhs, rhs, .. } => {
            let inner = element(checker, &find(checker, lhs, at)?);
            Place::List(Box::new(find(checker, rhs, &inner)?))
        }
        Ast::Condition {
            predicate, then, ..
        } => {
            find(checker, predicate, at)?;
            find(checker, then, at)?
        }
        Ast::Comparison { lhs, rhs, .. } | Ast::And { lhs, rhs, .. } | Ast::Or { lhs, rhs, .. } => {
            all(&[&**lhs, &**rhs])?;
            Place::Any
        }
        Ast::Not { node, .. } => {
            all(&[&**node])?;
            Place::Any
        }
        Ast::Function { args, .. } => {
            all(&args.iter().collect::<Vec<_>>())?;
            Place::Any
        }
        Ast::MultiList { elements, .. } => {
            all(&elements.iter().collect::<Vec<_>>())?;
            Place::Any
        }
        Ast::MultiHash { elements, .. } => {
            all(&elements.iter().map(|pair| &pair.value).collect::<Vec<_>>())?;
            Place::Any
        }
        // It is evaluated against elements that only the function knows.
        Ast::Expref { .. } | Ast::Literal { .. } => Place::Any,
    })
}

fn field<'m>(checker: &Checker<'m>, name: &str, at: &Place<'m>) -> Result<Place<'m>, String> {
    let shape = match at {
        Place::Shape(shape) => *shape,
        Place::List(_) => return Err(format!("a list has no member `{name}`")),
        Place::Object(members) => {
            let found = members.iter().find(|(member, _)| *member == name);
            let missing = || format!("no `{name}`: only `input` and `output`");
            return found.map(|(_, place)| place.clone()).ok_or_else(missing);
        }
        Place::Any => return Ok(Place::Any),
    };
    match &shape.kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => {
            let member = members.iter().find(|member| member.name == name);
            let missing = || format!("`{}` has no member `{name}`", shape.id);
            Ok(target(checker, &member.ok_or_else(missing)?.target))
        }
        ShapeKind::Map(_, value) => Ok(target(checker, &value.target)),
        ShapeKind::Simple(Simple::Document) => Ok(Place::Any),
        _ => Err(format!("a {} has no member `{name}`", type_name(shape))),
    }
}

/// An element of a list.
fn element<'m>(checker: &Checker<'m>, at: &Place<'m>) -> Place<'m> {
    match at {
        Place::List(inner) => (**inner).clone(),
        Place::Shape(shape) => match &shape.kind {
            ShapeKind::List(member) => target(checker, &member.target),
            _ => Place::Any,
        },
        Place::Object(_) | Place::Any => Place::Any,
    }
}

/// A value of a map.
fn value<'m>(checker: &Checker<'m>, shape: &Shape) -> Place<'m> {
    match &shape.kind {
        ShapeKind::Map(_, value) => target(checker, &value.target),
        _ => Place::Any,
    }
}

fn target<'m>(checker: &Checker<'m>, reference: &crate::model::Reference) -> Place<'m> {
    checker.shape(reference).map_or(Place::Any, Place::Shape)
}
