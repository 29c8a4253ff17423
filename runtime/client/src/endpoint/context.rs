//! Values of an input for endpoint parameters: the subset of `JMESPath` for `smithy.rules#operationContextParams`. A path is
//! evaluated by a writer that copies only the selected values.

use crate::error::EncodeError;
use crate::schema::Member;
use crate::shape::{Elements, Entries, Shape, Value, Writer};

/// The maximum nesting depth of brackets.
const MAX_DEPTH: usize = 16;

/// A selected value.
#[derive(Debug, PartialEq)]
pub(super) enum Found {
    Text(String),
    Boolean(bool),
}

/// A parsed path.
#[derive(Debug)]
pub(super) struct Path<'p>(Vec<PathStep<'p>>);

/// A step of a path.
#[derive(Debug)]
enum PathStep<'p> {
    /// `name`.
    Field(&'p str),
    /// `[*]` or `[]`, which are the same here: all results go into one flat list.
    Each,
    /// `.*`.
    Values,
    /// `keys(…)`, after the steps of its argument.
    Keys,
    /// `[a, b]`.
    Several(Vec<Path<'p>>),
}

impl<'p> Path<'p> {
    /// The path of a single member.
    pub(super) fn of_member(name: &'p str) -> Self {
        Self(vec![PathStep::Field(name)])
    }

    /// Returns `None` for other expressions of `JMESPath`.
    pub(super) fn parse(text: &'p str) -> Option<Self> {
        Self::nested(text, MAX_DEPTH)
    }

    fn nested(text: &'p str, depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        let text = text.trim();
        if let Some(inner) = text
            .strip_prefix("keys(")
            .and_then(|rest| rest.strip_suffix(')'))
        {
            let mut path = Self::nested(inner, depth)?;
            path.0.push(PathStep::Keys);
            return Some(path);
        }
        let (mut steps, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let (step, after) = Self::step(rest, depth)?;
            steps.push(step);
            rest = after.strip_prefix('.').unwrap_or(after);
        }
        Some(Self(steps))
    }

    fn step(text: &'p str, depth: usize) -> Option<(PathStep<'p>, &'p str)> {
        if let Some(after) = text.strip_prefix("[*]").or_else(|| text.strip_prefix("[]")) {
            return Some((PathStep::Each, after));
        }
        if let Some(after) = text.strip_prefix('*') {
            return Some((PathStep::Values, after));
        }
        if let Some(inner) = text.strip_prefix('[') {
            let (list, after) = inner.split_at_checked(closing(inner)?)?;
            let paths = separated(list)
                .into_iter()
                .map(|path| Self::nested(path, depth))
                .collect::<Option<_>>()?;
            return Some((PathStep::Several(paths), after.strip_prefix(']')?));
        }
        let end = text
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(text.len());
        let (name, after) = text.split_at_checked(end)?;
        if name.is_empty() {
            None
        } else {
            Some((PathStep::Field(name), after))
        }
    }

    /// All values that the path selects, in order.
    pub(super) fn find(&self, input: &dyn Shape) -> Vec<Found> {
        let mut walk = PathWalk {
            steps: &self.0,
            found: Vec::new(),
        };
        // A walk never fails: it skips values that don't match the path.
        let _ = walk.shape(input);
        walk.found
    }
}

/// The position of the closing bracket.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| match c {
        '[' => {
            depth += 1;
            None
        }
        ']' if depth == 0 => Some(at),
        ']' => {
            depth -= 1;
            None
        }
        _ => None,
    })
}

/// Splits at the commas outside brackets.
fn separated(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let comma = |c: char| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    text.split(comma).collect()
}

/// Follows the steps and keeps the values at their end.
struct PathWalk<'p> {
    steps: &'p [PathStep<'p>],
    found: Vec<Found>,
}

type Walked = Result<(), EncodeError>;

impl<'p> PathWalk<'p> {
    /// Runs a function with other remaining steps.
    fn then(
        &mut self,
        steps: &'p [PathStep<'p>],
        walk: impl FnOnce(&mut Self) -> Walked,
    ) -> Walked {
        let before = std::mem::replace(&mut self.steps, steps);
        let result = walk(self);
        self.steps = before;
        result
    }

    /// Follows each of several paths and then the rest, as if the path were written out once for each.
    fn several(&mut self, paths: &'p [Path<'p>], walk: impl Fn(&mut Self) -> Walked) -> Walked {
        paths.iter().try_for_each(|path| self.then(&path.0, &walk))
    }

    fn shape(&mut self, shape: &dyn Shape) -> Walked {
        match self.steps {
            [PathStep::Field(name), rest @ ..] => {
                let found = shape
                    .schema()
                    .member(name)
                    .and_then(|(index, member)| Some((member, shape.member(index)?)));
                found.map_or(Ok(()), |(member, value)| {
                    self.then(rest, |walk| walk.value(member, value))
                })
            }
            [PathStep::Values, rest @ ..] => {
                let values = shape.schema().members().iter().enumerate();
                let mut values =
                    values.filter_map(|(index, member)| Some((member, shape.member(index)?)));
                self.then(rest, |walk| {
                    values.try_for_each(|(member, value)| walk.value(member, value))
                })
            }
            // Only `[]` can follow `[a, b]`, and the results are already flat.
            [PathStep::Several(paths), ..] => self.several(paths, |walk| walk.shape(shape)),
            [PathStep::Each, rest @ ..] => self.then(rest, |walk| walk.shape(shape)),
            [] | [PathStep::Keys, ..] => Ok(()),
        }
    }

    fn value(&mut self, member: &'static Member, value: &dyn Value) -> Walked {
        if value.is_set() {
            value.write(member, self)
        } else {
            Ok(())
        }
    }

    fn keep(&mut self, found: Found) {
        if self.steps.iter().all(|step| matches!(step, PathStep::Each)) {
            self.found.push(found);
        }
    }
}

impl Writer for PathWalk<'_> {
    /// Only booleans and strings can be parameters.
    fn other(&mut self, _: &'static Member) -> Walked {
        Ok(())
    }

    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Walked {
        self.shape(value)
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Walked {
        let Some(element) = member.target().members().first() else {
            return Ok(());
        };
        let steps = match self.steps {
            [PathStep::Each, rest @ ..] => rest,
            [] => &[],
            _ => return Ok(()),
        };
        let mut values = (0..value.len()).filter_map(|index| value.get(index));
        self.then(steps, |walk| {
            values.try_for_each(|value| walk.value(element, value))
        })
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Walked {
        let [_, target] = member.target().members() else {
            return Ok(());
        };
        let (steps, wanted) = match self.steps {
            [PathStep::Keys, ..] => {
                return value.each(&mut |key, _| {
                    self.found.push(Found::Text(key.to_owned()));
                    Ok(())
                });
            }
            [PathStep::Values, rest @ ..] => (rest, None),
            [PathStep::Field(name), rest @ ..] => (rest, Some(*name)),
            _ => return Ok(()),
        };
        self.then(steps, |walk| {
            value.each(&mut |key, value| match value {
                Some(value) if wanted.is_none_or(|wanted| wanted == key) => {
                    walk.value(target, value)
                }
                _ => Ok(()),
            })
        })
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Walked {
        self.keep(Found::Boolean(value));
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Walked {
        self.keep(Found::Text(value.to_owned()));
        Ok(())
    }
}
