//! Suggestions for misspelled words, by Ratcliff and Obershelp's measure of similarity.

/// The best three of `choices` whose similarity with `word` is 0.8 or more, best first.
pub(crate) fn close_matches<'a>(word: &str, choices: &[&'a str]) -> Vec<&'a str> {
    let letters: Vec<char> = word.chars().collect();
    let mut scored: Vec<_> = choices
        .iter()
        .map(|choice| {
            (
                ratio(&choice.chars().collect::<Vec<_>>(), &letters),
                *choice,
            )
        })
        .filter(|(score, _)| *score >= 0.8)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(a.1)));
    scored
        .into_iter()
        .take(3)
        .map(|(_, choice)| choice)
        .collect()
}

/// Twice the number of common letters divided by the number of all letters.
#[allow(clippy::cast_precision_loss)] // Words are short.
fn ratio(a: &[char], b: &[char]) -> f64 {
    let all = a.len() + b.len();
    if all == 0 {
        1.0
    } else {
        2.0 * common(a, b) as f64 / all as f64
    }
}

/// The number of letters in the longest common run, and recursively to its left and right.
fn common(a: &[char], b: &[char]) -> usize {
    let (start_a, start_b, length) = longest_run(a, b);
    if length == 0 {
        return 0;
    }
    let left = common(&a[..start_a], &b[..start_b]);
    length + left + common(&a[start_a + length..], &b[start_b + length..])
}

/// The first of the longest common runs: its start in `a`, its start in `b`, its length.
fn longest_run(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let length = a[i..]
                .iter()
                .zip(&b[j..])
                .take_while(|(x, y)| x == y)
                .count();
            if length > best.2 {
                best = (i, j, length);
            }
        }
    }
    best
}
