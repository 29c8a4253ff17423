//! The syntax of configuration files.
//!
//! `[section]` headers, `key = value` lines, and comments that start with `#` or `;`. A line that is indented deeper than
//! its key continues the value. Below a key without a value, such lines are nested keys.

use crate::Section;

/// The section with defaults for all other sections.
const DEFAULTS: &str = "DEFAULT";

/// Parses a file into its sections, in order. The error has the number of the line.
///
/// # Errors
///
/// A line that isn't one of a configuration file, or a section or key that occurs twice.
pub fn parse(text: &str) -> Result<Vec<(String, Section)>, String> {
    read(text, IniReader::default())
}

/// As [`parse`], for files without nested keys: such lines are text.
///
/// # Errors
///
/// As those of [`parse`].
pub fn parse_flat(text: &str) -> Result<Vec<(String, Section)>, String> {
    let reader = IniReader {
        is_flat: true,
        ..IniReader::default()
    };
    read(text, reader)
}

fn read(text: &str, mut reader: IniReader) -> Result<Vec<(String, Section)>, String> {
    // A carriage return ends a line as well.
    let text = text.replace("\r\n", "\n");
    for (number, line) in text.split(['\n', '\r']).enumerate() {
        reader
            .line(line)
            .map_err(|what| format!("line {}: {what}", number + 1))?;
    }
    reader.end();
    Ok(with_defaults(reader.sections))
}

fn with_defaults(sections: Vec<(String, Section)>) -> Vec<(String, Section)> {
    let is_default = |(name, _): &(String, Section)| name == DEFAULTS;
    let (defaults, mut sections): (Vec<_>, Vec<_>) = sections.into_iter().partition(is_default);
    for (key, value) in defaults.into_iter().flat_map(|(_, keys)| keys) {
        for (_, section) in &mut sections {
            section.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    sections
}

/// The nested keys in a value that is a block of indented lines.
pub fn nested(value: &str) -> Option<Section> {
    let lines = value
        .strip_prefix('\n')?
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines
        .map(|line| line.split_once('='))
        .map(|pair| pair.map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned())))
        .collect()
}

#[derive(Default)]
struct IniReader {
    /// The last one is being read.
    sections: Vec<(String, Section)>,
    /// The key whose value is being read, its indentation, and the value so far.
    open: Option<(String, usize, String)>,
    /// Whether indented lines are text, not nested keys.
    is_flat: bool,
}

impl IniReader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if text.is_empty() || text.starts_with(['#', ';']) {
            return Ok(());
        }
        if let Some((_, of_key, value)) = &mut self.open
            && indent > *of_key
        {
            let is_nested = value.is_empty() || value.starts_with('\n');
            if is_nested && !self.is_flat && !text.contains('=') {
                return Err("expected 'key = value'".to_owned());
            }
            value.push('\n');
            value.push_str(text);
            return Ok(());
        }
        self.end();
        if let Some(header) = text.strip_prefix('[') {
            return self.header(header);
        }
        let Some((_, section)) = self.sections.last() else {
            return Err(match text.strip_prefix('\u{feff}') {
                Some(_) => "the file starts with a byte order mark".to_owned(),
                None => "expected a [section] before the first key".to_owned(),
            });
        };
        let Some((key, value)) = text.split_once(['=', ':']) else {
            return Err("expected 'key = value'".to_owned());
        };
        let key = key.trim().to_ascii_lowercase();
        if key.is_empty() {
            return Err("expected 'key = value'".to_owned());
        }
        if section.contains_key(&key) {
            return Err(format!("duplicate key '{key}'"));
        }
        self.open = Some((key, indent, value.trim().to_owned()));
        Ok(())
    }

    fn header(&mut self, rest: &str) -> Result<(), String> {
        let Some((name, _)) = rest.rsplit_once(']').filter(|(name, _)| !name.is_empty()) else {
            return Err("expected '[section]'".to_owned());
        };
        if name != DEFAULTS && self.sections.iter().any(|(known, _)| known == name) {
            return Err(format!("duplicate section [{name}]"));
        }
        self.sections.push((name.to_owned(), Section::new()));
        Ok(())
    }

    /// Stores the value that was being read.
    fn end(&mut self) {
        if let (Some((key, _, value)), Some((_, section))) =
            (self.open.take(), self.sections.last_mut())
        {
            section.insert(key, value);
        }
    }
}
