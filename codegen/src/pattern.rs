//! Names as users write them: patterns with `*` and `?`, and suggestions for misspelt names.

/// Whether a name matches a pattern: `*` stands for any characters, `?` for one.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut start) = (0, 0);
    // The position of the last `*` in the pattern, and where its match in the name ends. On a mismatch, it takes one more
    // character.
    let mut star = None;
    while at < name.len() {
        match pattern.get(start) {
            Some('*') => {
                star = Some((start, at));
                start += 1;
            }
            Some(&c) if c == '?' || c == name[at] => {
                start += 1;
                at += 1;
            }
            _ => {
                let Some((place, taken)) = star else {
                    return false;
                };
                star = Some((place, taken + 1));
                (start, at) = (place + 1, taken + 1);
            }
        }
    }
    pattern[start..].iter().all(|c| *c == '*')
}

/// Suggests up to three similar names for a misspelt one: `did you mean A or B?`
pub fn did_you_mean<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names = names.into_iter().map(|name| (distance(wrong, name), name));
    let mut near: Vec<_> = names
        .filter(|(distance, _)| *distance <= wrong.chars().count() / 2)
        .collect();
    near.sort_unstable();
    near.truncate(3);
    let near: Vec<_> = near
        .into_iter()
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")))
}

/// The edit distance between two words, ignoring case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_any_characters() {
        for (pattern, name, expected) in [
            ("Describe*", "DescribeView", true),
            ("Describe*", "Describe", true),
            ("Describe*", "describeView", false),
            ("*View", "DescribeView", true),
            ("*View", "DescribeViews", false),
            ("*e*e*", "DescribeView", true),
            ("Get?", "GetX", true),
            ("Get?", "Get", false),
            ("*", "", true),
            ("", "Get", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
