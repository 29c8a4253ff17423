//! Commands of a pack: what generated code says in `cli.rs`, read at run time.

use super::outfiles::PercentEncoding;
use super::pages::DefaultSize;
use super::shortcuts::Moves;
use super::{Command, CommandOption, Move, Outfile, Pages, Shortcut};
use swage_client::pack::{Decoder, PackError, PackedCommand, PackedService};

type Result<T> = std::result::Result<T, PackError>;
type FixedWords = &'static [(&'static str, &'static [&'static str])];

/// Reads a command, and the operation that it calls.
///
/// # Errors
///
/// The pack is damaged, or this program was built without the service's protocol.
pub fn command(service: PackedService, of: &PackedCommand) -> Result<&'static Command> {
    let operation = service.operation_of(of)?;
    let from = &mut of.rest();
    if of.is_transfer {
        let transfer = service.transfer(from, operation)?;
        let command = Command::new(of.name, operation, "").transfer(transfer);
        return Ok(Box::leak(Box::new(Command {
            is_hidden: of.is_hidden,
            options: from.list(option)?,
            ..command
        })));
    }
    Ok(Box::leak(Box::new(Command {
        name: of.name,
        aliases: of.aliases,
        operation,
        // Lists have it.
        summary: "",
        is_hidden: of.is_hidden,
        options: from.list(option)?,
        shortcuts: from.list(shortcut)?,
        moves: from.optional(moves)?.unwrap_or(Moves {
            if_set: &[],
            members: &[],
        }),
        outfiles: from.list(outfile)?,
        percent_encoding: from.optional(|from| {
            Ok(PercentEncoding {
                member: from.text()?,
                value: from.text()?,
                paths: from.texts()?,
            })
        })?,
        page_size: from.optional(|from| {
            Ok(DefaultSize {
                size: from.narrow()?,
                beside: from.texts()?,
            })
        })?,
        pages: from.optional(pages)?,
        max_attempts: from.list(|from| Ok((from.text()?, from.narrow()?)))?,
        transfer: None,
    })))
}

fn option(from: &mut Decoder) -> Result<CommandOption> {
    let option = CommandOption::new(from.text()?, from.text()?).aliases(from.texts()?);
    let option = match from.optional(Decoder::text)? {
        Some(off) => option.off(off),
        None => option,
    };
    let setters = [
        CommandOption::flag,
        CommandOption::hidden,
        CommandOption::base64,
        CommandOption::plain_values,
    ];
    let option = setters.into_iter().try_fold(option, |option, set| {
        Ok(if from.bool()? { set(option) } else { option })
    })?;
    Ok(option.note(from.text()?))
}

fn shortcut(from: &mut Decoder) -> Result<Shortcut> {
    let text = |from: &mut Decoder| from.text().map(|text| (!text.is_empty()).then_some(text));
    Ok(Shortcut {
        name: from.text()?,
        documentation: from.text()?,
        sets: from.texts()?,
        separator: text(from)?,
        delimiter: text(from)?,
        values: from.list(Decoder::pair)?,
        prefixes: from.list(Decoder::pair)?,
        with: fixed(from)?,
        cases: from.list(|from| Ok((from.text()?, fixed(from)?)))?,
        counts: from.texts()?,
        ids: from.texts()?,
        excludes: from.texts()?,
        only: text(from)?,
        expected: text(from)?,
        default: from.optional(Decoder::text)?,
        is_required: from.bool()?,
    })
}

fn fixed(from: &mut Decoder) -> Result<FixedWords> {
    from.list(|from| Ok((from.text()?, from.texts()?)))
}

fn moves(from: &mut Decoder) -> Result<Moves> {
    Ok(Moves {
        if_set: from.texts()?,
        members: from.list(|from| {
            let moved = Move::new(from.text()?, from.text()?);
            Ok(moved.with(fixed(from)?))
        })?,
    })
}

fn outfile(from: &mut Decoder) -> Result<Outfile> {
    let file = Outfile::new(from.text()?, from.text()?, from.texts()?);
    let choice = |from: &mut Decoder| Ok((from.text()?, from.text()?, from.texts()?));
    let file = match from.optional(choice)? {
        Some((name, documentation, values)) => file.choice(name, documentation, values),
        None => file,
    };
    let file = if from.bool()? { file.required() } else { file };
    Ok(if from.bool()? { file.removes() } else { file })
}

fn pages(from: &mut Decoder) -> Result<Pages> {
    Ok(Pages {
        input_tokens: from.texts()?,
        output_tokens: from.texts()?,
        more_results: from.text()?,
        results: from.texts()?,
        non_aggregate: from.texts()?,
        page_size: from.text()?,
    })
}
