//! The acceptors of waiters (`@waitable`).
//!
//! Source: <https://smithy.io/2.0/additional-specs/waiters.html>

use crate::error::{Failure, ServiceError};
use crate::jmespath::{Query, Value};
use crate::operation::{Acceptor, Comparator, Matcher, Waiter};
use crate::shape::Shape;
use std::rc::Rc;

impl Waiter {
    /// The first acceptor that matches the input of a call and its output or failure.
    pub fn accepts(
        &self,
        input: &dyn Shape,
        result: Result<&dyn Shape, &Failure>,
    ) -> Option<&'static Acceptor> {
        let mut acceptors = self.acceptors.iter();
        acceptors.find(|acceptor| acceptor.matches(input, result))
    }
}

impl Acceptor {
    /// The reason of a failure in an output; several reasons are joined.
    pub fn reason(&self, output: &dyn Shape) -> Option<String> {
        let query = Query::compile(self.message).ok()?;
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.to_string()),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::List(_) | Value::Map(_) => {
                None
            }
        };
        let reason = match query.find(&output.into()).ok()? {
            Value::List(all) => all.iter().filter_map(text).collect::<Vec<_>>().join(", "),
            one => text(&one)?,
        };
        (!reason.is_empty()).then_some(reason)
    }

    fn matches(&self, input: &dyn Shape, result: Result<&dyn Shape, &Failure>) -> bool {
        match (&self.matcher, result) {
            (Matcher::Success(expected), result) => result.is_ok() == *expected,
            (Matcher::ErrorType(name), Err(Failure::Service(error))) => is_called(error, name),
            (Matcher::Output(path, expected, comparator), Ok(output)) => {
                comparator.holds(path, &output.into(), expected)
            }
            (Matcher::InputOutput(path, expected, comparator), Ok(output)) => {
                let both = [("input", input), ("output", output)];
                let both = both.map(|(name, shape)| (Rc::from(name), shape.into()));
                comparator.holds(path, &Value::Map(both.into()), expected)
            }
            (Matcher::ErrorType(_), _)
            | (Matcher::Output(..) | Matcher::InputOutput(..), Err(_)) => false,
        }
    }
}

/// Whether an error has that name, in the model or on the wire. The namespace of a shape id is ignored.
fn is_called(error: &ServiceError, name: &str) -> bool {
    let name = name.rsplit('#').next().unwrap_or(name);
    match &error.code {
        Some(code) if code == name => true,
        Some(_) => error.schema.is_some_and(|schema| schema.name() == name),
        // A response to HEAD has only its status.
        None => error.status_name().as_deref() == Some(name),
    }
}

impl Comparator {
    /// Whether the value at a path is the expected one. An invalid path has no value.
    fn holds(self, path: &str, value: &Value, expected: &str) -> bool {
        let Ok(found) = Query::compile(path).and_then(|query| query.find(value)) else {
            return false;
        };
        let equals = |value: &Value| match value {
            Value::String(text) => **text == *expected,
            // The AWS JSON format has numbers, too.
            Value::Number(number) => number.to_string() == expected,
            Value::Null | Value::Boolean(_) | Value::List(_) | Value::Map(_) => false,
        };
        match (self, &found) {
            (Self::StringEquals, found) => equals(found),
            (Self::BooleanEquals, Value::Boolean(found)) => found.to_string() == expected,
            (Self::AllStringEquals, Value::List(found)) => {
                !found.is_empty() && found.iter().all(equals)
            }
            (Self::AnyStringEquals, Value::List(found)) => found.iter().any(equals),
            (Self::BooleanEquals | Self::AllStringEquals | Self::AnyStringEquals, _) => false,
        }
    }
}
