//! One call of an operation.

mod percent;

use crate::command::Command;
use crate::context::Context;
use crate::errors;
use crate::output::{header_time, iso8601};
use crate::stop::Stop;
use swage_client::Record;
use swage_client::client::Client;

/// Sends the input, and returns the output with timestamps as they are configured to be shown.
pub(crate) fn send(
    context: &Context,
    command: &Command,
    client: &Client,
    input: &mut Record,
) -> Result<Record, Stop> {
    let operation = command.operation();
    let mut output = Record::new(operation.output);
    let encoding = percent::ask(command, input);
    let called = client.call(operation, input, &mut output);
    let called = context.runtime.block_on(called)?;
    if let Some(encoding) = encoding {
        percent::decode(encoding, input, &mut output);
    }
    header_time::drop_unreadable(&mut output);
    match called {
        Ok(_) if context.settings.iso8601() => Ok(iso8601::record(output)),
        Ok(_) => Ok(output),
        Err(failure) => Err(errors::stop(&failure, operation, &context.settings)),
    }
}
