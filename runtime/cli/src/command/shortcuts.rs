//! Options that set parts of members, and members that move.

use swage_client::schema::{Kind, Member, Schema};

/// An option that sets parts of members.
///
/// Paths are names of members joined by dots. `[0]` is the first element of a list; `[]` is a new element for each value.
#[derive(Debug)]
pub struct Shortcut {
    pub(crate) name: &'static str,
    pub(crate) documentation: &'static str,
    pub(crate) sets: &'static [&'static str],
    pub(crate) separator: Option<&'static str>,
    pub(crate) delimiter: Option<&'static str>,
    pub(crate) values: &'static [(&'static str, &'static str)],
    pub(crate) prefixes: &'static [(&'static str, &'static str)],
    pub(crate) with: FixedWords,
    pub(crate) cases: &'static [(&'static str, FixedWords)],
    pub(crate) counts: &'static [&'static str],
    pub(crate) ids: &'static [&'static str],
    pub(crate) excludes: &'static [&'static str],
    pub(crate) only: Option<&'static str>,
    pub(crate) expected: Option<&'static str>,
    pub(crate) default: Option<&'static str>,
    pub(crate) is_required: bool,
}

/// Paths with the words that they get.
type FixedWords = &'static [(&'static str, &'static [&'static str])];

impl Shortcut {
    /// An option of this name, a flag that sets nothing.
    pub const fn new(name: &'static str, documentation: &'static str) -> Self {
        Self {
            name,
            documentation,
            sets: &[],
            separator: None,
            delimiter: None,
            values: &[],
            prefixes: &[],
            with: &[],
            cases: &[],
            counts: &[],
            ids: &[],
            excludes: &[],
            only: None,
            expected: None,
            default: None,
            is_required: false,
        }
    }

    /// The option has a value, which these paths get.
    #[must_use]
    pub const fn sets(mut self, paths: &'static [&'static str]) -> Self {
        self.sets = paths;
        self
    }

    /// Splits a value: the first path gets the first part, the second one the rest.
    #[must_use]
    pub const fn separator(mut self, separator: &'static str) -> Self {
        self.separator = Some(separator);
        self
    }

    /// Splits the word that was given into several values.
    #[must_use]
    pub const fn delimiter(mut self, delimiter: &'static str) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// Replaces certain values by others.
    #[must_use]
    pub const fn values(mut self, values: &'static [(&'static str, &'static str)]) -> Self {
        self.values = values;
        self
    }

    /// Values that start with a prefix have paths of their own.
    #[must_use]
    pub const fn prefixes(mut self, prefixes: &'static [(&'static str, &'static str)]) -> Self {
        self.prefixes = prefixes;
        self
    }

    /// Sets fixed words for further paths.
    #[must_use]
    pub const fn with(mut self, with: FixedWords) -> Self {
        self.with = with;
        self
    }

    /// Sets fixed words that depend on how the value ends. The first case that matches counts.
    #[must_use]
    pub const fn cases(mut self, cases: &'static [(&'static str, FixedWords)]) -> Self {
        self.cases = cases;
        self
    }

    /// Sets these paths to the number of values.
    #[must_use]
    pub const fn counts(mut self, paths: &'static [&'static str]) -> Self {
        self.counts = paths;
        self
    }

    /// Sets these paths to a new identifier, the same for all of them.
    #[must_use]
    pub const fn ids(mut self, paths: &'static [&'static str]) -> Self {
        self.ids = paths;
        self
    }

    /// Rejects calls that give the options of these members as well.
    #[must_use]
    pub const fn excludes(mut self, members: &'static [&'static str]) -> Self {
        self.excludes = members;
        self
    }

    /// Rejects calls that give what the first path leads to by the option of the member. Errors say what the value is.
    #[must_use]
    pub const fn only(mut self, what: &'static str) -> Self {
        self.only = Some(what);
        self
    }

    /// Sets what errors say that the value should be.
    #[must_use]
    pub const fn expected(mut self, expected: &'static str) -> Self {
        self.expected = Some(expected);
        self
    }

    /// The value if neither the option nor one of the members that it sets is given.
    #[must_use]
    pub const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// Rejects calls without the option.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// The members of the input that it sets, or parts of them.
    pub(crate) fn members(&self) -> impl Iterator<Item = &'static str> {
        let cases = self.cases.iter().flat_map(|(_, with)| *with);
        let with = self.with.iter().chain(cases).map(|(path, _)| *path);
        let prefixes = self.prefixes.iter().map(|(_, path)| *path);
        let made = self.counts.iter().chain(self.ids).copied();
        let paths = self.sets.iter().copied().chain(with).chain(prefixes);
        let paths = paths.chain(made);
        paths.map(|path| path.split(['.', '[']).next().unwrap_or_default())
    }

    /// The member that gets the value.
    pub(crate) fn target(&self, input: &'static Schema) -> Option<&'static Member> {
        member_at(input, self.sets.first()?)
    }

    /// Whether it has any number of values.
    pub(crate) fn is_list(&self, input: &'static Schema) -> bool {
        let has_list = |member: &Member| member.target().kind() == Kind::List;
        let makes_elements = self.sets.first().is_some_and(|path| path.contains("[]"));
        self.delimiter.is_none() && (makes_elements || self.target(input).is_some_and(has_list))
    }
}

/// Members of the input that are sent at other places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moves {
    /// One of these paths must be set.
    pub(crate) if_set: &'static [&'static str],
    pub(crate) members: &'static [Move],
}

/// A member of the input that is sent at another place.
#[derive(Debug)]
pub struct Move {
    pub(crate) member: &'static str,
    pub(crate) to: &'static str,
    pub(crate) with: FixedWords,
}

impl Move {
    /// Moves a member of the input to a path.
    pub const fn new(member: &'static str, to: &'static str) -> Self {
        Self {
            member,
            to,
            with: &[],
        }
    }

    /// Sets fixed words for further paths.
    #[must_use]
    pub const fn with(mut self, with: FixedWords) -> Self {
        self.with = with;
        self
    }
}

/// The member at the end of a path.
pub(crate) fn member_at(schema: &'static Schema, path: &str) -> Option<&'static Member> {
    let mut names = path.split('.');
    let first = element_of(schema, names.next()?)?;
    names.try_fold(first, |member, name| element_of(member.target(), name))
}

/// A member by its name, or with brackets the one of its list's elements.
fn element_of(schema: &'static Schema, name: &str) -> Option<&'static Member> {
    match name.split_once('[') {
        Some((list, _)) => schema.member(list)?.1.target().members().first(),
        None => Some(schema.member(name)?.1),
    }
}
