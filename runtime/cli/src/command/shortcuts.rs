//! Options that set parts of members.

use swage_client::schema::{Kind, Member, Schema};

/// An option that sets parts of members. Paths are names of members joined by dots; `[0]` is the first element of a list.
#[derive(Debug)]
pub struct Shortcut {
    pub(crate) name: &'static str,
    pub(crate) documentation: &'static str,
    pub(crate) sets: &'static [&'static str],
    pub(crate) separator: Option<&'static str>,
    pub(crate) values: &'static [(&'static str, &'static str)],
    pub(crate) prefixes: &'static [(&'static str, &'static str)],
    pub(crate) with: &'static [(&'static str, &'static [&'static str])],
    pub(crate) default: Option<&'static str>,
    pub(crate) is_required: bool,
}

impl Shortcut {
    /// An option of this name, a flag that sets nothing.
    pub const fn new(name: &'static str, documentation: &'static str) -> Self {
        Self {
            name,
            documentation,
            sets: &[],
            separator: None,
            values: &[],
            prefixes: &[],
            with: &[],
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

    /// Splits the value: the first path gets the first part, the second one the rest.
    #[must_use]
    pub const fn separator(mut self, separator: &'static str) -> Self {
        self.separator = Some(separator);
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
    pub const fn with(mut self, with: &'static [(&'static str, &'static [&'static str])]) -> Self {
        self.with = with;
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
        let with = self.with.iter().map(|(path, _)| *path);
        let prefixes = self.prefixes.iter().map(|(_, path)| *path);
        let paths = self.sets.iter().copied().chain(with).chain(prefixes);
        paths.map(|path| path.split(['.', '[']).next().unwrap_or_default())
    }

    /// The member that gets the value.
    pub(crate) fn target(&self, input: &'static Schema) -> Option<&'static Member> {
        member_at(input, self.sets.first()?)
    }

    /// Whether it has any number of values.
    pub(crate) fn is_list(&self, input: &'static Schema) -> bool {
        let target = self.target(input);
        target.is_some_and(|member| member.target().kind() == Kind::List)
    }
}

/// The member at the end of a path.
pub(crate) fn member_at(schema: &'static Schema, path: &str) -> Option<&'static Member> {
    let mut names = path.split('.');
    let first = element_of(schema, names.next()?)?;
    names.try_fold(first, |member, name| element_of(member.target(), name))
}

/// A member by its name, or with `[0]` the one of its list's elements.
fn element_of(schema: &'static Schema, name: &str) -> Option<&'static Member> {
    match name.strip_suffix("[0]") {
        Some(list) => schema.member(list)?.1.target().members().first(),
        None => Some(schema.member(name)?.1),
    }
}
