//! The syntax of configuration files.
//!
//! `[section]` headers, `key = value` lines, `#` and `;` comments at the start of a line; a line that is
//! indented deeper than its key continues the value.

use std::collections::BTreeMap;

/// The keys of a section, lower-case.
pub(crate) type Section = BTreeMap<String, String>;

/// Reads a file's text; the error names the line.
pub(crate) fn parse(text: &str) -> Result<BTreeMap<String, Section>, String> {
    let mut reader = Reader::default();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        reader
            .line(line)
            .map_err(|what| format!("line {}: {what}", number + 1))?;
    }
    reader.end();
    Ok(reader.sections)
}

/// The keys inside a value that is a block of indented lines.
pub(crate) fn nested(value: &str) -> Option<Section> {
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
struct Reader {
    sections: BTreeMap<String, Section>,
    section: Option<String>,
    /// The key whose value may go on, its indentation, and its value.
    open: Option<(String, usize, String)>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if text.is_empty() || text.starts_with(['#', ';']) {
            return Ok(());
        }
        if let Some((_, of_key, value)) = &mut self.open
            && indent > *of_key
        {
            value.push('\n');
            value.push_str(text);
            return Ok(());
        }
        self.end();
        if let Some(header) = text.strip_prefix('[') {
            return self.header(header);
        }
        let Some(section) = &self.section else {
            return Err("a [section] must come first".to_owned());
        };
        let Some((key, value)) = text.split_once(['=', ':']) else {
            return Err("expected 'key = value'".to_owned());
        };
        let key = key.trim().to_ascii_lowercase();
        if key.is_empty() {
            return Err("expected 'key = value'".to_owned());
        }
        if self
            .sections
            .get(section)
            .is_some_and(|keys| keys.contains_key(&key))
        {
            return Err(format!("'{key}' is there twice"));
        }
        self.open = Some((key, indent, value.trim().to_owned()));
        Ok(())
    }

    fn header(&mut self, rest: &str) -> Result<(), String> {
        let Some((name, _)) = rest.rsplit_once(']').filter(|(name, _)| !name.is_empty()) else {
            return Err("expected '[section]'".to_owned());
        };
        if self.sections.contains_key(name) {
            return Err(format!("[{name}] is there twice"));
        }
        self.sections.insert(name.to_owned(), Section::new());
        self.section = Some(name.to_owned());
        Ok(())
    }

    /// Stores the value that was open.
    fn end(&mut self) {
        if let (Some((key, _, value)), Some(section)) = (self.open.take(), &self.section) {
            self.sections
                .entry(section.clone())
                .or_default()
                .insert(key, value);
        }
    }
}
