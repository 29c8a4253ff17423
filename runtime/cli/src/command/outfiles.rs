//! Options that write parts of the output into files, and what a service percent-encodes.

/// An option that writes a part of the output into a file. Paths are names of members joined by dots.
#[derive(Debug)]
pub struct Outfile {
    pub(crate) name: &'static str,
    pub(crate) documentation: &'static str,
    pub(crate) paths: &'static [&'static str],
    pub(crate) choice: Option<Choice>,
    pub(crate) is_required: bool,
    pub(crate) removes: bool,
}

/// An option that chooses one of the paths.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) name: &'static str,
    pub(crate) documentation: &'static str,
    /// The values of the option, in the order of the paths.
    pub(crate) values: &'static [&'static str],
}

/// What a service percent-encodes in an output if it is asked to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PercentEncoding {
    /// The member of the input that asks for it; that of the output says whether it was done.
    pub(crate) member: &'static str,
    pub(crate) value: &'static str,
    /// Names of members joined by dots, with `[]` after a list.
    pub(crate) paths: &'static [&'static str],
}

impl Outfile {
    /// An option of this name for the first of the paths.
    pub const fn new(
        name: &'static str,
        documentation: &'static str,
        paths: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            documentation,
            paths,
            choice: None,
            is_required: false,
            removes: false,
        }
    }

    /// Another option chooses the path by one of these values, which are in the order of the paths.
    #[must_use]
    pub const fn choice(
        mut self,
        name: &'static str,
        documentation: &'static str,
        values: &'static [&'static str],
    ) -> Self {
        self.choice = Some(Choice {
            name,
            documentation,
            values,
        });
        self
    }

    /// Rejects calls without the option, or without the choice.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Leaves all of the paths out of what is printed.
    #[must_use]
    pub const fn removes(mut self) -> Self {
        self.removes = true;
        self
    }

    /// The options: names, documentation, values (empty: any).
    pub(crate) fn options(
        &self,
    ) -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
        let choice = self.choice.as_ref();
        let choice = choice.map(|of| (of.name, of.documentation, of.values));
        let none: &[&str] = &[];
        std::iter::once((self.name, self.documentation, none)).chain(choice)
    }
}
