//! The keys of a crate's table.

use crate::settings::{Runtime, Settings};
use std::ops::Range;
use std::path::PathBuf;
use toml::Spanned;
use toml::de::DeValue;

/// A key: its name, what it is, and how its value is read.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Completes "`name` is …".
    pub(super) about: &'static str,
    /// Whether each crate has one of its own, so that it has no place in `[defaults]`.
    pub(super) is_own: bool,
    pub(super) read: fn(&mut Settings, &Spanned<DeValue<'_>>) -> Result<(), Wrong>,
}

/// A value that doesn't fit its key.
pub(super) struct Wrong {
    pub(super) message: String,
    /// Where, if it is a part of the value.
    pub(super) place: Option<Range<usize>>,
}

/// All keys.
pub(super) const KEYS: &[Key] = &[
    own(
        "models",
        "a list of models, or of folders with models",
        |to, value| {
            to.models = paths(value)?;
            if to.models.is_empty() {
                return Err(Wrong::new("expected at least one path".to_owned()));
            }
            Ok(())
        },
    ),
    own(
        "overlays",
        "a list of models that only apply traits",
        |to, value| {
            to.overlays = paths(value)?;
            Ok(())
        },
    ),
    key(
        "builtin-overlays",
        "whether Swage's own overlay for the service is applied: `true` or `false`",
        |to, value| set(&mut to.builtin_overlays, boolean(value)),
    ),
    own("out", "the folder for the crate", |to, value| {
        set(&mut to.out, string(value).map(PathBuf::from))
    }),
    own(
        "service",
        "the name of the service, where the models have several",
        |to, value| set(&mut to.service, string(value).map(Some)),
    ),
    own(
        "operations",
        "a list of operations' names, of patterns such as `Describe*` or `!Delete*`, or of files such as `@operations.txt`",
        |to, value| set(&mut to.operations, strings(value)),
    ),
    key(
        "protocol",
        "the name of a protocol, such as `restJson1`",
        |to, value| set(&mut to.protocol, string(value).map(Some)),
    ),
    key(
        "cli",
        "whether the crate has a command line: `true` or `false`",
        |to, value| set(&mut to.cli, boolean(value)),
    ),
    key(
        "default-chain",
        "whether the crate has the feature `default-chain`, which finds region and credentials: `true` or `false`",
        |to, value| set(&mut to.default_chain, boolean(value)),
    ),
    key(
        "runtime",
        "where the crate finds the runtime: `{ path = \"…\" }` or `{ version = \"…\" }`",
        |to, value| set(&mut to.runtime, runtime(value)),
    ),
    key(
        "workspace",
        "whether the crate is a member of a workspace: `true` or `false`",
        |to, value| set(&mut to.workspace, boolean(value)),
    ),
    key(
        "command",
        "the command that generates the crate again, for the header of each file",
        |to, value| set(&mut to.command, string(value)),
    ),
    key(
        "version",
        "the crate's version, such as `1.2.3`, or `auto`",
        |to, value| {
            let text = string(value)?;
            to.auto_version = text == "auto";
            let given = (!to.auto_version).then_some(text);
            set(&mut to.package.version, given.map(version).transpose())
        },
    ),
    key("description", "a sentence for the registry", |to, value| {
        set(&mut to.package.description, string(value).map(Some))
    }),
    key(
        "license",
        "an SPDX expression, such as `MIT`",
        |to, value| set(&mut to.package.license, string(value).map(Some)),
    ),
    key(
        "readme",
        "the file that the registry shows of the crate",
        |to, value| set(&mut to.readme, string(value).map(|path| Some(path.into()))),
    ),
    key("repository", "a URL", |to, value| {
        set(&mut to.package.repository, string(value).map(Some))
    }),
    key("homepage", "a URL", |to, value| {
        set(&mut to.package.homepage, string(value).map(Some))
    }),
    key("documentation", "a URL", |to, value| {
        set(&mut to.package.documentation, string(value).map(Some))
    }),
    key(
        "keywords",
        "a list of words for the registry",
        |to, value| set(&mut to.package.keywords, strings(value)),
    ),
    key(
        "categories",
        "a list of the registry's categories",
        |to, value| set(&mut to.package.categories, strings(value)),
    ),
    key(
        "mostly-unused",
        "whether Cargo is told that most of the crate is unused: `true` or `false`",
        |to, value| set(&mut to.package.mostly_unused, boolean(value).map(Some)),
    ),
];

type Read = fn(&mut Settings, &Spanned<DeValue<'_>>) -> Result<(), Wrong>;

const fn key(name: &'static str, about: &'static str, read: Read) -> Key {
    Key {
        name,
        about,
        is_own: false,
        read,
    }
}

const fn own(name: &'static str, about: &'static str, read: Read) -> Key {
    Key {
        is_own: true,
        ..key(name, about, read)
    }
}

impl Wrong {
    fn new(message: String) -> Self {
        Self {
            message,
            place: None,
        }
    }

    fn expected(what: &str, found: &Spanned<DeValue<'_>>) -> Self {
        Self {
            message: format!("expected {what}, found {}", kind(found.get_ref())),
            place: Some(found.span()),
        }
    }
}

/// What a value is, in TOML's words.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

fn set<T>(to: &mut T, value: Result<T, Wrong>) -> Result<(), Wrong> {
    *to = value?;
    Ok(())
}

fn boolean(value: &Spanned<DeValue<'_>>) -> Result<bool, Wrong> {
    let found = value.get_ref().as_bool();
    found.ok_or_else(|| Wrong::expected("a boolean", value))
}

fn string(value: &Spanned<DeValue<'_>>) -> Result<String, Wrong> {
    let found = value.get_ref().as_str();
    let text = found.ok_or_else(|| Wrong::expected("a string", value))?;
    if text.trim().is_empty() {
        return Err(Wrong::new("expected a string that is not empty".to_owned()));
    }
    Ok(text.to_owned())
}

fn strings(value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, Wrong> {
    let found = value.get_ref().as_array();
    let array = found.ok_or_else(|| Wrong::expected("an array of strings", value))?;
    array.iter().map(string).collect()
}

fn paths(value: &Spanned<DeValue<'_>>) -> Result<Vec<PathBuf>, Wrong> {
    let strings = strings(value)?;
    Ok(strings.into_iter().map(PathBuf::from).collect())
}

fn runtime(value: &Spanned<DeValue<'_>>) -> Result<Runtime, Wrong> {
    const FORMS: &str = "a table with `path` or `version`";
    let found = value.get_ref().as_table();
    let table = found.ok_or_else(|| Wrong::expected(FORMS, value))?;
    let mut entries = table.iter();
    let (Some((key, value)), None) = (entries.next(), entries.next()) else {
        return Err(Wrong::new(format!("expected {FORMS}")));
    };
    match key.get_ref().as_ref() {
        "path" => Ok(Runtime::Path(string(value)?.into())),
        "version" => Ok(Runtime::Version(string(value)?)),
        other => Err(Wrong {
            message: format!("unknown key `{other}`"),
            place: Some(key.span()),
        }),
    }
}

/// A version as Cargo takes it.
fn version(text: String) -> Result<String, Wrong> {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<_> = core.split('.').collect();
    let is_number = |part: &&str| {
        part.parse::<u64>().is_ok() && (*part == "0" || !part.starts_with(['0', '+']))
    };
    let is_rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    if numbers.len() == 3 && numbers.iter().all(is_number) && text.chars().all(is_rest) {
        Ok(text)
    } else {
        Err(Wrong::new(format!("`{text}` is not a version")))
    }
}
