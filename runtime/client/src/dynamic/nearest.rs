//! Names that are similar to one that doesn't exist.

/// How many names are shown.
const SHOWN: usize = 3;

/// The most similar names, the best first.
pub(super) fn of(name: &str, names: &[&'static str]) -> Vec<&'static str> {
    let wanted = plain(name);
    let limit = (wanted.chars().count() + 1) / 3;
    let candidates = names.iter().filter_map(|candidate| {
        let other = plain(candidate);
        let distance = distance(&wanted, &other);
        let contains = !wanted.is_empty() && (other.contains(&wanted) || wanted.contains(&other));
        (distance <= limit || contains).then_some((distance, *candidate))
    });
    let mut candidates: Vec<_> = candidates.collect();
    candidates.sort_unstable();
    candidates
        .into_iter()
        .take(SHOWN)
        .map(|(_, name)| name)
        .collect()
}

/// In lower case, without punctuation: `list-queues` and `ListQueues` are the same.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The number of characters to insert, remove or replace (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, c) in from.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (above, other) in row.iter().skip(1).zip(&to) {
            let replaced = diagonal + usize::from(c != *other);
            diagonal = *above;
            left = replaced.min(*above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, of};

    #[test]
    fn the_most_similar_come_first() {
        let names = ["DeleteQueue", "ListQueueTags", "ListQueues", "SendMessage"];
        assert_eq!(of("list-queues", &names), ["ListQueues", "ListQueueTags"]);
        assert_eq!(of("SendMesage", &names), ["SendMessage"]);
        assert_eq!(of("Queue", &names).len(), 3);
        assert!(of("Frobnicate", &names).is_empty());
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
