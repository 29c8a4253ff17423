//! The options of a command: those for the members of its input in model order, then those that all commands have.

use super::{Check, Parsed, Parser, Positional, Spec, Takes};
use crate::command::options::{MemberOption, Paging};
use crate::command::pages::PageOption;
use crate::command::{Command, Outfile, Shortcut};
use crate::stop::Stop;
use crate::values::Raw;
use swage_client::schema::{Kind, Member};

/// What the words after a command's name ask for.
#[derive(Debug)]
pub(crate) enum Action {
    /// `help`: the page of the manual.
    Manual,
    /// `--help`: the short help.
    Help,
    Call(Box<Given>),
}

/// What was given to a command.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// In model order: the member, its option, what was given.
    pub(crate) members: Vec<(&'static Member, String, Raw)>,
    pub(crate) shortcuts: Vec<(&'static Shortcut, Raw)>,
    pub(crate) outfiles: Vec<Target>,
    pub(crate) cli_input_json: Option<String>,
    /// `--generate-cli-skeleton`.
    pub(crate) skeleton: Option<String>,
    /// The file that is transferred.
    pub(crate) file: Option<String>,
    /// The file for a streaming output.
    pub(crate) outfile: Option<String>,
    pub(crate) starting_token: Option<String>,
    pub(crate) page_size: Option<String>,
    pub(crate) max_items: Option<String>,
}

/// A part of the output, and the file that gets it.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) option: &'static Outfile,
    /// The index of the path.
    pub(crate) chosen: usize,
    pub(crate) file: String,
}

impl Given {
    /// Whether the token or the size of a page was given by the option of its member: then the command makes one call.
    pub(crate) fn pages_manually(&self, command: &Command) -> bool {
        let members = || self.members.iter().map(|(member, ..)| member);
        let pages = command.paging();
        pages.is_some_and(|pages| members().any(|member| pages.uses(member)))
    }
}

/// Reads the words after a command's name. With `paginate`, all pages are fetched, and the options for pages shadow
/// those of members that have the same name.
pub(crate) fn parse(command: &Command, words: Vec<String>, paginate: bool) -> Result<Action, Stop> {
    if words == ["help"] {
        return Ok(Action::Manual);
    }
    let options = Options::new(command, &words, paginate);
    let parsed = options.parser.parse(words.clone())?;
    if parsed.ended.is_some() {
        return Ok(Action::Help);
    }
    let stray = parsed.positionals.last().cloned().flatten();
    if stray.as_deref() == Some("help") {
        return Ok(Action::Manual);
    }
    let mut rest = parsed.rest.clone();
    // An empty word is ignored: an unset variable in quotes gives one.
    rest.extend(stray.filter(|word| !word.is_empty()));
    if !rest.is_empty() {
        return Err(Stop::Unknown(rest));
    }
    let given = options.given(&parsed)?;
    if paginate && given.pages_manually(command) {
        // The shadowed options are members after all.
        return parse(command, words, false);
    }
    Ok(Action::Call(Box::new(given)))
}

/// The parser of a command, and which of its options sets which member.
struct Options {
    parser: Parser<'static>,
    members: Vec<MemberSpecs>,
    /// The values, each with the index of its option.
    shortcuts: Vec<(&'static Shortcut, usize)>,
    outfiles: Vec<(&'static Outfile, Vec<usize>)>,
    /// The option for the file that is transferred: `--file`.
    file: Option<&'static str>,
    /// The index of the first option that is not for a member.
    common: usize,
}

/// The options of a member, by their indexes in the parser.
struct MemberSpecs {
    member: &'static Member,
    has_plain_values: bool,
    /// The name of the option, and after that its aliases.
    on: Vec<usize>,
    /// What turns a flag off.
    off: Option<usize>,
}

impl Options {
    fn new(command: &Command, words: &[String], paginate: bool) -> Self {
        let mut options = Self {
            parser: Parser::default(),
            members: Vec::new(),
            shortcuts: Vec::new(),
            outfiles: Vec::new(),
            file: None,
            common: 0,
        };
        let required = requires_options(words);
        for option in command.member_options() {
            if !paginate || !matches!(option.paging, Paging::Shadowed(_)) {
                options.member(&option, required);
            }
        }
        for shortcut in command.shortcuts {
            options.shortcut(command, shortcut, required);
        }
        for outfile in command.outfiles {
            options.outfile(outfile, required);
        }
        options.common = options.parser.options.len();
        if let Some(file) = command.file_option() {
            options.file = Some(file.option);
            options.add(Spec {
                required,
                ..Spec::new(file.option, Takes::One)
            });
        }
        options.common(command);
        options
    }

    fn add(&mut self, spec: Spec) -> usize {
        self.parser.options.push(spec);
        self.parser.options.len() - 1
    }

    fn member(&mut self, option: &MemberOption, required: bool) {
        let (takes, check) = match option.member.target().kind() {
            Kind::Boolean => (Takes::Nothing, Check::Anything),
            _ if option.off.is_some() => (Takes::OneOrNone, Check::Anything),
            Kind::List => (Takes::Many, Check::Anything),
            Kind::Long => (Takes::One, Check::Integer),
            Kind::Float | Kind::Double => (Takes::One, Check::Float),
            _ => (Takes::One, Check::Anything),
        };
        let names = std::iter::once(&*option.name).chain(option.aliases.iter().copied());
        let on = names.map(|name| {
            self.add(Spec {
                check,
                required: required && option.is_required(),
                ..Spec::new(format!("--{name}"), takes)
            })
        });
        let on = on.collect();
        let off = option.off.as_ref();
        let off = off.map(|off| self.add(Spec::new(format!("--{off}"), Takes::Nothing)));
        self.members.push(MemberSpecs {
            member: option.member,
            has_plain_values: option.has_plain_values,
            on,
            off,
        });
    }

    fn shortcut(&mut self, command: &Command, shortcut: &'static Shortcut, required: bool) {
        let takes = match shortcut.sets {
            [] => Takes::Nothing,
            _ if shortcut.is_list(command.operation().input) => Takes::Many,
            _ => Takes::One,
        };
        let index = self.add(Spec {
            required: required && shortcut.is_required,
            ..Spec::new(format!("--{}", shortcut.name), takes)
        });
        self.shortcuts.push((shortcut, index));
    }

    fn outfile(&mut self, outfile: &'static Outfile, required: bool) {
        let specs = outfile.options().map(|(name, _, values)| {
            self.add(Spec {
                required: required && outfile.is_required,
                check: match values {
                    [] => Check::Anything,
                    values => Check::OneOf(values),
                },
                ..Spec::new(format!("--{name}"), Takes::One)
            })
        });
        let specs = specs.collect();
        self.outfiles.push((outfile, specs));
    }

    /// Adds the options and words that are not members.
    fn common(&mut self, command: &Command) {
        let to_file = command.output_file().is_some();
        self.add(Spec::new("--cli-input-json", Takes::One));
        self.paging(command);
        if !to_file {
            let check = Check::OneOf(&["input", "output"]);
            self.add(Spec {
                check,
                ..Spec::new("--generate-cli-skeleton", Takes::Optional("input"))
            });
        }
        for name in ["--help", "-h"] {
            self.add(Spec {
                exact: true,
                ..Spec::new(name, Takes::Ends)
            });
        }
        let positional = |name, required| Positional {
            name,
            required,
            choices: Vec::new(),
        };
        let words = &mut self.parser.positionals;
        words.extend(to_file.then(|| positional("outfile", true)));
        words.push(positional("help", false));
    }

    fn paging(&mut self, command: &Command) {
        let sizes = if command.has_numeric_sizes() {
            Check::Integer
        } else {
            Check::Anything
        };
        for option in command.page_options() {
            let check = match option {
                PageOption::StartingToken => Check::Anything,
                PageOption::PageSize | PageOption::MaxItems => sizes,
            };
            self.add(Spec {
                check,
                ..Spec::new(format!("--{}", option.name()), Takes::One)
            });
        }
    }

    fn given(&self, parsed: &Parsed) -> Result<Given, Stop> {
        let given = self
            .members
            .iter()
            .map(|specs| self.member_given(specs, parsed));
        let members = given.filter_map(Result::transpose);
        let members = members.collect::<Result<_, _>>()?;
        // A member's option may have the same name.
        let value = |name: &str| {
            let options = self.parser.options.iter().enumerate().skip(self.common);
            let mut named = options.filter(|(_, spec)| spec.name == name);
            parsed.last(named.next()?.0)?.first().cloned()
        };
        let shortcuts = self.shortcuts.iter().filter_map(|(shortcut, index)| {
            let words = parsed.last(*index)?;
            let takes = self.parser.options.get(*index)?.takes;
            let raw = match (takes, words) {
                (Takes::Nothing, _) => Raw::Flag(true),
                (Takes::One, [word, ..]) => Raw::Word(word.clone()),
                _ => Raw::Words(words.to_vec()),
            };
            Some((*shortcut, raw))
        });
        Ok(Given {
            members,
            shortcuts: shortcuts.collect(),
            outfiles: self.targets(parsed),
            cli_input_json: value("--cli-input-json"),
            skeleton: value("--generate-cli-skeleton"),
            file: self.file.and_then(value),
            outfile: parsed.positionals.iter().rev().nth(1).cloned().flatten(),
            starting_token: value("--starting-token"),
            page_size: value("--page-size"),
            max_items: value("--max-items"),
        })
    }

    fn targets(&self, parsed: &Parsed) -> Vec<Target> {
        let word = |index: &usize| parsed.last(*index)?.first();
        let target = |(option, specs): &(&'static Outfile, Vec<usize>)| {
            let choice = option.choice.as_ref().zip(specs.get(1).and_then(word));
            let chosen = choice.and_then(|(choice, word)| {
                let mut values = choice.values.iter();
                values.position(|value| value == word)
            });
            Some(Target {
                option,
                chosen: chosen.unwrap_or(0),
                file: specs.first().and_then(word)?.clone(),
            })
        };
        self.outfiles.iter().filter_map(target).collect()
    }

    /// What was given for a member: by its last name if by several.
    fn member_given(
        &self,
        MemberSpecs {
            member,
            has_plain_values,
            on,
            off,
        }: &MemberSpecs,
        parsed: &Parsed,
    ) -> Result<Option<(&'static Member, String, Raw)>, Stop> {
        let given = on.iter().rev().find(|on| parsed.last(**on).is_some());
        let turned_off = off.filter(|off| parsed.last(*off).is_some());
        let spec = |index: &usize| self.parser.options.get(*index);
        let Some(spec) = given.or(on.first()).and_then(spec) else {
            return Ok(None);
        };
        let words = given.and_then(|on| parsed.last(*on));
        let raw = match (member.target().kind(), off, words) {
            (Kind::Boolean, Some(off), _) => {
                let flag = on.first().and_then(|on| parsed.flag(*on, *off));
                flag.map(Raw::Flag)
            }
            (_, _, Some(_)) if turned_off.is_some() => {
                let off = turned_off.and_then(|off| self.parser.options.get(off));
                let off = off.map_or("", |off| &off.name);
                return Err(Stop::Error(format!(
                    "Cannot specify both the \"{}\" option and the \"{off}\" option.",
                    spec.name
                )));
            }
            (_, _, None) => turned_off.map(|_| Raw::Flag(false)),
            (Kind::List, _, Some(words)) if *has_plain_values => {
                Some(Raw::PlainWords(words.to_vec()))
            }
            (Kind::List, _, Some(words)) => Some(Raw::Words(words.to_vec())),
            (_, _, Some([])) => Some(Raw::Flag(true)),
            (_, _, Some([word, ..])) => Some(Raw::Word(word.clone())),
        };
        Ok(raw.map(|raw| (*member, spec.name.clone(), raw)))
    }
}

/// Whether required options must be given: not when the input comes from JSON, or when a sample of it is wanted.
fn requires_options(words: &[String]) -> bool {
    let mut names = words.iter();
    let skeleton = names.position(|word| word == "--generate-cli-skeleton");
    let of_output = |at: usize| words.get(at + 1).is_some_and(|word| word == "output");
    let has_json = words.iter().any(|word| word == "--cli-input-json");
    !has_json && skeleton.is_none_or(of_output)
}
