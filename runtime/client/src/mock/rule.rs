//! Rules, and how they are built.

use crate::client::{Answer, Reply};
use crate::operation::Operation;
use crate::protocol::json;
use crate::shape::{Modeled, Shape};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use bytes::Bytes;
use http::Response;
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Answers the calls of an operation. Clones count together.
#[derive(Clone)]
pub struct Rule {
    of: Arc<dyn AnyRule>,
}

impl Rule {
    /// Returns how many requests were answered. Retries count.
    pub fn num_calls(&self) -> usize {
        self.of.answered().load(Ordering::SeqCst)
    }

    /// The operation whose calls it answers.
    pub(super) fn operation(&self) -> &'static Operation {
        self.of.operation()
    }

    pub(super) fn answer(
        &self,
        operation: &'static Operation,
        input: &dyn Shape,
    ) -> Option<Answer> {
        self.of.clone().answer(operation, input)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("num_calls", &self.num_calls())
            .finish_non_exhaustive()
    }
}

/// A rule without its types.
trait AnyRule: Send + Sync {
    fn operation(&self) -> &'static Operation;
    fn answered(&self) -> &AtomicUsize;
    fn answer(self: Arc<Self>, operation: &'static Operation, input: &dyn Shape) -> Option<Answer>;
}

type Made = Result<Reply, String>;
type Make<I> = Box<dyn Fn(&I) -> Made + Send + Sync>;
type Matches<I> = Box<dyn Fn(&I) -> bool + Send + Sync>;

/// An answer, and how often it is given; `None` means for ever.
struct Step<I> {
    make: Make<I>,
    left: Option<usize>,
}

struct Typed<I> {
    operation: &'static Operation,
    matches: Vec<Matches<I>>,
    steps: Mutex<VecDeque<Step<I>>>,
    answered: AtomicUsize,
}

impl<I: Shape + 'static> AnyRule for Typed<I> {
    fn operation(&self) -> &'static Operation {
        self.operation
    }

    fn answered(&self) -> &AtomicUsize {
        &self.answered
    }

    fn answer(self: Arc<Self>, operation: &'static Operation, input: &dyn Shape) -> Option<Answer> {
        if !std::ptr::eq(operation, self.operation) || self.is_used_up() {
            return None;
        }
        let mut copy = I::blank();
        json::copy(input, &mut copy).ok()?;
        let fits = self.matches.iter().all(|matches| matches(&copy));
        fits.then(|| -> Answer { Arc::new(move || self.next(&copy)) })
    }
}

impl<I> Typed<I> {
    fn steps(&self) -> std::sync::MutexGuard<'_, VecDeque<Step<I>>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_used_up(&self) -> bool {
        self.steps().is_empty()
    }

    fn next(&self, input: &I) -> Made {
        let mut steps = self.steps();
        let step = steps.front_mut();
        let step = step.ok_or("the rule has no answer left for a retry")?;
        let made = (step.make)(input);
        step.left = step.left.map(|left| left.saturating_sub(1));
        if step.left == Some(0) {
            steps.pop_front();
        }
        self.answered.fetch_add(1, Ordering::SeqCst);
        made
    }
}

/// Builds a [`Rule`].
#[must_use = "a rule needs an answer"]
pub struct RuleBuilder<I, O, E> {
    operation: &'static Operation,
    matches: Vec<Matches<I>>,
    made: PhantomData<fn() -> (O, E)>,
}

impl<I, O, E> fmt::Debug for RuleBuilder<I, O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RuleBuilder")
    }
}

impl<I, O, E> RuleBuilder<I, O, E>
where
    I: Shape + 'static,
    O: Shape + 'static,
    E: Modeled + 'static,
{
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            matches: Vec::new(),
            made: PhantomData,
        }
    }

    /// Restricts the rule to inputs for which this is true. Members that are streams aren't set.
    pub fn match_requests(mut self, matches: impl Fn(&I) -> bool + Send + Sync + 'static) -> Self {
        self.matches.push(Box::new(matches));
        self
    }

    /// Answers each call with this output. Its streams must be in memory.
    pub fn then_output(self, output: impl Fn() -> O + Send + Sync + 'static) -> Rule {
        self.always(move |_| Ok(Reply::Output(Box::new(output()))))
    }

    /// Answers each call with an output that depends on the input.
    pub fn then_compute_output(self, output: impl Fn(&I) -> O + Send + Sync + 'static) -> Rule {
        self.always(move |input| Ok(Reply::Output(Box::new(output(input)))))
    }

    /// Answers each call with this error.
    pub fn then_error(self, error: impl Fn() -> E + Send + Sync + 'static) -> Rule {
        self.always(move |_| Ok(Reply::Error(Box::new(error()))))
    }

    /// Answers each call with an error that depends on the input.
    pub fn then_compute_error(self, error: impl Fn(&I) -> E + Send + Sync + 'static) -> Rule {
        self.always(move |input| Ok(Reply::Error(Box::new(error(input)))))
    }

    /// Answers each call with this HTTP response, which is read by the service's protocol.
    pub fn then_http_response(
        self,
        response: impl Fn() -> HttpResponse + Send + Sync + 'static,
    ) -> Rule {
        self.always(move |_| of_http(response()))
    }

    /// Begins a sequence of answers, one a request.
    pub fn sequence(self) -> SequenceBuilder<I, O, E> {
        SequenceBuilder {
            operation: self.operation,
            matches: self.matches,
            steps: VecDeque::new(),
            made: PhantomData,
        }
    }

    fn always(self, make: impl Fn(&I) -> Made + Send + Sync + 'static) -> Rule {
        self.sequence().step(make).repeatedly()
    }
}

/// Builds a [`Rule`] whose answers differ from request to request. When none is left, the rule is skipped.
#[must_use = "a sequence is built by `build()` or `repeatedly()`"]
pub struct SequenceBuilder<I, O, E> {
    operation: &'static Operation,
    matches: Vec<Matches<I>>,
    steps: VecDeque<Step<I>>,
    made: PhantomData<fn() -> (O, E)>,
}

impl<I, O, E> fmt::Debug for SequenceBuilder<I, O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SequenceBuilder")
    }
}

impl<I, O, E> SequenceBuilder<I, O, E>
where
    I: Shape + 'static,
    O: Shape + 'static,
    E: Modeled + 'static,
{
    /// Adds an output.
    pub fn output(self, output: impl Fn() -> O + Send + Sync + 'static) -> Self {
        self.step(move |_| Ok(Reply::Output(Box::new(output()))))
    }

    /// Adds an error.
    pub fn error(self, error: impl Fn() -> E + Send + Sync + 'static) -> Self {
        self.step(move |_| Ok(Reply::Error(Box::new(error()))))
    }

    /// Adds an HTTP response with this status and body.
    pub fn http_status(self, status: u16, body: Option<String>) -> Self {
        self.step(move |_| {
            let body = Bytes::from(body.clone().unwrap_or_default());
            let response = Response::builder().status(status).body(body);
            response.map(Reply::Http).map_err(|error| error.to_string())
        })
    }

    /// Adds an HTTP response.
    pub fn http_response(
        self,
        response: impl Fn() -> HttpResponse + Send + Sync + 'static,
    ) -> Self {
        self.step(move |_| of_http(response()))
    }

    /// Gives the answer that was added last this many times.
    pub fn times(mut self, times: usize) -> Self {
        if times == 0 {
            self.steps.pop_back();
        } else if let Some(step) = self.steps.back_mut() {
            step.left = Some(times);
        }
        self
    }

    /// Builds the rule. It gives the answer that was added last for ever.
    pub fn repeatedly(mut self) -> Rule {
        if let Some(step) = self.steps.back_mut() {
            step.left = None;
        }
        self.build()
    }

    /// Builds the rule.
    pub fn build(self) -> Rule {
        Rule {
            of: Arc::new(Typed {
                operation: self.operation,
                matches: self.matches,
                steps: Mutex::new(self.steps),
                answered: AtomicUsize::new(0),
            }),
        }
    }

    fn step(mut self, make: impl Fn(&I) -> Made + Send + Sync + 'static) -> Self {
        self.steps.push_back(Step {
            make: Box::new(make),
            left: Some(1),
        });
        self
    }
}

fn of_http(response: HttpResponse) -> Made {
    let response = response.try_into_http1x();
    let response = response.map_err(|error| error.to_string())?;
    let (parts, body) = response.into_parts();
    let body = body
        .bytes()
        .ok_or("the body of a response isn't in memory")?;
    let response = Response::from_parts(parts, Bytes::copy_from_slice(body));
    Ok(Reply::Http(response))
}
