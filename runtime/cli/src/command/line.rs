//! The command line of a service: of a generated program, or of a pack.

use super::{Cli, Command, names};
use crate::stop::Stop;
use std::borrow::Cow;
use swage_client::operation::{Service, Waiter};
#[cfg(feature = "pack")]
use {
    super::packed,
    swage_client::pack::{Pack, PackError, PackedCommand, PackedService},
};

/// The command line of a service.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CommandLine<'a> {
    /// A program for one service, with its tables as statics.
    Generated(&'a Cli),
    /// A service of a program for many, whose tables are read when they are needed.
    #[cfg(feature = "pack")]
    Packed(&'a PackedCli),
}

/// A service of a program for many.
#[cfg(feature = "pack")]
#[derive(Debug)]
pub(crate) struct PackedCli {
    /// The name of the program: `aws`.
    pub(crate) program: &'static str,
    /// The version of the program.
    pub(crate) version: &'static str,
    /// The name of the service's commands: `sqs`.
    pub(crate) name: &'static str,
    pub(crate) service: &'static Service,
    pub(crate) packed: PackedService,
}

#[cfg(feature = "pack")]
impl PackedCli {
    /// Opens the service whose commands have this name.
    pub(crate) fn open(
        program: &'static str,
        version: &'static str,
        pack: Pack,
        name: &str,
    ) -> Result<Self, PackError> {
        let packed = pack.service(name)?;
        Ok(Self {
            program,
            version,
            name: pack.listed(name)?.name,
            service: packed.table()?,
            packed,
        })
    }

    /// The blocks of documentation that the help of a command needs.
    fn blocks(&self, command: &Command) -> Result<Vec<usize>, PackError> {
        let packed = self.packed.command_called(command.name())?;
        packed.map_or(Ok(Vec::new()), |packed| packed.docs())
    }
}

/// A command, as lists show it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListedCommand {
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    /// The name of its operation in the model.
    pub(crate) operation: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) is_hidden: bool,
    /// Whether it transfers a file, which no command of the AWS CLI does.
    pub(crate) is_transfer: bool,
}

/// A waiter, as lists show it.
#[derive(Clone, Debug)]
pub(crate) struct ListedWaiter {
    /// The name of its command: `bucket-exists`.
    pub(crate) name: Cow<'static, str>,
    /// Whether help leaves it out of lists.
    pub(crate) is_hidden: bool,
}

#[cfg_attr(
    not(feature = "pack"),
    allow(clippy::unnecessary_wraps, reason = "reading a pack may fail")
)]
impl<'a> CommandLine<'a> {
    /// The name of the service's commands: `sqs`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Generated(cli) => cli.name,
            #[cfg(feature = "pack")]
            Self::Packed(cli) => cli.name,
        }
    }

    /// What is typed in front of a command: `sqs`, or `aws sqs`.
    pub(crate) fn typed(self) -> Cow<'static, str> {
        match self {
            Self::Generated(cli) => cli.name.into(),
            #[cfg(feature = "pack")]
            Self::Packed(cli) => format!("{} {}", cli.program, cli.name).into(),
        }
    }

    /// The program and its version in the user agent.
    pub(crate) fn user_agent(self) -> String {
        match self {
            Self::Generated(cli) => format!("{}/{}", cli.name, cli.version),
            #[cfg(feature = "pack")]
            Self::Packed(cli) => format!("{}/{}", cli.program, cli.version),
        }
    }

    pub(crate) fn service(self) -> &'static Service {
        match self {
            Self::Generated(cli) => cli.service,
            #[cfg(feature = "pack")]
            Self::Packed(cli) => cli.service,
        }
    }

    /// The command with that name or alias.
    pub(crate) fn command(self, word: &str) -> Result<Option<&'static Command>, Stop> {
        match self {
            Self::Generated(cli) => Ok(cli.commands.iter().find(|of| of.is_called(word))),
            #[cfg(feature = "pack")]
            Self::Packed(cli) => {
                let found = cli.packed.command_called(word)?;
                let read = found.map(|of| packed::command(cli.packed, &of));
                Ok(read.transpose()?)
            }
        }
    }

    /// The commands, in the order of the model.
    pub(crate) fn commands(self) -> Result<Vec<ListedCommand>, Stop> {
        match self {
            Self::Generated(cli) => Ok(cli.commands.iter().map(listed).collect()),
            #[cfg(feature = "pack")]
            Self::Packed(cli) => {
                let commands = cli.packed.commands()?;
                let listed = commands.iter().zip(cli.packed.summaries()?);
                let listed = listed.map(|(of, summary)| listed_packed(cli.packed, of, summary));
                Ok(listed.collect::<Result<_, PackError>>()?)
            }
        }
    }

    /// The first sentence of a command's documentation.
    pub(crate) fn summary(self, command: &Command) -> Result<&'static str, Stop> {
        let mut commands = self.commands()?.into_iter();
        let found = commands.find(|of| of.name == command.name());
        Ok(found.map_or("", |of| of.summary))
    }

    /// The waiters of all operations, sorted by their names in the model, as in the AWS CLI's lists.
    pub(crate) fn waiters(self) -> Result<Vec<ListedWaiter>, Stop> {
        match self {
            Self::Generated(cli) => {
                let waiters = cli.waiters().into_iter();
                let listed = waiters.map(|(name, _, command)| ListedWaiter {
                    name: name.into(),
                    is_hidden: command.is_hidden(),
                });
                Ok(listed.collect())
            }
            #[cfg(feature = "pack")]
            Self::Packed(cli) => {
                let waiters = cli.packed.waiters()?.into_iter();
                let listed = waiters.map(|of| {
                    Ok(ListedWaiter {
                        name: of.command_name.into(),
                        is_hidden: cli.packed.command(of.command)?.is_hidden,
                    })
                });
                Ok(listed.collect::<Result<_, PackError>>()?)
            }
        }
    }

    /// The waiter whose command has this name, and the command whose operation it calls.
    pub(crate) fn waiter(
        self,
        name: &str,
    ) -> Result<Option<(&'static Waiter, &'static Command)>, Stop> {
        match self {
            Self::Generated(cli) => {
                let mut waiters = cli.waiters().into_iter();
                let found = waiters.find(|(of, ..)| of == name);
                Ok(found.map(|(_, waiter, command)| (waiter, command)))
            }
            #[cfg(feature = "pack")]
            Self::Packed(cli) => {
                let waiters = cli.packed.waiters()?;
                let Some(found) = waiters.iter().find(|of| of.command_name == name) else {
                    return Ok(None);
                };
                let command = cli.packed.command(found.command)?;
                let command = packed::command(cli.packed, &command)?;
                let mut waiters = command.operation().waiters();
                let waiter = waiters.find(|of| of.name == found.name);
                Ok(waiter.map(|waiter| (waiter, command)))
            }
        }
    }

    /// The documentation of a command's operation and of its input's members, if it can be read without that of their types.
    pub(crate) fn own_manual(self, command: &Command) -> Result<Cow<'a, str>, Stop> {
        match self {
            Self::Generated(_) => self.manual(Some(command)),
            #[cfg(feature = "pack")]
            Self::Packed(cli) => {
                let blocks = cli.blocks(command)?.into_iter().take(1);
                Ok(cli.packed.docs(blocks)?.into())
            }
        }
    }

    /// The documentation that the help of a command needs; without a command, that of the service.
    #[cfg_attr(
        not(feature = "pack"),
        expect(unused_variables, reason = "a generated program has one manual")
    )]
    pub(crate) fn manual(self, command: Option<&Command>) -> Result<Cow<'a, str>, Stop> {
        match self {
            Self::Generated(cli) => Ok(cli.manual.into()),
            #[cfg(feature = "pack")]
            Self::Packed(cli) => {
                let blocks = match command {
                    None => vec![0],
                    Some(command) => cli.blocks(command)?,
                };
                Ok(cli.packed.docs(blocks)?.into())
            }
        }
    }
}

fn listed(of: &Command) -> ListedCommand {
    ListedCommand {
        name: of.name,
        aliases: of.aliases,
        operation: of.operation.name,
        summary: of.summary,
        is_hidden: of.is_hidden,
        is_transfer: of.transfer.is_some(),
    }
}

#[cfg(feature = "pack")]
fn listed_packed(
    packed: PackedService,
    of: &PackedCommand,
    summary: &'static str,
) -> Result<ListedCommand, PackError> {
    Ok(ListedCommand {
        name: of.name,
        aliases: of.aliases,
        operation: packed.operation_name_of(of)?,
        summary,
        is_hidden: of.is_hidden,
        is_transfer: of.is_transfer,
    })
}

impl Cli {
    /// The waiters of all operations: the names of their commands, and the commands that they call. Sorted by their names
    /// in the model.
    fn waiters(&self) -> Vec<(String, &'static Waiter, &'static Command)> {
        let of_command = |command: &'static Command| {
            let waiters = command.operation.waiters();
            waiters.map(move |waiter| (names::hyphenated(waiter.name), waiter, command))
        };
        let commands = self.commands.iter().filter(|of| of.transfer.is_none());
        let mut all: Vec<_> = commands.flat_map(of_command).collect();
        all.sort_by_key(|(_, waiter, _)| waiter.name);
        all
    }
}
