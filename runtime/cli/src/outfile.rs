//! Streaming outputs: to a file, or to standard output for `-`.

use crate::run::Context;
use crate::stop::Stop;
use crate::values::paramfile;
use std::io::Write;
use swage_client::Any;

/// Writes what the response carries to the file of that name.
pub(crate) fn save(context: &Context, name: &str, value: Option<Any>) -> Result<(), Stop> {
    let fail = |error: std::io::Error| Stop::Error(paramfile::describe(&error, name));
    let mut to: Box<dyn Write> = match name {
        "-" => Box::new(std::io::stdout().lock()),
        name => Box::new(std::fs::File::create(name).map_err(fail)?),
    };
    match value {
        Some(Any::Blob(bytes)) => to.write_all(&bytes).map_err(fail)?,
        Some(Any::String(text)) => to.write_all(text.as_bytes()).map_err(fail)?,
        Some(Any::Stream(mut stream)) => {
            while let Some(part) = context.block_on(stream.next())? {
                let part =
                    part.map_err(|error| Stop::Error(format!("The response broke off: {error}")))?;
                to.write_all(&part).map_err(fail)?;
            }
        }
        _ => {}
    }
    match to.flush() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(fail(error)),
        _ => Ok(()),
    }
}
