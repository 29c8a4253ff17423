//! The page of a command, or of a waiter that calls its operation.

use super::globals::{self, CLI_INPUT_JSON, GENERATE_CLI_SKELETON, GLOBALS};
use super::inline::{bold, closed_up, marked};
use super::manual::Manual;
use super::syntax::type_name;
use super::wait;
use super::writer::PageWriter;
use crate::command::line::CommandLine;
use crate::command::names::hyphenated;
use crate::command::options::{MemberOption, Paging};
use crate::command::pages::PageOption;
use crate::command::{Command, Outfile};
use swage_client::operation::Waiter;
use swage_client::schema::{Kind, Member, Schema};

/// The page as text with marks; lines are broken at column `limit`.
pub(super) fn page(
    cli: CommandLine<'_>,
    command: &Command,
    waiter: Option<&Waiter>,
    manual: &Manual<'_>,
    limit: Option<usize>,
) -> String {
    let name = waiter.map(|waiter| hyphenated(waiter.name));
    let name = name.unwrap_or_else(|| command.name().to_owned());
    let page = super::start(&name, limit);
    let mut page = CommandPage {
        command,
        waiter,
        name,
        options: shown_options(command),
        to: PageWriter { page, manual },
    };
    page.description(cli);
    page.synopsis();
    page.options();
    page.globals();
    page.output();
    page.to.page.finish()
}

/// The parts of the page.
struct CommandPage<'a> {
    command: &'a Command,
    waiter: Option<&'a Waiter>,
    /// The name of the command, or of the waiter's.
    name: String,
    /// The options in front of those that all commands have.
    options: Vec<Shown>,
    to: PageWriter<'a>,
}

/// An option of the page.
enum Shown {
    Member(MemberOption),
    /// An option for pages, in place of a member's option that has the same name.
    Page(PageOption),
}

fn shown_options(command: &Command) -> Vec<Shown> {
    let shown = |option: MemberOption| match option.paging {
        Paging::None if option.is_hidden => None,
        Paging::None => Some(Shown::Member(option)),
        Paging::Manual => None,
        Paging::Shadowed(instead) => Some(Shown::Page(instead)),
    };
    let options = command.member_options().into_iter();
    options.filter_map(shown).collect()
}

impl CommandPage<'_> {
    fn description(&mut self, cli: CommandLine<'_>) {
        self.to.page.section("DESCRIPTION");
        let id = operation_id(cli, self.command.operation().name);
        let is_transfer = self.command.transfer.is_some();
        match self.waiter {
            Some(waiter) => {
                let own = self.to.manual.shape(&format!("{id}${}", waiter.name));
                wait::description(&mut self.to.page, &own, self.command, waiter);
            }
            None if is_transfer => {
                let own = self.to.manual.shape(&format!("{id}$transfer"));
                self.to.page.blocks(0, &own);
            }
            None => self.to.page.blocks(0, &self.to.manual.shape(&id)),
        }
        if id.starts_with("com.amazonaws.") && !is_transfer {
            self.to.page.paragraph(0, "See also: AWS API Documentation");
        }
        self.documents();
        self.pages();
    }

    /// Says how documents are given.
    fn documents(&mut self) {
        let (name, operation) = (&self.name, self.command.operation());
        let prints_documents = self.waiter.is_none() && has_documents(operation.output);
        if !prints_documents && !has_documents(operation.input) {
            return;
        }
        let text = format!(
            "`{name}` uses document type values. Document types follow the JSON data model where valid values are: \
             strings, numbers, booleans, null, arrays, and objects. For command input, options and nested \
             parameters that are labeled with the type `document` must be provided as JSON. Shorthand syntax does \
             not support document types."
        );
        self.to.page.paragraph(0, &closed_up(&text));
    }

    /// Says that all pages are fetched.
    fn pages(&mut self) {
        let Some(pages) = self.command.paging() else {
            return;
        };
        let text = format!(
            "`{}` is a paginated operation. Multiple API calls may be issued in order to retrieve the entire \
             data set of results. You can disable pagination by providing the `--no-paginate` argument. When using \
             `--output text` and the `--query` argument on a paginated response, the `--query` argument must \
             extract data from the results of the following query expressions: `{}`",
            self.name,
            pages.results.join("`, `")
        );
        self.to.page.paragraph(0, &closed_up(&text));
    }

    fn synopsis(&mut self) {
        self.to.page.section("SYNOPSIS");
        let optional = |name: &str| format!("[--{name} <value>]");
        let mut lines = vec![format!("  {}", self.name)];
        lines.extend(self.options.iter().map(|option| match option {
            Shown::Member(option) => usage(option),
            Shown::Page(option) => optional(option.name()),
        }));
        lines.extend(self.command.shortcuts.iter().map(|of| {
            let value = if of.sets.is_empty() { "" } else { " <value>" };
            if of.is_required {
                format!("--{}{value}", of.name)
            } else {
                format!("[--{}{value}]", of.name)
            }
        }));
        for outfile in self.command.outfiles {
            lines.extend(outfile.options().map(|(name, ..)| {
                if outfile.is_required {
                    format!("--{name} <value>")
                } else {
                    optional(name)
                }
            }));
        }
        let file = self.command.file_option();
        lines.extend(file.map(|file| format!("{} <value>", file.option)));
        if self.command.output_file().is_some() {
            lines.push("<outfile>".to_owned());
        } else {
            lines.push(optional("cli-input-json"));
            let paging = self.page_options();
            lines.extend(paging.iter().map(|option| optional(option.name())));
            lines.push(optional("generate-cli-skeleton"));
        }
        lines.extend(GLOBALS.iter().map(|(name, kind, ..)| match *kind {
            "boolean" => format!("[{name}]"),
            _ => format!("[{name} <value>]"),
        }));
        self.to.page.literal(1, lines.iter().map(String::as_str));
    }

    fn options(&mut self) {
        self.to.page.section("OPTIONS");
        let page_options = self.page_options();
        for option in std::mem::take(&mut self.options) {
            match option {
                Shown::Member(option) => self.option(&option),
                Shown::Page(option) => self.page_option(option),
            }
        }
        let input = self.command.operation().input;
        for shortcut in self.command.shortcuts {
            let kind = shortcut.target(input).map(Member::target);
            let kind = kind.map_or("boolean", type_name);
            let name = bold(&format!("--{}", shortcut.name));
            self.to.page.term(0, &format!("{name} ({kind})"));
            self.to.page.paragraph(1, &marked(shortcut.documentation));
        }
        for (name, text, _) in self.command.outfiles.iter().flat_map(Outfile::options) {
            let name = bold(&format!("--{name}"));
            self.to.page.term(0, &format!("{name} (string)"));
            self.to.page.paragraph(1, &marked(text));
        }
        if let Some(file) = self.command.file_option() {
            let term = format!("{} (string)", bold(file.option));
            self.to.page.term(0, &term);
            self.to.page.paragraph(1, file.documentation);
        }
        if self.command.output_file().is_some() {
            self.string_option("outfile", "Filename where the content will be saved");
            return;
        }
        self.string_option("--cli-input-json", CLI_INPUT_JSON);
        for option in page_options {
            self.page_option(option);
        }
        self.string_option("--generate-cli-skeleton", GENERATE_CLI_SKELETON);
    }

    /// The options for pages that stand in no member's place.
    fn page_options(&self) -> Vec<PageOption> {
        let is_placed = |option: &PageOption| {
            let mut shown = self.options.iter();
            shown.any(|shown| matches!(shown, Shown::Page(other) if other == option))
        };
        let options = self.command.page_options().into_iter();
        options.filter(|option| !is_placed(option)).collect()
    }

    fn string_option(&mut self, name: &str, text: &str) {
        let text = format!("{} (string) {}", bold(name), closed_up(text));
        self.to.page.paragraph(0, &text);
    }

    /// Describes an option for pages. Sizes have the type of the service's page size.
    fn page_option(&mut self, option: PageOption) {
        let (kind, paragraphs) = globals::page_option(option);
        let kind = match self.command.size_member() {
            Some(member) if kind == "integer" => type_name(member.target()),
            _ => kind,
        };
        let name = bold(&format!("--{}", option.name()));
        self.to.page.term(0, &format!("{name} ({kind})"));
        for text in paragraphs {
            self.to.page.paragraph(1, &marked(text));
        }
    }

    fn option(&mut self, option: &MemberOption) {
        let MemberOption { name, member, .. } = option;
        let target = member.target();
        let mut name = bold(&format!("--{name}"));
        if let Some(off) = &option.off {
            name = format!("{name} | {}", bold(&format!("--{off}")));
        }
        let to = &mut self.to;
        to.page.term(0, &format!("{name} ({})", type_name(target)));
        let input = self.command.operation().input.id();
        to.page.blocks(1, &to.manual.member(input, member));
        if let Some(note) = option.note {
            to.note(1, note);
        }
        if target.is_streaming() && target.kind() == Kind::Blob {
            to.note(1, "This argument is of type: streaming blob. Its value must be the path to a file (e.g. \
                `path/to/file`) and must **not** be prefixed with `file://` or `fileb://`");
        }
        to.union_note(1, target);
        to.enum_values(1, target);
        to.members(1, target, &mut vec![target.id()]);
        to.page.loosen();
        to.examples(target);
    }

    fn globals(&mut self) {
        let page = &mut self.to.page;
        page.section("GLOBAL OPTIONS");
        for (name, kind, text, values) in GLOBALS {
            page.paragraph(0, &format!("{} ({kind})", bold(name)));
            page.paragraph(0, text);
            values.iter().for_each(|value| page.bullet(0, value));
        }
    }

    fn output(&mut self) {
        self.to.page.section("OUTPUT");
        let output = self.command.operation().output;
        // A waiter prints nothing.
        if self.waiter.is_some() || output.members().is_empty() {
            self.to.page.paragraph(0, "None");
            return;
        }
        let command = self.command;
        let is_shown = |member: &Member| !command.is_used_up(member.name());
        self.to.chosen_members(0, output, &mut Vec::new(), is_shown);
        if let Some(completed) = command.completed() {
            self.to.members(0, completed.output, &mut Vec::new());
        }
    }
}

/// How an option is written: `[--name <value>]`, without brackets when it is required.
fn usage(option: &MemberOption) -> String {
    let name = &option.name;
    let line = match &option.off {
        Some(off) => format!("--{name} | --{off}"),
        None => format!("--{name} <value>"),
    };
    if option.is_shown_as_required() {
        line
    } else {
        format!("[{line}]")
    }
}

/// The entry of an operation in the manual. It is in the service's namespace.
fn operation_id(cli: CommandLine<'_>, name: &str) -> String {
    let namespace = cli.service().id.split('#').next().unwrap_or_default();
    format!("{namespace}#{name}")
}

/// Whether a shape is or has a document, at any depth.
fn has_documents(schema: &'static Schema) -> bool {
    let (mut seen, mut todo) = (vec![schema.id()], vec![schema]);
    while let Some(schema) = todo.pop() {
        if schema.kind() == Kind::Document {
            return true;
        }
        for target in schema.members().iter().map(Member::target) {
            if target.kind() == Kind::Document
                || !seen.contains(&target.id()) && !target.members().is_empty()
            {
                seen.push(target.id());
                todo.push(target);
            }
        }
    }
    false
}
