//! Waiters by their names.

use super::{Client, Error, nearest, record, refuse_events, value};
use crate::client::{Waited, wait_untyped};
use crate::operation::{Operation, Waiter};
use serde_json::Value;
use std::time::Duration;

impl Client {
    /// Calls the operation of a waiter until its state is reached, such as `QueueExists`, with growing pauses. Returns the
    /// output that says so, or `null` if it is an error that was waited for.
    ///
    /// # Errors
    ///
    /// There is no such waiter, the input doesn't fit, the state isn't reached in that time or can't be reached any more, or a
    /// call fails.
    pub async fn wait(
        &self,
        waiter: &str,
        input: Value,
        max_wait: Duration,
    ) -> Result<Value, Error> {
        let (operation, waiter) = self.waiter(waiter)?;
        refuse_events(operation)?;
        record(operation, &input)?;
        // The record fits, as the check has shown.
        let make =
            || record(operation, &input).unwrap_or_else(|_| crate::Record::new(operation.input));
        match wait_untyped(&self.client, operation, waiter, max_wait, &make).await {
            Waited::Reached(Ok(output)) => value(output).await,
            Waited::Reached(Err(_)) => Ok(Value::Null),
            Waited::Unreachable(Ok(output)) => Err(Error::Unreachable(Some(value(output).await?))),
            Waited::Unreachable(Err(_)) => Err(Error::Unreachable(None)),
            Waited::Failed(failure) => Err(Error::Call(failure)),
            Waited::Over => Err(Error::TooLate(max_wait)),
        }
    }

    fn waiter(&self, name: &str) -> Result<(&'static Operation, &'static Waiter), Error> {
        let all = self.packed.waiters()?;
        let Some(found) = all.iter().find(|waiter| waiter.name == name) else {
            let names: Vec<_> = all.iter().map(|waiter| waiter.name).collect();
            return Err(Error::NoWaiter {
                name: name.to_owned(),
                nearest: nearest::of(name, &names),
            });
        };
        let command = self.packed.command(found.command)?;
        let operation = self.packed.operation_of(&command)?;
        let mut waiters = operation.waiters();
        let waiter = waiters.find(|waiter| waiter.name == name);
        let missing = || crate::pack::PackError::Invalid("waiter");
        Ok((operation, waiter.ok_or_else(missing)?))
    }
}
