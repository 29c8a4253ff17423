//! Where the cursor is.

use crate::args::Takes;
use crate::args::globals::SPECS;
use crate::env;

/// The variable in which the scripts for Bash and Zsh tell the number of the word at the cursor. Those of other shells cut the
/// command line behind that word.
pub(super) const INDEX: &str = "_CLAP_COMPLETE_INDEX";

/// The words around the cursor.
pub(super) struct Place<'a> {
    /// The words in front of the one at the cursor that are neither options nor values of global options.
    pub(super) plain: Vec<&'a str>,
    /// The word at the cursor, which may be empty.
    pub(super) current: &'a str,
    /// The word in front of it.
    previous: Option<&'a str>,
    /// The words in front of that one.
    before: &'a [String],
}

impl<'a> Place<'a> {
    /// `words` is a command line, with the name of the program.
    pub(super) fn new(words: &'a [String]) -> Self {
        let index = index(words.len());
        let all = words.get(1..index).unwrap_or_default();
        let (previous, before) = all
            .split_last()
            .map_or((None, all), |(last, before)| (Some(last.as_str()), before));
        Self {
            plain: plain(all),
            current: words.get(index).map_or("", String::as_str),
            previous,
            before,
        }
    }

    /// Whether an option can stand at the cursor, in whole or in part, and this is one of those that match. `takes_value` tells
    /// of a word whether it is an option that needs a value.
    pub(super) fn can_be(&self, option: &str, takes_value: impl Fn(&str) -> bool) -> bool {
        let matches = match self.current.strip_prefix("--") {
            Some(name) => option.starts_with(name),
            None => matches!(self.current, "" | "-"),
        };
        matches && !self.previous.is_some_and(takes_value)
    }

    /// Whether that option is given already. The last word may still need its value.
    pub(super) fn has(&self, option: Option<&str>) -> bool {
        let is_option = |word: &String| word.strip_prefix("--") == option;
        option.is_some() && self.before.iter().any(is_option)
    }
}

/// The number of the word at the cursor, among so many.
pub(super) fn index(words: usize) -> usize {
    let index = env::var(INDEX).and_then(|index| index.parse().ok());
    index.unwrap_or(words.saturating_sub(1))
}

fn plain(words: &[String]) -> Vec<&str> {
    let mut plain = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if takes_value(word) {
            words.next();
        } else if !word.starts_with('-') {
            plain.push(word.as_str());
        }
    }
    plain
}

fn takes_value(word: &str) -> bool {
    let is_global = |(name, takes, _): &(&str, Takes, _)| *name == word && *takes == Takes::One;
    word == "--tables" || SPECS.iter().any(is_global)
}
