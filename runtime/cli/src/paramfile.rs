//! Values that are read from files: `file://` for text, `fileb://` for bytes.

use crate::stop::quoted;
use std::io::Read as _;
use std::path::PathBuf;
use swage_client::redact::possible_url;

/// The content of a file.
#[derive(Debug)]
pub(crate) enum Loaded {
    Text(String),
    Bytes(Vec<u8>),
}

/// Reads the file that a value names; none if it isn't a `file://` or `fileb://` value.
pub(crate) fn load(value: &str) -> Option<Result<Loaded, String>> {
    if let Some(path) = value.strip_prefix("file://") {
        return Some(read(value, path).and_then(|bytes| decode(path, bytes)));
    }
    let path = value.strip_prefix("fileb://")?;
    Some(read(value, path).map(Loaded::Bytes))
}

fn read(value: &str, path: &str) -> Result<Vec<u8>, String> {
    let path = expand(path);
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes));
    match opened {
        Ok(_) => Ok(bytes),
        Err(error) => Err(format!(
            "Unable to load paramfile {value}: {}",
            describe(&error, &path.to_string_lossy())
        )),
    }
}

fn decode(path: &str, bytes: Vec<u8>) -> Result<Loaded, String> {
    let undecodable = |_| {
        let path = expand(path);
        format!(
            "Unable to load paramfile ({}), text contents could not be decoded.  If this is a binary file, \
             please use the fileb:// prefix instead of the file:// prefix.",
            path.display()
        )
    };
    let text = String::from_utf8(bytes).map_err(undecodable)?;
    Ok(Loaded::Text(if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }))
}

/// The AWS CLI's message for a file error.
pub(crate) fn describe(error: &std::io::Error, path: &str) -> String {
    // A URL given by mistake may have a password.
    let path = if path.contains("://") {
        quoted(&possible_url(path))
    } else {
        quoted(path)
    };
    let Some(code) = error.raw_os_error() else {
        return format!("{error}: {path}");
    };
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    format!("[Errno {code}] {text}: {path}")
}

/// Expands `~`, `$VAR` and `${VAR}`. Unset variables are kept as they are.
pub(crate) fn expand(path: &str) -> PathBuf {
    let home = crate::env::home();
    let path = match (path.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            format!("{home}{rest}")
        }
        _ => path.to_owned(),
    };
    PathBuf::from(variables(&path))
}

fn variables(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let after = from.get(1..).unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let braced = after
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'));
        let (name, length) = if let Some((name, _)) = braced {
            (name, name.len() + 3)
        } else {
            let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
            (after.get(..end).unwrap_or_default(), end + 1)
        };
        let (whole, tail) = from.split_at(length);
        out.push_str(&std::env::var(name).unwrap_or_else(|_| whole.to_owned()));
        rest = tail;
    }
    out.push_str(rest);
    out
}
