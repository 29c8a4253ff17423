//! URI patterns of `@http`: `/path/{label}/{greedy+}?literal=value`.

use std::collections::BTreeSet;

/// A pattern, taken apart.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    /// Labels in order, and whether they are greedy.
    pub(super) labels: Vec<(String, bool)>,
    /// Keys of the query literals.
    pub(super) query: Vec<String>,
}

/// Takes a pattern apart, or says what is wrong with it.
pub(super) fn parse(uri: &str) -> Result<Pattern, String> {
    if !uri.starts_with('/') {
        return Err("it must start with `/`".to_owned());
    }
    // What RFC 3986 has no place for, and the braces of labels are no part of.
    let is_bad = |c: &char| !c.is_ascii_graphic() || "#\"<>\\^`|".contains(*c);
    if let Some(bad) = uri.chars().find(is_bad) {
        return Err(format!("it must not hold {bad:?}"));
    }
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if query.contains(['{', '}']) {
        return Err("labels can't stand in the query: bind members with @httpQuery".to_owned());
    }
    let labels = path
        .split('/')
        .filter_map(|segment| label(segment).transpose())
        .collect::<Result<Vec<_>, _>>()?;
    let mut seen = BTreeSet::new();
    if let Some((repeated, _)) = labels.iter().find(|(name, _)| !seen.insert(name)) {
        return Err(format!("the label `{repeated}` is there twice"));
    }
    if labels.iter().filter(|(_, greedy)| *greedy).count() > 1 {
        return Err("only one label can be greedy".to_owned());
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
                "a label must be a whole segment, not part of `{segment}`"
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
        Err(format!("`{inner}` is not the name of a member"))
    }
}

/// The labels of a host prefix: `{account}.data.`
pub(super) fn host_labels(prefix: &str) -> Result<Vec<String>, String> {
    let mut labels = Vec::new();
    let mut rest = prefix;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("a `{` is never closed")?;
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
        Some(bad) => Err(format!("a host can't hold {bad:?}")),
        None => Ok(()),
    }
}
