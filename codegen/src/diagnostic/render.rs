//! Renders diagnostics in rustc's style.

use super::{Diagnostic, Severity, Source};
use crate::node::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Spans with more lines than this in between get separate excerpts.
const TOGETHER: usize = 8 * 1024;
/// How many characters of a very long line are shown before and after the start of a span.
const BEFORE: usize = 60;
const AFTER: usize = 140;
/// The most diagnostics to render; the rest are most likely of the same kind.
const MOST: usize = 200;

/// Renders diagnostics as errors with excerpts of the sources, followed by their number.
pub fn render(diagnostics: &[Diagnostic], sources: &[Source], colour: bool) -> String {
    render_as(Severity::Error, diagnostics, sources, colour)
}

/// Renders diagnostics with excerpts of the sources, followed by their number.
pub fn render_as(
    severity: Severity,
    diagnostics: &[Diagnostic],
    sources: &[Source],
    colour: bool,
) -> String {
    render_in("the model", severity, diagnostics, sources, colour)
}

/// As [`render_as`], for diagnostics in something else than a model, such as `swage.toml`.
pub fn render_in(
    place: &str,
    severity: Severity,
    diagnostics: &[Diagnostic],
    sources: &[Source],
    colour: bool,
) -> String {
    let name = severity.name();
    let count = match diagnostics.len() {
        1 => format!("1 {name} in {place}\n"),
        count if count > MOST => {
            format!("{count} {name}s in {place} ({MOST} shown)\n")
        }
        count => format!("{count} {name}s in {place}\n"),
    };
    let one = |diagnostic| render_one(severity, diagnostic, sources, colour) + "\n";
    let shown = diagnostics.iter().take(MOST).map(one);
    shown.chain([count]).collect()
}

/// A diagnostic with excerpts of the sources.
pub fn render_one(
    severity: Severity,
    diagnostic: &Diagnostic,
    sources: &[Source],
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(BEFORE + AFTER);
    renderer.render(&[group(severity, diagnostic, sources)]) + "\n"
}

fn group<'a>(severity: Severity, diagnostic: &Diagnostic, sources: &[Source]) -> Group<'a> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(printable(&diagnostic.message)));
    let primary = LabeledSpan::find(
        diagnostic.span,
        &diagnostic.label,
        AnnotationKind::Primary,
        sources,
    );
    let context = |(span, label): &(Span, String)| {
        LabeledSpan::find(*span, label, AnnotationKind::Context, sources)
    };
    let places = primary
        .into_iter()
        .chain(diagnostic.related.iter().filter_map(context));
    for places in together(places.collect()) {
        group = excerpt(group, &places);
    }
    if diagnostic.help.is_empty() {
        group
    } else {
        group.element(Level::HELP.message(printable(&diagnostic.help)))
    }
}

/// Groups spans by excerpt; the first excerpt has the primary span.
fn together(places: Vec<LabeledSpan>) -> Vec<Vec<LabeledSpan>> {
    let mut excerpts: Vec<Vec<LabeledSpan>> = Vec::new();
    for place in places {
        let near = |other: &LabeledSpan| {
            let whole = place.line.start.min(other.line.start)..place.line.end.max(other.line.end);
            std::ptr::eq(place.source, other.source) && whole.len() <= TOGETHER
        };
        match excerpts.iter_mut().find(|places| places.iter().all(near)) {
            Some(places) => places.push(place),
            None => excerpts.push(vec![place]),
        }
    }
    excerpts
}

fn excerpt<'a>(group: Group<'a>, places: &[LabeledSpan]) -> Group<'a> {
    let Some(first) = places.first() else {
        return group;
    };
    let start = places
        .iter()
        .map(|place| place.line.start)
        .min()
        .unwrap_or_default();
    let end = places
        .iter()
        .map(|place| place.line.end)
        .max()
        .unwrap_or_default();
    if end - start > TOGETHER {
        return long_line(group, first);
    }
    let text = &first.source.text;
    let line = text[..start].matches('\n').count() + 1;
    let mut snippet = Snippet::source(lines(&text[start..end]))
        .line_start(line)
        .path(printable(&first.source.name));
    for place in places {
        let offset = |at: usize| lines(&text[start..at]).len();
        snippet = snippet
            .annotation(place.annotation(offset(place.marked.start)..offset(place.marked.end)));
    }
    group.element(snippet)
}

/// A model may be a single line of megabytes: keeps the part around the span.
fn long_line<'a>(group: Group<'a>, place: &LabeledSpan) -> Group<'a> {
    let text = &place.source.text;
    let before = &text[place.line.start..place.marked.start];
    let column = before.chars().count();
    let lead: String = before
        .chars()
        .skip(column.saturating_sub(BEFORE))
        .map(visible)
        .collect();
    let some = |range: Range<usize>, most| {
        text[range]
            .chars()
            .take(most)
            .map(visible)
            .collect::<String>()
    };
    let marked = some(place.marked.clone(), AFTER);
    let rest = some(
        place.marked.end..place.line.end,
        AFTER.saturating_sub(marked.chars().count()),
    );
    let range = lead.len()..lead.len() + marked.len();
    let line = text[..place.line.start].matches('\n').count() + 1;
    let origin = Origin::path(printable(&place.source.name))
        .line(line)
        .char_column(column + 1);
    let snippet = Snippet::source(lead + &marked + &rest)
        .line_start(line)
        .annotation(place.annotation(range));
    group.element(origin).element(snippet)
}

/// The part of a span on its first line, in bytes.
struct LabeledSpan<'s> {
    source: &'s Source,
    line: Range<usize>,
    marked: Range<usize>,
    label: String,
    kind: AnnotationKind,
}

impl<'s> LabeledSpan<'s> {
    fn find(span: Span, label: &str, kind: AnnotationKind, sources: &'s [Source]) -> Option<Self> {
        let source = sources.get(span.source as usize)?;
        let text = source.text.as_str();
        let start = text.floor_char_boundary((span.start as usize).min(text.len()));
        let end = text.floor_char_boundary((span.end as usize).clamp(start, text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |newline| start + newline);
        Some(Self {
            source,
            line: line_start..line_end,
            marked: start..end.min(line_end),
            label: printable(label),
            kind,
        })
    }

    fn annotation<'a>(&self, range: Range<usize>) -> annotate_snippets::Annotation<'a> {
        let label = (!self.label.is_empty()).then(|| self.label.clone());
        self.kind.span(range).label(label)
    }
}

/// The lines of an excerpt. Keeps line feeds, removes carriage returns in front of them.
fn lines(text: &str) -> String {
    text.split('\n')
        .map(|line| printable(line.trim_end_matches('\r')))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Replaces characters that could control the terminal or reorder the text.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => {
            char::from_u32(u32::from(character) + 0x2400).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}
