//! `man FOLDER`: writes the pages of help as manual pages, `NAME.1`.

use super::{Topic, marked_page, roff};
use crate::args::{Parser, Positional};
use crate::command::line::CommandLine;
use crate::stop::Stop;
use std::fs;
use std::path::{Path, PathBuf};

/// What was asked for.
pub(crate) struct Wanted {
    /// The folder for the pages.
    pub(crate) out: PathBuf,
    /// The service whose pages are wanted; none: all.
    #[cfg_attr(not(feature = "pack"), expect(dead_code, reason = "there is only one"))]
    pub(crate) service: Option<String>,
}

/// Reads the words behind `man`.
pub(crate) fn parse(words: Vec<String>, has_services: bool) -> Result<Wanted, Stop> {
    let positional = |name, required| Positional {
        name,
        required,
        choices: Vec::new(),
    };
    let folder = std::iter::once(positional("folder", true));
    let service = has_services.then(|| positional("service", false));
    let parser = Parser {
        options: Vec::new(),
        positionals: folder.chain(service).collect(),
    };
    let parsed = parser.parse(words)?;
    if !parsed.rest.is_empty() {
        return Err(Stop::Unknown(parsed.rest));
    }
    let mut given = parsed
        .positionals
        .into_iter()
        .map(Option::unwrap_or_default);
    Ok(Wanted {
        out: given.next().unwrap_or_default().into(),
        service: given.next().filter(|word| !word.is_empty()),
    })
}

/// Writes the pages of a service: its own, those of its commands, and those of its waiters. Returns how many there are.
pub(crate) fn write(cli: CommandLine<'_>, out: &Path) -> Result<usize, Stop> {
    let name = cli.typed().replace(' ', "-");
    let mut count = 1;
    let service = marked_page(cli, Topic::Program, None)?;
    write_page(cli, out, &name, cli.service().sdk_id, &service)?;
    for listed in cli.commands()?.into_iter().filter(|of| !of.is_hidden) {
        if let Some(command) = cli.command(listed.name)? {
            let page = marked_page(cli, Topic::Command(command), None)?;
            let name = format!("{name}-{}", listed.name);
            write_page(cli, out, &name, listed.summary, &page)?;
            count += 1;
        }
    }
    let waiters = cli.waiters()?;
    if !waiters.is_empty() {
        let page = marked_page(cli, Topic::Wait, None)?;
        write_page(
            cli,
            out,
            &format!("{name}-wait"),
            "Wait for a condition",
            &page,
        )?;
        count += 1;
    }
    for listed in waiters.into_iter().filter(|of| !of.is_hidden) {
        if let Some((waiter, command)) = cli.waiter(&listed.name)? {
            let page = marked_page(cli, Topic::Waiter(command, waiter), None)?;
            let name = format!("{name}-wait-{}", listed.name);
            write_page(cli, out, &name, "Wait for a condition", &page)?;
            count += 1;
        }
    }
    Ok(count)
}

fn write_page(
    cli: CommandLine<'_>,
    out: &Path,
    name: &str,
    summary: &str,
    page: &str,
) -> Result<(), Stop> {
    write_file(
        out,
        name,
        &roff::page(name, &cli.user_agent(), summary, page),
    )
}

/// Writes a manual page.
pub(super) fn write_file(out: &Path, name: &str, text: &str) -> Result<(), Stop> {
    let path = out.join(format!("{name}.1"));
    let written = fs::create_dir_all(out).and_then(|()| fs::write(&path, text));
    written.map_err(|error| Stop::Error(format!("{}: {error}", path.display())))
}
