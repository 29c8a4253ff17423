//! The options of an operation: its input's members in model order, then those that every operation has.

use super::{Check, Parsed, Parser, Positional, Spec, Takes};
use crate::command::CliOperation;
use crate::stop::Stop;
use crate::values::Raw;
use swage_client::Operation;
use swage_client::operation::{CommandPages, OperationTrait};
use swage_client::schema::{Kind, Location, Member};

/// What was given to an operation.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// In model order: the member, its option, what was given.
    pub(crate) members: Vec<(&'static Member, String, Raw)>,
    pub(crate) cli_input_json: Option<String>,
    pub(crate) skeleton: Option<String>,
    /// Where a streaming output goes.
    pub(crate) outfile: Option<String>,
    pub(crate) starting_token: Option<String>,
    pub(crate) page_size: Option<String>,
    pub(crate) max_items: Option<String>,
}

/// What the words of an operation ask for.
#[derive(Debug)]
pub(crate) enum Asked {
    /// The help page.
    Page,
    /// The short help.
    Help,
    Call(Given),
}

/// How the command walks over the pages of an operation: as `swage.api#pages` says, or else `@paginated`, when it names items.
pub(crate) fn pagination(operation: &'static Operation) -> Option<CommandPages> {
    use std::slice::from_ref;
    let own = operation.traits.iter().find_map(|item| {
        let OperationTrait::CommandPages(pages) = item else {
            return None;
        };
        Some(*pages)
    });
    let of_trait = || {
        operation.traits.iter().find_map(|item| {
            let OperationTrait::Paginated(pages) = item else {
                return None;
            };
            (!pages.items.is_empty()).then_some(CommandPages {
                input_tokens: from_ref(&pages.input_token),
                output_tokens: from_ref(&pages.output_token),
                more_results: pages.more_results,
                results: from_ref(&pages.items),
                non_aggregate: &[],
                page_size: pages.page_size,
            })
        })
    };
    own.or_else(of_trait)
}

/// The output's member that goes to a file.
pub(crate) fn output_file(operation: &Operation) -> Option<(usize, &'static Member)> {
    let members = operation.output.members().iter().enumerate();
    members.into_iter().find(|(_, member)| {
        member.location() == Location::Payload && member.target().kind() == Kind::Blob
    })
}

/// Reads the words after an operation's name. `paginate`: pages are merged, and the options for that hide
/// members of the same name.
pub(crate) fn parse(cli: &CliOperation, words: Vec<String>, paginate: bool) -> Result<Asked, Stop> {
    if words == ["help"] {
        return Ok(Asked::Page);
    }
    let table = Table::new(cli, &words, paginate);
    let parsed = table.parser.parse(words.clone())?;
    if parsed.ended.is_some() {
        return Ok(Asked::Help);
    }
    let stray = parsed.positionals.last().cloned().flatten();
    if stray.as_deref() == Some("help") {
        return Ok(Asked::Page);
    }
    let mut rest = parsed.rest.clone();
    // An empty first word, as of a variable that isn't set, counts for nothing.
    rest.extend(stray.filter(|word| !word.is_empty()));
    if !rest.is_empty() {
        return Err(Stop::Unknown(rest));
    }
    let given = table.given(&parsed);
    if paginate && pages_by_hand(cli.operation, &given) {
        // The options that were hidden are members after all.
        return parse(cli, words, false);
    }
    Ok(Asked::Call(given))
}

/// Whether a member is for a page's token or size.
fn is_paging(pages: &CommandPages, member: &Member) -> bool {
    member.name() == pages.page_size || pages.input_tokens.contains(&member.name())
}

/// Whether a token or a size was given by the option of its member: then the command makes one call.
pub(crate) fn pages_by_hand(operation: &'static Operation, given: &Given) -> bool {
    let by_hand = |pages: &CommandPages| {
        let mut members = given.members.iter();
        members.any(|(member, ..)| is_paging(pages, member))
    };
    pagination(operation).as_ref().is_some_and(by_hand)
}

/// Whether a command that pages has an option for pages of that name. Without a member for the size, none sets it.
fn has_option(operation: &Operation, pages: &CommandPages, name: &str) -> bool {
    match name {
        "starting-token" | "max-items" => true,
        "page-size" => operation.input.member(pages.page_size).is_some(),
        _ => false,
    }
}

/// The parser of an operation, and which of its options is which member.
struct Table {
    parser: Parser<'static>,
    /// The member, the index of its option, and of the `--no-` form of a flag.
    members: Vec<(&'static Member, usize, Option<usize>)>,
}

impl Table {
    fn new(cli: &CliOperation, words: &[String], paginate: bool) -> Self {
        let mut table = Self {
            parser: Parser::default(),
            members: Vec::new(),
        };
        let command = (cli.command)();
        let pages = pagination(cli.operation).filter(|_| paginate);
        for (arg, member) in command.get_arguments().zip(cli.operation.input.members()) {
            let name = arg.get_long().unwrap_or_else(|| arg.get_id().as_str());
            let is_hidden = pages.is_some_and(|pages| has_option(cli.operation, &pages, name));
            if !is_hidden {
                table.member(name, arg, member);
            }
        }
        table.common(cli.operation);
        if makes_optional(words) {
            table
                .parser
                .options
                .iter_mut()
                .for_each(|spec| spec.required = false);
        }
        table
    }

    fn add(&mut self, spec: Spec) -> usize {
        self.parser.options.push(spec);
        self.parser.options.len() - 1
    }

    fn member(&mut self, name: &str, arg: &clap::Arg, member: &'static Member) {
        let (takes, check) = match member.target().kind() {
            Kind::Boolean => (Takes::Nothing, Check::Anything),
            Kind::List => (Takes::Many, Check::Anything),
            Kind::Long => (Takes::One, Check::Integer),
            Kind::Float | Kind::Double => (Takes::One, Check::Float),
            _ => (Takes::One, Check::Anything),
        };
        let required =
            arg.is_required_set() && !member.is_idempotency_token() && takes != Takes::Nothing;
        let on = self.add(Spec {
            check,
            required,
            ..Spec::new(format!("--{name}"), takes)
        });
        let off =
            (takes == Takes::Nothing).then(|| self.add(Spec::new(format!("--no-{name}"), takes)));
        self.members.push((member, on, off));
    }

    /// The options that aren't members.
    fn common(&mut self, operation: &'static Operation) {
        let to_file = output_file(operation).is_some();
        self.add(Spec::new("--cli-input-json", Takes::One));
        if let Some(pages) = pagination(operation) {
            self.paging(operation, &pages);
        }
        if !to_file {
            let check = Check::OneOf(&["input", "output"]);
            self.add(Spec {
                check,
                ..Spec::new("--generate-cli-skeleton", Takes::Optional("input"))
            });
        }
        for name in ["--help", "-h"] {
            self.add(Spec::new(name, Takes::Ends { exact: true }));
        }
        let words = [("outfile", to_file, true), ("help", true, false)];
        for (name, _, required) in words.into_iter().filter(|(_, is_there, _)| *is_there) {
            self.parser.positionals.push(Positional {
                name,
                required,
                choices: Vec::new(),
            });
        }
    }

    /// The options for pages.
    fn paging(&mut self, operation: &Operation, pages: &CommandPages) {
        let size = operation.input.member(pages.page_size);
        let size = size.map(|(_, member)| member.target().kind());
        let check = if size == Some(Kind::String) {
            Check::Anything
        } else {
            Check::Integer
        };
        self.add(Spec::new("--starting-token", Takes::One));
        if size.is_some() {
            self.add(Spec {
                check,
                ..Spec::new("--page-size", Takes::One)
            });
        }
        self.add(Spec {
            check,
            ..Spec::new("--max-items", Takes::One)
        });
    }

    fn given(&self, parsed: &Parsed) -> Given {
        let members = self.members.iter().filter_map(|(member, on, off)| {
            let name = self.parser.options.get(*on)?.name.clone();
            let raw = match off {
                Some(off) => Raw::Flag(parsed.flag(*on, *off)?),
                None if member.target().kind() == Kind::List => {
                    Raw::Words(parsed.last(*on)?.to_vec())
                }
                None => Raw::Word(parsed.last(*on)?.first()?.clone()),
            };
            Some((*member, name, raw))
        });
        let own = self
            .members
            .iter()
            .map(|(_, on, off)| off.unwrap_or(*on) + 1)
            .max()
            .unwrap_or(0);
        let value = |name: &str| {
            // A member may have the name of one of these; those come after all members.
            let (index, _) = self
                .parser
                .options
                .iter()
                .enumerate()
                .skip(own)
                .find(|(_, spec)| spec.name == name)?;
            parsed.last(index)?.first().cloned()
        };
        Given {
            members: members.collect(),
            cli_input_json: value("--cli-input-json"),
            skeleton: value("--generate-cli-skeleton"),
            outfile: parsed.positionals.iter().rev().nth(1).cloned().flatten(),
            starting_token: value("--starting-token"),
            page_size: value("--page-size"),
            max_items: value("--max-items"),
        }
    }
}

/// Whether the words ask for something that needs no required options.
fn makes_optional(words: &[String]) -> bool {
    let skeleton = words
        .iter()
        .position(|word| word == "--generate-cli-skeleton");
    let output = |at: usize| words.get(at + 1).is_some_and(|word| word == "output");
    words.iter().any(|word| word == "--cli-input-json") || skeleton.is_some_and(|at| !output(at))
}
