//! `JMESPath` in traits: whether it can be parsed, and whether the members that it names are there.

use super::{Checker, type_name};
use crate::diagnostic::Diagnostic;
use crate::model::{Shape, ShapeKind, Simple};
use crate::node::Node;
use jmespath::ast::Ast;

/// More operators and brackets than this, and no person wrote the path: parsing recurses.
const MAX_OPERATORS: usize = 200;

/// What a path is evaluated against, as far as the model says.
#[derive(Clone)]
pub(super) enum Place<'m> {
    Shape(&'m Shape),
    /// A list of what a projection gave.
    List(Box<Place<'m>>),
    /// An object of these.
    Object(Vec<(&'static str, Place<'m>)>),
    /// Whatever it is.
    Any,
}

/// Parses a path; `what` says in a diagnostic which one it is.
pub(super) fn parse(checker: &mut Checker, node: &Node, what: &str) -> Option<Ast> {
    let path = node.as_str()?;
    match parsed(path) {
        Ok(ast) => Some(ast),
        Err(label) => {
            let message = format!("{what} is not a valid JMESPath expression: `{path}`");
            let help = "see https://jmespath.org for the grammar";
            checker.report(Diagnostic::new(node.span, message).label(label).help(help));
            None
        }
    }
}

/// The tree of a path, or what is wrong with it.
fn parsed(path: &str) -> Result<Ast, String> {
    if path.is_empty() {
        return Err("it is empty".to_owned());
    }
    let operators = path.matches(['.', '|', '&', '!', '(', '[', '{', '<', '>', '=']);
    if operators.count() > MAX_OPERATORS {
        return Err(format!("it has more than {MAX_OPERATORS} operators"));
    }
    jmespath::parse(path).map_err(|error| match path.get(error.offset..) {
        None | Some("") => "it ends too early".to_owned(),
        Some(rest) => format!("unexpected `{rest}`"),
    })
}

/// Checks that the members which a path names exist.
pub(super) fn members<'m>(
    checker: &mut Checker<'m>,
    node: &Node,
    ast: &Ast,
    place: &Place<'m>,
    what: &str,
) {
    if let Err(missing) = find(checker, ast, place) {
        let message = format!("{what} names a member that does not exist");
        let help = "write the member's name as the model has it; `[]` goes between a list and its elements";
        checker.report(
            Diagnostic::new(node.span, message)
                .label(missing)
                .help(help),
        );
    }
}

/// What a path leads to, or which member isn't there.
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
        // Evaluated against elements that only the function knows.
        Ast::Expref { .. } | Ast::Literal { .. } => Place::Any,
    })
}

fn field<'m>(checker: &Checker<'m>, name: &str, at: &Place<'m>) -> Result<Place<'m>, String> {
    let shape = match at {
        Place::Shape(shape) => *shape,
        Place::List(_) => return Err(format!("a list has no member `{name}`")),
        Place::Object(members) => {
            let found = members.iter().find(|(member, _)| *member == name);
            let missing = || format!("there is no `{name}` beside `input` and `output`");
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
