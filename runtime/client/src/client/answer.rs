//! Calls that rules answer instead of the service, in tests.

use crate::error::{ConfigError, EncodeError, Failure};
use crate::operation::{Operation, Thrown};
use crate::protocol::mock;
use crate::shape::{Modeled, Shape};
use crate::transport::ResponseBody;
use bytes::Bytes;
use http::{Response, StatusCode};
use std::sync::Arc;

/// Finds an answer for a call.
pub(crate) trait Answers: Send + Sync {
    /// The answer to a call with this input; `None` if there is none.
    fn find(&self, operation: &'static Operation, input: &dyn Shape) -> Option<Answer>;
}

/// The answer to each attempt of a call. The error is a problem of the test.
pub(crate) type Answer = Arc<dyn Fn() -> Result<Reply, String> + Send + Sync>;

/// What a rule answers with.
pub(crate) enum Reply {
    Output(Box<dyn Shape>),
    Error(Box<dyn Modeled>),
    Http(Response<Bytes>),
}

/// Marks a response whose body is one of `protocol::mock`.
#[derive(Clone)]
pub(crate) struct FromRule;

/// Finds the answer for a call, if rules answer the calls of this client.
pub(super) fn find(
    answers: Option<&Arc<dyn Answers>>,
    operation: &'static Operation,
    input: &dyn Shape,
) -> Result<Option<Answer>, Failure> {
    let Some(answers) = answers else {
        return Ok(None);
    };
    let answer = answers.find(operation, input);
    let missing = || failure(&format!("no rule matches this call of {}", operation.name));
    answer.ok_or_else(missing).map(Some)
}

/// The response to an attempt.
pub(super) fn respond(answer: &Answer) -> Result<Response<ResponseBody>, Failure> {
    let response = answer().and_then(|reply| {
        let response = message(reply);
        response.map_err(|error| format!("the answer can't be given: {error}"))
    });
    let response = response.map_err(|problem| failure(&problem))?;
    Ok(response.map(ResponseBody::from))
}

fn message(reply: Reply) -> Result<Response<Bytes>, EncodeError> {
    let (status, body) = match reply {
        Reply::Http(response) => return Ok(response),
        Reply::Output(output) => (StatusCode::OK, mock::output(&*output)?),
        Reply::Error(error) => {
            let error = thrown(&*error);
            (error.status(), mock::error(&error)?)
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.extensions_mut().insert(FromRule);
    Ok(response)
}

/// An error as protocols have it.
pub(crate) fn thrown(error: &dyn Modeled) -> Thrown<'_> {
    let modeled = error.modeled();
    let name = modeled.map(|modeled| modeled.schema().name());
    Thrown {
        name: name.or(error.code()).unwrap_or_default(),
        message: error.message(),
        modeled,
    }
}

fn failure(problem: &str) -> Failure {
    Failure::Config(ConfigError::Setting(format!("mock: {problem}")))
}
