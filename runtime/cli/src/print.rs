//! Prints responses: `--query`, `--output`, `--color`.

use crate::command::Command;
use crate::context::Context;
use crate::output::{self, Color, Format, Style};
use crate::stop::Stop;
use swage_client::Any;
use swage_client::jmespath::Value;

/// Applies `--query` to a response, and prints the result in the format that was asked for.
pub(crate) fn response(context: &Context, command: &Command, value: Any) -> Result<(), Stop> {
    let format = format(context)?;
    let value = match &context.query {
        Some(query) => query.apply(value).map_err(Stop::Error)?,
        None if is_empty(&value) => Value::Map([].into()),
        None => value.into(),
    };
    let color = context.globals.color.as_deref();
    let color = color.and_then(Color::from_name).unwrap_or_default();
    styled(context, Style::of_stdout(format, color), command, value)
}

/// Prints a value in that style.
pub(crate) fn styled(
    context: &Context,
    style: Style,
    command: &Command,
    value: impl Into<Value>,
) -> Result<(), Stop> {
    output::print(&context.output, style, command.operation().name, value)
        .map_err(|error| Stop::Error(error.to_string()))
}

/// The format of `--output`, else the configured one.
pub(crate) fn format(context: &Context) -> Result<Format, Stop> {
    let asked = context.globals.output.clone();
    let name = asked.or_else(|| context.settings.output());
    let name = name.as_deref().unwrap_or("json");
    Format::from_name(name).ok_or_else(|| Stop::Error(format!("Unknown output type: {name}")))
}

/// Whether it is an object without members: nothing is printed for that.
fn is_empty(value: &Any) -> bool {
    match value {
        Any::Map(entries) => entries.is_empty(),
        Any::Structure(record) => {
            (0..record.schema().members().len()).all(|index| record.get(index).is_none())
        }
        _ => false,
    }
}
