//! `swage completions` and `swage man`: made from the definition of the command itself.

use crate::problem::{Error, Problem};
use clap::Command;
use clap_complete::Shell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Print the completions for a shell.
///
/// For Bash: `swage completions bash > ~/.local/share/bash-completion/completions/swage`
#[derive(clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page, or write the pages of all subcommands into a folder.
///
/// To read it: `swage man | man -l -`
#[derive(clap::Args)]
pub struct Man {
    /// The folder for the pages, such as ~/.local/share/man/man1
    folder: Option<PathBuf>,
}

impl Completions {
    /// Prints them.
    pub(super) fn run(&self, mut command: Command) -> Result<(), Error> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut command, "swage", &mut text);
        print(&text)
    }
}

impl Man {
    /// Prints or writes the pages.
    pub(super) fn run(&self, command: Command) -> Result<(), Error> {
        let Some(folder) = &self.folder else {
            return print(&page(command)?);
        };
        fs::create_dir_all(folder).map_err(|error| Problem::io("create", folder, &error))?;
        let command = command.disable_help_subcommand(true);
        for subcommand in command.get_subcommands().filter(|of| !of.is_hide_set()) {
            let name = format!("swage-{}", subcommand.get_name());
            let mut page = subcommand.clone().display_name(&name);
            page = page.name(name.clone()).bin_name(name.replacen('-', " ", 1));
            write(folder, &name, page)?;
        }
        write(folder, "swage", command)
    }
}

fn write(folder: &Path, name: &str, command: Command) -> Result<(), Error> {
    let path = folder.join(format!("{name}.1"));
    let text = page(command)?;
    fs::write(&path, text).map_err(|error| Problem::io("write", &path, &error).into())
}

fn page(command: Command) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut text)
        .map_err(|error| Problem::new(error.to_string()))?;
    Ok(text)
}

/// A reader that has enough is no error.
fn print(text: &[u8]) -> Result<(), Error> {
    match io::stdout().write_all(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Problem::new(format!("cannot write to standard output: {error}")).into())
        }
        _ => Ok(()),
    }
}
