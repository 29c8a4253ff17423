//! `smithy-build.json`: where a Smithy project has its models.

use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The file's name.
pub(super) const FILE: &str = "smithy-build.json";

/// The folder that a project has its models in when it doesn't name one.
const DEFAULT: &str = "model";

/// The files and folders of a project: its `sources` and `imports`.
pub(super) fn paths(file: &Path) -> Result<Vec<PathBuf>, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let json: Json =
        serde_json::from_str(&without_comments(&text)).map_err(|error| error.to_string())?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut paths = Vec::new();
    match json.get("sources") {
        Some(sources) => paths.extend(strings("sources", sources)?),
        None if folder.join(DEFAULT).is_dir() => paths.push(DEFAULT.to_owned()),
        None => {}
    }
    if let Some(imports) = json.get("imports") {
        paths.extend(strings("imports", imports)?);
    }
    if paths.is_empty() {
        return Err(format!("no `sources`, and no folder `{DEFAULT}`"));
    }
    let paths = paths.into_iter().map(|path| folder.join(path));
    Ok(paths.collect())
}

fn strings(key: &str, value: &Json) -> Result<Vec<String>, String> {
    let elements = value.as_array().into_iter().flatten().map(Json::as_str);
    let strings: Option<Vec<_>> = elements.collect();
    match strings {
        Some(strings) if value.is_array() => strings.into_iter().map(expanded).collect(),
        _ => Err(format!("`{key}` is not an array of strings")),
    }
}

/// With environment variables in place of `${NAME}`.
fn expanded(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after
            .split_once('}')
            .ok_or_else(|| format!("`{text}` has no `}}` after `${{`"))?;
        let value = env::var(name)
            .map_err(|_| format!("the environment variable `{name}` in `{text}` is not set"))?;
        out.push_str(before);
        out.push_str(&value);
        rest = after;
    }
    Ok(out + rest)
}

/// Smithy allows comments from `//` to the end of a line.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => in_string = !in_string,
            '\\' if in_string => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            '/' if !in_string && chars.peek() == Some(&'/') => {
                while chars.next_if(|c| *c != '\n').is_some() {}
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}
