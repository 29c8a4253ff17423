//! A generated command line as data: what it doesn't take from the tables of the service.

pub(crate) mod info;
pub(crate) mod line;
pub(crate) mod names;
pub(crate) mod options;
pub(crate) mod outfiles;
#[cfg(feature = "pack")]
pub(crate) mod packed;
pub(crate) mod pages;
pub(crate) mod shortcuts;
pub(crate) mod transfers;

pub use options::CommandOption;
pub use outfiles::Outfile;
use outfiles::PercentEncoding;
use pages::DefaultSize;
pub use pages::Pages;
use shortcuts::Moves;
pub use shortcuts::{Move, Shortcut};

pub use swage_client::operation::Transfer;
use swage_client::operation::{Operation, Service, Waiter};
use swage_client::schema::{Kind, Location, Member};

/// A generated program.
#[derive(Debug)]
pub struct Cli {
    /// The name of the program, which is the AWS CLI's name of the service: `connectparticipant`.
    pub name: &'static str,
    /// What `--version` prints after the name.
    pub version: &'static str,
    /// The service.
    pub service: &'static Service,
    /// The documentation that help pages are made of.
    pub manual: &'static str,
    /// The commands, in the order of the model.
    pub commands: &'static [Command],
}

/// A command: it calls an operation.
///
/// Its options come from the members of the operation's input; only those that differ are listed.
#[derive(Debug)]
pub struct Command {
    name: &'static str,
    aliases: &'static [&'static str],
    operation: &'static Operation,
    summary: &'static str,
    is_hidden: bool,
    options: &'static [CommandOption],
    /// The options that set parts of members.
    pub(crate) shortcuts: &'static [Shortcut],
    /// The members that are sent at other places.
    pub(crate) moves: Moves,
    /// The options that write parts of the output into files.
    pub(crate) outfiles: &'static [Outfile],
    pub(crate) percent_encoding: Option<PercentEncoding>,
    pub(crate) page_size: Option<DefaultSize>,
    pages: Option<Pages>,
    max_attempts: &'static [(&'static str, u32)],
    /// The transfer of a file that takes the place of a single call.
    pub(crate) transfer: Option<Transfer>,
}

impl Command {
    /// A command of that name: `start-attachment-upload`. `summary` is the first sentence of its documentation.
    pub const fn new(
        name: &'static str,
        operation: &'static Operation,
        summary: &'static str,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            operation,
            summary,
            is_hidden: false,
            options: &[],
            shortcuts: &[],
            moves: Moves {
                if_set: &[],
                members: &[],
            },
            outfiles: &[],
            percent_encoding: None,
            page_size: None,
            pages: None,
            max_attempts: &[],
            transfer: None,
        }
    }

    /// Sets other names, which help doesn't show.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Leaves the command out of the lists in help. It can be run, and has a help page.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }

    /// Sets the options that differ from what their members say.
    #[must_use]
    pub const fn options(mut self, options: &'static [CommandOption]) -> Self {
        self.options = options;
        self
    }

    /// Sets the options that set parts of members.
    #[must_use]
    pub const fn shortcuts(mut self, shortcuts: &'static [Shortcut]) -> Self {
        self.shortcuts = shortcuts;
        self
    }

    /// Sets the members that are sent at other places if one of the paths is set.
    #[must_use]
    pub const fn moves(
        mut self,
        if_set: &'static [&'static str],
        members: &'static [Move],
    ) -> Self {
        self.moves = Moves { if_set, members };
        self
    }

    /// Sets the options that write parts of the output into files.
    #[must_use]
    pub const fn outfiles(mut self, outfiles: &'static [Outfile]) -> Self {
        self.outfiles = outfiles;
        self
    }

    /// Asks the service to percent-encode the strings at these paths of the output, and decodes them.
    #[must_use]
    pub const fn percent_encoding(
        mut self,
        member: &'static str,
        value: &'static str,
        paths: &'static [&'static str],
    ) -> Self {
        self.percent_encoding = Some(PercentEncoding {
            member,
            value,
            paths,
        });
        self
    }

    /// Sets the size of pages if none is given and if the call sets no other members than those in `beside`.
    #[must_use]
    pub const fn page_size(mut self, size: i64, beside: &'static [&'static str]) -> Self {
        self.page_size = Some(DefaultSize { size, beside });
        self
    }

    /// Sets how pages are fetched, where `@paginated` can't express it.
    #[must_use]
    pub const fn pages(mut self, pages: Pages) -> Self {
        self.pages = Some(pages);
        self
    }

    /// Sets how often waiters call the operation before they give up, by name; 40 times where nothing is set.
    #[must_use]
    pub const fn max_attempts(mut self, waiters: &'static [(&'static str, u32)]) -> Self {
        self.max_attempts = waiters;
        self
    }

    /// Transfers a file; the operation starts it.
    #[must_use]
    pub const fn transfer(mut self, transfer: Transfer) -> Self {
        self.transfer = Some(transfer);
        self
    }

    /// The name of the command: `start-attachment-upload`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the word is its name or one of its aliases.
    pub(crate) fn is_called(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }

    /// The operation that it calls.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Whether help leaves it out of lists.
    pub(crate) fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    /// The options whose values are sent in base64.
    pub(crate) fn base64_options(&self) -> impl Iterator<Item = &'static CommandOption> + Clone {
        self.options.iter().filter(|option| option.is_base64)
    }

    /// The member of the output that goes to a file, and its index.
    pub(crate) fn output_file(&self) -> Option<(usize, &'static Member)> {
        let mut members = self.operation.output.members().iter().enumerate();
        members.find(|(_, member)| {
            member.location() == Location::Payload && member.target().kind() == Kind::Blob
        })
    }

    /// How often a waiter calls the operation before it gives up.
    pub(crate) fn attempts_of(&self, waiter: &Waiter) -> u32 {
        let mut all = self.max_attempts.iter();
        let found = all.find(|(name, _)| *name == waiter.name);
        found.map_or(40, |(_, attempts)| *attempts)
    }
}
