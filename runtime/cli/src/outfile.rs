//! Writes an output, or a part of it, to a file, or to standard output for `-`.

use crate::args::command::Target;
use crate::command::shortcuts::member_at;
use crate::paramfile;
use crate::runtime::Runtime;
use crate::stop::Stop;
use aws_smithy_types::base64;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use swage_client::schema::Kind;
use swage_client::{Any, Record};

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

/// Checks that the file can be written, as far as that can be known.
pub(crate) fn check(name: &str) -> Result<(), Stop> {
    let path = paramfile::expand(name);
    let folder = path.parent().filter(|path| !path.as_os_str().is_empty());
    if folder.is_none_or(Path::is_dir) && !path.is_dir() {
        return Ok(());
    }
    let message = format!("Unable to write to file: {}", path.display());
    Err(Stop::Error(message))
}

/// Writes a part of an output to a file that only its owner can read. Nothing is written if the output lacks it.
pub(crate) fn save_part(output: &mut Record, target: &Target) -> Result<(), Stop> {
    let paths = target.option.paths;
    let Some(path) = paths.get(target.chosen) else {
        return Ok(());
    };
    let Some(value) = take(output, path) else {
        return Ok(());
    };
    let member = member_at(output.schema(), path);
    let is_blob = member.is_some_and(|member| member.target().kind() == Kind::Blob);
    let bytes = match &value {
        Any::Blob(bytes) => bytes.clone(),
        // Outputs have blobs as they arrive, unless the protocol has bytes.
        Any::String(text) if is_blob => {
            base64::decode(text).unwrap_or_else(|_| text.clone().into_bytes())
        }
        Any::String(text) => text.clone().into_bytes(),
        _ => Vec::new(),
    };
    let file = paramfile::expand(&target.file);
    let written = write_private(&file, &bytes);
    written.map_err(|error| Stop::Error(paramfile::describe(&error, &target.file)))?;
    if target.option.removes {
        for path in paths {
            take(output, path);
        }
    } else {
        put(output, path, value);
    }
    Ok(())
}

/// Writes a file that only its owner can read, also if it exists already.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(bytes)
}

/// Takes the value at a path out of a record.
fn take(record: &mut Record, path: &str) -> Option<Any> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let (index, _) = record.schema().member(name)?;
    let mut value = record.take(index)?;
    let Any::Structure(inner) = &mut value else {
        return rest.is_empty().then_some(value);
    };
    let found = take(inner, rest);
    record.set(index, value);
    found
}

/// Sets the value at a path whose structures are there.
fn put(record: &mut Record, path: &str, value: Any) {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some((index, _)) = record.schema().member(name) else {
        return;
    };
    match record.take(index) {
        Some(Any::Structure(mut inner)) => {
            put(&mut inner, rest, value);
            record.set(index, Any::Structure(inner));
        }
        _ => {
            record.set(index, value);
        }
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
