//! Writes a streaming output to a file, or to standard output for `-`.

use crate::paramfile;
use crate::runtime::Runtime;
use crate::stop::Stop;
use std::error::Error;
use std::io::Write;
use swage_client::Any;

/// Writes the value to a file. If it fails midway, the part that was written stays.
pub(crate) fn save(runtime: &Runtime, name: &str, value: Option<Any>) -> Result<(), Stop> {
    let fail = |error: std::io::Error| Stop::Error(paramfile::describe(&error, name));
    let mut to: Box<dyn Write> = match name {
        "-" => Box::new(std::io::stdout().lock()),
        name => Box::new(std::fs::File::create(name).map_err(fail)?),
    };
    match value {
        Some(Any::Blob(bytes)) => to.write_all(&bytes).map_err(fail)?,
        Some(Any::String(text)) => to.write_all(text.as_bytes()).map_err(fail)?,
        Some(Any::Stream(mut stream)) => {
            while let Some(part) = runtime.block_on(stream.next())? {
                let part = part.map_err(|error| broken(&error, name))?;
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

/// The message for a response that ended early or is damaged.
fn broken(error: &(dyn Error + 'static), name: &str) -> Stop {
    let mut said: Vec<String> = Vec::new();
    // The outermost error has no details.
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        // An error may repeat its cause.
        if !said.iter().any(|before| before.contains(&text)) {
            said.push(text);
        }
        next = cause.source();
    }
    if said.is_empty() {
        said.push(error.to_string());
    }
    let kept = match name {
        "-" => String::new(),
        name => format!("; {name} is incomplete or damaged"),
    };
    Stop::Error(format!(
        "An error occurred while reading from response stream: {}{kept}",
        said.join(": ")
    ))
}
