//! Calls that rules answer instead of the service, in tests.

use crate::error::{ConfigError, Failure};
use crate::operation::Operation;
use crate::shape::Shape;
use crate::transport::ResponseBody;
use bytes::Bytes;
use http::Response;
use std::sync::Arc;

/// Finds an answer for a call.
pub(crate) trait Answers: Send + Sync {
    /// The answer to a call with this input; `None` if there is none.
    fn find(&self, operation: &'static Operation, input: &dyn Shape) -> Option<Answer>;
}

/// The answer to each attempt of a call. The error is a problem of the test.
pub(crate) type Answer = Arc<dyn Fn() -> Result<Response<Bytes>, String> + Send + Sync>;

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
    let response = answer().map_err(|problem| failure(&problem))?;
    Ok(response.map(ResponseBody::from))
}

fn failure(problem: &str) -> Failure {
    Failure::Config(ConfigError::Setting(format!("mock: {problem}")))
}
