//! `JMESPath` in traits: whether it is valid, and whether the members that it names exist.

use super::{Checker, type_name};
use crate::diagnostic::Diagnostic;
use crate::model::{Shape, ShapeKind, Simple};
use crate::node::Node;
use swage_jmespath::{Ast, ParseError};

/// The type of a path's value, as far as the model tells.
#[derive(Clone)]
pub(super) enum PathType<'m> {
    Shape(&'m Shape),
    /// The result of a projection.
    List(Box<PathType<'m>>),
    /// An object with these keys.
    Object(Vec<(&'static str, PathType<'m>)>),
    /// Unknown.
    Any,
}

/// Parses a path. `what` names it in diagnostics.
pub(super) fn parse(checker: &mut Checker, node: &Node, what: &str) -> Option<Ast> {
    let path = node.as_str()?;
    match swage_jmespath::parse(path) {
        Ok(ast) => Some(ast),
        Err(error) => {
            let message = format!("invalid JMESPath expression in {what}: `{path}`");
            let help = "see https://jmespath.org for the grammar";
            checker.report(
                Diagnostic::new(node.span, message)
                    .label(reason(&error))
                    .help(help),
            );
            None
        }
    }
}

/// The reason why an expression is invalid.
fn reason(error: &ParseError) -> String {
    match error {
        ParseError::Empty => "empty expression".to_owned(),
        ParseError::TooDeep => "too many levels of nesting".to_owned(),
        ParseError::Incomplete { .. } => "unexpected end".to_owned(),
        ParseError::Token {
            expression, start, ..
        }
        | ParseError::Syntax {
            expression, start, ..
        } => {
            let rest: String = expression.chars().skip(*start).collect();
            if rest.is_empty() {
                "unexpected end".to_owned()
            } else {
                format!("unexpected `{rest}`")
            }
        }
    }
}

/// Checks that the members named in a path exist.
pub(super) fn members<'m>(
    checker: &mut Checker<'m>,
    node: &Node,
    ast: &Ast,
    path_type: &PathType<'m>,
    what: &str,
) {
    if let Err(missing) = find(checker, ast, path_type) {
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

/// The type of what an expression selects, or which member doesn't exist.
fn find<'m>(checker: &Checker<'m>, ast: &Ast, at: &PathType<'m>) -> Result<PathType<'m>, String> {
    let all = |asts: &[&Ast]| {
        let mut asts = asts.iter();
        asts.try_for_each(|ast| find(checker, ast, at).map(drop))?;
        Ok(PathType::Any)
    };
    match ast {
        Ast::Current => Ok(at.clone()),
        Ast::Field(name) => field(checker, name, at),
        Ast::Index(_) => Ok(element(checker, at)),
        Ast::Slice(_) => Ok(list(element(checker, at))),
        Ast::Steps(steps) | Ast::Indexes(steps) => steps
            .iter()
            .try_fold(at.clone(), |found, step| find(checker, step, &found)),
        Ast::Flatten(list) => Ok(flatten(checker, &find(checker, list, at)?)),
        Ast::Projection(parts) => {
            let inner = element(checker, &find(checker, &parts[0], at)?);
            find(checker, &parts[1], &inner).map(list)
        }
        Ast::ValueProjection(parts) => {
            let inner = value(checker, &find(checker, &parts[0], at)?);
            find(checker, &parts[1], &inner).map(list)
        }
        Ast::FilterProjection(parts) => {
            let [of, each, condition] = &**parts;
            let inner = element(checker, &find(checker, of, at)?);
            find(checker, condition, &inner)?;
            find(checker, each, &inner).map(list)
        }
        Ast::Comparison(_, sides) | Ast::And(sides) | Ast::Or(sides) => {
            all(&[&sides[0], &sides[1]])
        }
        Ast::Not(inner) => all(&[&**inner]),
        Ast::Function(_, inner) | Ast::MultiList(inner) => all(&inner.iter().collect::<Vec<_>>()),
        Ast::MultiHash(pairs) => all(&pairs.iter().map(|(_, value)| value).collect::<Vec<_>>()),
        // A reference is evaluated on elements that only the function knows.
        Ast::Reference(_) | Ast::Literal(_) => Ok(PathType::Any),
    }
}

fn list(element: PathType<'_>) -> PathType<'_> {
    PathType::List(Box::new(element))
}

/// The type of a list whose elements are replaced by their own elements, if they are lists.
fn flatten<'m>(checker: &Checker<'m>, at: &PathType<'m>) -> PathType<'m> {
    let inner = element(checker, at);
    match &inner {
        PathType::List(inner) => list((**inner).clone()),
        PathType::Shape(shape) if matches!(shape.kind, ShapeKind::List(_)) => {
            list(element(checker, &inner))
        }
        PathType::Shape(_) | PathType::Object(_) | PathType::Any => list(inner),
    }
}

fn field<'m>(checker: &Checker<'m>, name: &str, at: &PathType<'m>) -> Result<PathType<'m>, String> {
    let shape = match at {
        PathType::Shape(shape) => *shape,
        PathType::List(_) => return Err(format!("a list has no member `{name}`")),
        PathType::Object(members) => {
            let found = members.iter().find(|(member, _)| *member == name);
            let missing = || format!("no `{name}`: only `input` and `output`");
            return found
                .map(|(_, path_type)| path_type.clone())
                .ok_or_else(missing);
        }
        PathType::Any => return Ok(PathType::Any),
    };
    match &shape.kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => {
            let member = members.iter().find(|member| member.name == name);
            let missing = || format!("`{}` has no member `{name}`", shape.id);
            Ok(target(checker, &member.ok_or_else(missing)?.target))
        }
        ShapeKind::Map(_, value) => Ok(target(checker, &value.target)),
        ShapeKind::Simple(Simple::Document) => Ok(PathType::Any),
        _ => Err(format!("a {} has no member `{name}`", type_name(shape))),
    }
}

/// The elements of a list.
fn element<'m>(checker: &Checker<'m>, at: &PathType<'m>) -> PathType<'m> {
    match at {
        PathType::List(inner) => (**inner).clone(),
        PathType::Shape(shape) => match &shape.kind {
            ShapeKind::List(member) => target(checker, &member.target),
            _ => PathType::Any,
        },
        PathType::Object(_) | PathType::Any => PathType::Any,
    }
}

/// The values of an object, if they are of one type.
fn value<'m>(checker: &Checker<'m>, at: &PathType<'m>) -> PathType<'m> {
    match at {
        PathType::Shape(shape) => match &shape.kind {
            ShapeKind::Map(_, value) => target(checker, &value.target),
            _ => PathType::Any,
        },
        PathType::List(_) | PathType::Object(_) | PathType::Any => PathType::Any,
    }
}

fn target<'m>(checker: &Checker<'m>, reference: &crate::model::Reference) -> PathType<'m> {
    checker
        .shape(reference)
        .map_or(PathType::Any, PathType::Shape)
}
