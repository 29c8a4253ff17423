//! Places as files, lines and columns.

use crate::diagnostic::Source;
use crate::diff::Place;
use crate::node::Span;

/// The texts of both models.
#[derive(Debug, Default)]
pub struct Sources {
    old: Vec<Lines>,
    new: Vec<Lines>,
}

/// Where the lines of a text begin.
#[derive(Debug)]
struct Lines {
    name: String,
    text: String,
    starts: Vec<usize>,
}

/// A position in a file.
pub(super) struct FilePosition<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    /// In characters, from 1.
    pub(super) column: usize,
    pub(super) is_old: bool,
}

impl Sources {
    /// The sources of the old model and of the new one; none for an interface that was read from a file.
    pub fn new(old: &[Source], new: &[Source]) -> Self {
        let lines = |sources: &[Source]| sources.iter().map(Lines::new).collect();
        Self {
            old: lines(old),
            new: lines(new),
        }
    }

    pub(super) fn locate(&self, place: Option<Place>) -> Option<FilePosition<'_>> {
        let (sources, span, is_old) = match place? {
            Place::Old(span) => (&self.old, span, true),
            Place::New(span) => (&self.new, span, false),
        };
        let source = sources.get(span.source as usize)?;
        let (line, column) = source.at(span);
        Some(FilePosition {
            file: &source.name,
            line,
            column,
            is_old,
        })
    }
}

impl Lines {
    fn new(source: &Source) -> Self {
        let newlines = source.text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            name: source.name.clone(),
            starts: std::iter::once(0).chain(newlines).collect(),
            text: source.text.clone(),
        }
    }

    /// Line and column, from 1.
    fn at(&self, span: Span) -> (usize, usize) {
        let at = self.text.floor_char_boundary(span.start as usize);
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let before = self.text.get(self.starts[line - 1]..at).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}
