//! URI patterns of `@http`: `/path/{label}/{greedy+}?literal=value`.

use std::collections::BTreeSet;

/// A parsed pattern.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    /// The labels in order, each with whether it is greedy.
    pub(super) labels: Vec<(String, bool)>,
    /// The keys of query literals.
    pub(super) query: Vec<String>,
}

/// Parses a pattern.
///
/// # Errors
///
/// A message that says why the pattern is invalid.
pub(super) fn parse(uri: &str) -> Result<Pattern, String> {
    if !uri.starts_with('/') {
        return Err("expected `/` at its start".to_owned());
    }
    // Characters that RFC 3986 doesn't allow; braces are part of labels.
    let is_bad = |c: &char| !c.is_ascii_graphic() || "#\"<>\\^`|".contains(*c);
    if let Some(bad) = uri.chars().find(is_bad) {
        return Err(format!("invalid character {bad:?}"));
    }
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if query.contains(['{', '}']) {
        return Err("labels aren't allowed in the query; use @httpQuery".to_owned());
    }
    let labels = path
        .split('/')
        .filter_map(|segment| label(segment).transpose())
        .collect::<Result<Vec<_>, _>>()?;
    let mut seen = BTreeSet::new();
    if let Some((repeated, _)) = labels.iter().find(|(name, _)| !seen.insert(name)) {
        return Err(format!("duplicate label `{repeated}`"));
    }
    if labels.iter().filter(|(_, greedy)| *greedy).count() > 1 {
        return Err("more than one greedy label".to_owned());
    }
    let key = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let query = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(key)
        .collect();
    Ok(Pattern { labels, query })
}

fn label(segment: &str) -> Result<Option<(String, bool)>, String> {
    let Some(inner) = segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    else {
        let holds_brace = segment.contains(['{', '}']);
        return if holds_brace {
            Err(format!(
                "a label must be a whole segment, found `{segment}`"
            ))
        } else {
            Ok(None)
        };
    };
    let (name, greedy) = inner
        .strip_suffix('+')
        .map_or((inner, false), |name| (name, true));
    if crate::grammar::is_identifier(name) {
        Ok(Some((name.to_owned(), greedy)))
    } else {
        Err(format!("invalid label `{inner}`"))
    }
}

/// The labels of a host prefix: `{account}.data.`
pub(super) fn host_labels(prefix: &str) -> Result<Vec<String>, String> {
    let mut labels = Vec::new();
    let mut rest = prefix;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("unclosed `{`")?;
        host_literal(literal)?;
        labels.push(name.to_owned());
        rest = after;
    }
    host_literal(rest)?;
    Ok(labels)
}

fn host_literal(text: &str) -> Result<(), String> {
    let is_host =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_');
    match text.chars().find(|character| !is_host(*character)) {
        Some(bad) => Err(format!("invalid character {bad:?}")),
        None => Ok(()),
    }
}
