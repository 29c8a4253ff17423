//! `--output`: responses as JSON, text or tables.

pub(crate) mod header_time;
pub(crate) mod iso8601;
mod json;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod yaml;

use std::fmt::{self, Display, Formatter};
use std::io::{self, IsTerminal, Write};

use crate::pager::Output;
use crate::{env, stdout};
use swage_client::jmespath::Value;

/// The values of `--output`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// Indented JSON.
    #[default]
    Json,
    /// Tab-separated lines.
    Text,
    /// Boxes.
    Table,
    /// YAML, as one document.
    Yaml,
    /// YAML, page by page, each as an element of a list.
    YamlStream,
}

impl Format {
    /// By its name: `json`, `text`, `table`, `yaml` or `yaml-stream`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "text" => Some(Self::Text),
            "table" => Some(Self::Table),
            "yaml" => Some(Self::Yaml),
            "yaml-stream" => Some(Self::YamlStream),
            _ => None,
        }
    }
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    /// When standard output is a terminal, and `NO_COLOR` isn't set.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

impl Color {
    /// By its name: `auto`, `on` or `off`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Auto),
            "on" => Some(Self::On),
            "off" => Some(Self::Off),
            _ => None,
        }
    }
}

/// How values are printed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// The format.
    pub(crate) format: Format,
    /// Whether tables have colors.
    pub(crate) color: bool,
    /// The width in columns above which tables are printed vertically.
    pub(crate) width: usize,
}

impl Style {
    /// The style for standard output. Color and width depend on whether it is a terminal.
    pub(crate) fn of_stdout(format: Format, color: Color) -> Self {
        let color = match color {
            Color::Auto => io::stdout().is_terminal() && env::non_empty("NO_COLOR").is_none(),
            Color::On => true,
            Color::Off => false,
        };
        Self {
            format,
            color,
            width: stdout::terminal_width().unwrap_or(80),
        }
    }
}

/// Why a value can't be printed.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum Error {
    /// The format can't show the value.
    Value(String),
    /// Writing failed.
    Io(io::Error),
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(message) => f.write_str(message),
            Self::Io(error) => write!(f, "Unable to write the output: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Prints a value. `title` is the heading of a table. A closed pipe is not an error.
///
/// # Errors
///
/// If the format can't show the value, or writing fails.
pub(crate) fn print(
    output: &Output,
    style: Style,
    title: &str,
    value: impl Into<Value>,
) -> Result<(), Error> {
    let mut unshown = None;
    let printed = output.with(|to| {
        let written = write(to, style, title, value);
        if style.format == Format::Table && style.color && io::stdout().is_terminal() {
            to.write_all(table::RESET.as_bytes()).ok();
        }
        match written {
            Err(Error::Io(error)) => Err(error),
            Err(error) => {
                unshown = Some(error);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    });
    match (printed, unshown) {
        (_, Some(error)) => Err(error),
        (Err(error), None) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes a value. `title` is the heading of a table.
///
/// # Errors
///
/// If the format can't show the value, or writing fails.
pub(crate) fn write(
    to: &mut dyn Write,
    style: Style,
    title: &str,
    value: impl Into<Value>,
) -> Result<(), Error> {
    let value = value.into();
    match style.format {
        Format::Json => Ok(json::write(to, &value)?),
        Format::Text => text::write(to, &value),
        Format::Table => table::write(to, style, title, &value),
        Format::Yaml => Ok(yaml::write(to, &value)?),
        Format::YamlStream => Ok(yaml::write_element(to, value)?),
    }
}
