//! Clients and servers that answer by rules, for tests of code that calls a service.
//!
//! [`rule`] begins a rule for an operation, [`client`] makes a client that has only rules to ask. Everything above the
//! network runs as usual: validation, interceptors, signatures, retries without pauses, the log. A [`Server`] answers
//! requests over HTTP by the same rules.
//!
//! Which rule answers is decided once a call: the first one whose operation and matchers fit and that has answers left.
//! A call without such a rule fails with an error that says so, and isn't retried.

mod rule;
mod server;

pub use rule::{Rule, RuleBuilder, SequenceBuilder};
pub use server::Server;

use crate::client::{Answer, Answers, Customizable};
use crate::operation::Operation;
use crate::shape::{Modeled, Shape};
use crate::{Client, ClientBuilder};
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use std::fmt;
use std::time::Duration;

/// Begins a rule for an operation, which is named by the client's method: `mock::rule(Client::get_transcript)`.
pub fn rule<C, B, O, E>(_operation: fn(&C) -> B) -> RuleBuilder<B::Input, O, E>
where
    B: Customizable<O, E, Input: Shape + 'static>,
    O: Shape + 'static,
    E: Modeled + 'static,
{
    RuleBuilder::new(B::operation())
}

/// Makes a client whose calls are answered by these rules, and never by a service.
///
/// The builder's settings stay; region and credentials need not be set. Retries don't pause.
pub fn client<'r, C: From<Client>>(
    builder: ClientBuilder<C>,
    rules: impl IntoIterator<Item = &'r Rule>,
) -> C {
    let rules = Rules(rules.into_iter().cloned().collect());
    builder.answered_by(rules, Instant).build_lenient()
}

/// Rules in their order.
struct Rules(Vec<Rule>);

impl Answers for Rules {
    fn find(&self, operation: &'static Operation, input: &dyn Shape) -> Option<Answer> {
        self.0.iter().find_map(|rule| rule.answer(operation, input))
    }
}

/// Pauses that end at once.
struct Instant;

impl AsyncSleep for Instant {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Instant")
    }
}
