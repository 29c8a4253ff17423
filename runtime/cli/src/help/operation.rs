//! The page of an operation, or of a waiter that calls it.

use swage_client::operation::{CommandPages, Waiter};
use swage_client::schema::{Kind, Member, Schema};

use super::globals::{CLI_INPUT_JSON, GENERATE_CLI_SKELETON, GLOBALS, Paging};
use super::inline::{bold, closed_up, marked};
use super::layout::Page;
use super::manual::Manual;
use super::syntax::{self, Examples, type_name};
use super::waiter;
use crate::args::operation::output_file;
use crate::command::{Cli, CliOperation};
use crate::names;

/// What the page of an operation is made of.
struct Writer<'a> {
    operation: &'a CliOperation,
    waiter: Option<&'a Waiter>,
    /// The operation's, or the waiter's.
    name: String,
    manual: &'a Manual<'a>,
    page: Page,
    /// The options before those that every operation has.
    options: Vec<Shown>,
}

pub(super) fn page(
    cli: &Cli,
    operation: &CliOperation,
    waiter: Option<&Waiter>,
    manual: &Manual<'_>,
    limit: Option<usize>,
) -> String {
    let name = waiter.map_or_else(|| operation.name.to_owned(), names::waiter);
    let page = super::start(&name, limit);
    let mut writer = Writer {
        operation,
        waiter,
        name,
        manual,
        page,
        options: shown(operation),
    };
    writer.description(cli);
    writer.synopsis();
    writer.options();
    writer.globals();
    writer.output();
    writer.page.finish()
}

/// An option of the page.
enum Shown {
    /// Its name, the member of the input that it is for, and why it isn't called after that.
    Member(String, &'static Member, Option<String>),
    /// One for pages, in the place of a member whose option has the same name.
    Paging(&'static Paging),
}

fn shown(operation: &CliOperation) -> Vec<Shown> {
    let paging = super::pagination(operation.operation);
    let names = |paging: &CommandPages, member: &Member| {
        paging.page_size == member.name() || paging.input_tokens.contains(&member.name())
    };
    let show = |(argument, member): (&clap::Arg, &'static Member)| {
        let name = argument.get_id().as_str().to_owned();
        let instead =
            super::paging_options(operation).find(|(own, ..)| own.get(2..) == Some(&*name));
        match instead {
            Some(instead) => Some(Shown::Paging(instead)),
            None if paging.is_some_and(|paging| names(&paging, member)) => None,
            None => {
                let reason = argument.get_help().map(ToString::to_string);
                Some(Shown::Member(name, member, reason))
            }
        }
    };
    let command = (operation.command)();
    let members = operation.operation.input.members();
    let options = command.get_arguments().zip(members);
    options.filter_map(show).collect()
}

/// Members beside their options. Those that the command pages by itself have none.
pub(super) fn options(operation: &CliOperation) -> Vec<(String, &'static Member)> {
    let member = |shown| match shown {
        Shown::Member(name, member, _) => Some((name, member)),
        Shown::Paging(_) => None,
    };
    shown(operation).into_iter().filter_map(member).collect()
}

impl Writer<'_> {
    fn description(&mut self, cli: &Cli) {
        let operation = self.operation.operation;
        self.page.section("DESCRIPTION");
        let id = operation_id(cli, operation.name);
        match self.waiter {
            Some(waiter) => {
                let own = self.manual.shape(&format!("{id}${}", waiter.name));
                waiter::description(&mut self.page, &own, self.operation, waiter);
            }
            None => self.page.blocks(0, &self.manual.shape(&id)),
        }
        if id.starts_with("com.amazonaws.") {
            self.page.paragraph(0, "See also: AWS API Documentation");
        }
        let name = &self.name;
        let documents_come = self.waiter.is_none() && uses_documents(operation.output);
        if uses_documents(operation.input) || documents_come {
            self.page.paragraph(0, &closed_up(&format!(
                "`{name}` uses document type values. Document types follow the JSON data model where valid values are: \
                 strings, numbers, booleans, null, arrays, and objects. For command input, options and nested \
                 parameters that are labeled with the type `document` must be provided as JSON. Shorthand syntax does \
                 not support document types."
            )));
        }
        if let Some(pagination) = super::pagination(operation) {
            self.page.paragraph(0, &closed_up(&format!(
                "`{name}` is a paginated operation. Multiple API calls may be issued in order to retrieve the entire \
                 data set of results. You can disable pagination by providing the `--no-paginate` argument. When using \
                 `--output text` and the `--query` argument on a paginated response, the `--query` argument must \
                 extract data from the results of the following query expressions: `{}`",
                pagination.results.join("`, `")
            )));
        }
    }

    fn synopsis(&mut self) {
        self.page.section("SYNOPSIS");
        let mut lines = vec![format!("  {}", self.name)];
        for option in &self.options {
            let (name, member) = match option {
                Shown::Member(name, member, _) => (name, member),
                Shown::Paging((name, ..)) => {
                    lines.push(format!("[{name} <value>]"));
                    continue;
                }
            };
            let line = if member.target().kind() == Kind::Boolean {
                format!("--{name} | --no-{name}")
            } else {
                format!("--{name} <value>")
            };
            let optional = !member.is_required() || member.is_idempotency_token();
            lines.push(if optional { format!("[{line}]") } else { line });
        }
        if self.streams_output() {
            lines.push("<outfile>".to_owned());
        } else {
            lines.push("[--cli-input-json <value>]".to_owned());
            lines.extend(self.paging().map(|(name, ..)| format!("[{name} <value>]")));
            lines.push("[--generate-cli-skeleton <value>]".to_owned());
        }
        lines.extend(GLOBALS.iter().map(|(name, kind, ..)| match *kind {
            "boolean" => format!("[{name}]"),
            _ => format!("[{name} <value>]"),
        }));
        self.page.literal(1, lines.iter().map(String::as_str));
    }

    fn options(&mut self) {
        self.page.section("OPTIONS");
        let paging: Vec<_> = self.paging().collect();
        for option in std::mem::take(&mut self.options) {
            match option {
                Shown::Member(name, member, reason) => self.option(&name, member, reason),
                Shown::Paging(option) => self.paging_option(option),
            }
        }
        let inline =
            |name: &str, text: &str| format!("{} (string) {}", bold(name), closed_up(text));
        if self.streams_output() {
            self.page.paragraph(
                0,
                &inline("outfile", "Filename where the content will be saved"),
            );
            return;
        }
        self.page
            .paragraph(0, &inline("--cli-input-json", CLI_INPUT_JSON));
        for option in paging {
            self.paging_option(option);
        }
        self.page
            .paragraph(0, &inline("--generate-cli-skeleton", GENERATE_CLI_SKELETON));
    }

    /// An option for pages: sizes are of the type that the service's page size has.
    fn paging_option(&mut self, (name, kind, paragraphs): &Paging) {
        let operation = self.operation.operation;
        let size = super::pagination(operation).map_or("", |paging| paging.page_size);
        let kind = match operation.input.member(size) {
            Some((_, member)) if *kind == "integer" => type_name(member.target()),
            _ => kind,
        };
        self.page.term(0, &format!("{} ({kind})", bold(name)));
        paragraphs
            .iter()
            .for_each(|text| self.page.paragraph(1, &marked(text)));
    }

    fn option(&mut self, name: &str, member: &'static Member, reason: Option<String>) {
        let target = member.target();
        let (on, off) = (bold(&format!("--{name}")), bold(&format!("--no-{name}")));
        let name = if target.kind() == Kind::Boolean {
            format!("{on} | {off}")
        } else {
            on
        };
        self.page
            .term(0, &format!("{name} ({})", type_name(target)));
        self.page.blocks(
            1,
            &self
                .manual
                .member(self.operation.operation.input.id(), member),
        );
        if let Some(reason) = reason {
            self.note(1, &reason);
        }
        if target.is_streaming() && target.kind() == Kind::Blob {
            self.note(1, "This argument is of type: streaming blob. Its value must be the path to a file (e.g. \
                `path/to/file`) and must **not** be prefixed with `file://` or `fileb://`");
        }
        self.union_note(1, target);
        if !target.enum_values().is_empty() {
            self.page.paragraph(1, "Possible values:");
            target
                .enum_values()
                .iter()
                .for_each(|value| self.page.bullet(1, &bold(value)));
        }
        self.members(1, target, &mut vec![target.id()]);
        self.page.loosen();
        self.examples(target);
    }

    fn examples(&mut self, target: &'static Schema) {
        match syntax::examples(target) {
            Examples::None => {}
            Examples::Words(word, values) => {
                self.page.paragraph(0, "Syntax:");
                self.page.literal(1, [&*format!("{word} {word} ...")]);
                if !values.is_empty() {
                    self.page.literal(1, ["Where valid values are:"]);
                    for value in values {
                        self.page.line(1, &format!("  {value}"));
                    }
                }
            }
            Examples::Complex(shorthand, json) => {
                if let Some(shorthand) = shorthand.filter(|shorthand| !shorthand.is_empty()) {
                    self.page.paragraph(0, "Shorthand Syntax:");
                    self.page.literal(1, shorthand.lines());
                }
                self.page.paragraph(0, "JSON Syntax:");
                self.page.literal(1, json.lines());
            }
        }
    }

    fn globals(&mut self) {
        self.page.section("GLOBAL OPTIONS");
        for (name, kind, text, values) in GLOBALS {
            self.page.paragraph(0, &format!("{} ({kind})", bold(name)));
            self.page.paragraph(0, text);
            values.iter().for_each(|value| self.page.bullet(0, value));
        }
    }

    fn output(&mut self) {
        self.page.section("OUTPUT");
        let output = self.operation.operation.output;
        // A waiter prints nothing.
        if self.waiter.is_some() || output.members().is_empty() {
            self.page.paragraph(0, "None");
            return;
        }
        self.members(0, output, &mut Vec::new());
    }

    /// What a shape consists of. `within`: the shapes around it, itself included.
    fn members(&mut self, level: usize, schema: &'static Schema, within: &mut Vec<&'static str>) {
        for member in schema.members() {
            let name = match (schema.kind(), member.name()) {
                (Kind::List, _) => "",
                (_, name) => name,
            };
            self.member(level, name, schema, member, within);
        }
    }

    fn member(
        &mut self,
        level: usize,
        name: &str,
        owner: &Schema,
        member: &'static Member,
        within: &mut Vec<&'static str>,
    ) {
        let target = member.target();
        // A shape that contains itself is shown once inside itself.
        if within.iter().filter(|id| **id == target.id()).count() > 1 {
            if matches!(target.kind(), Kind::Structure | Kind::Union) {
                self.page.paragraph(level, "( ... recursive ... )");
            }
            return;
        }
        within.push(target.id());
        let arrow = if name.is_empty() { "" } else { " -> " };
        self.page
            .term(level, &format!("{name}{arrow}({})", type_name(target)));
        self.page
            .blocks(level + 1, &self.manual.member(owner.id(), member));
        self.union_note(level + 1, target);
        self.members(level + 1, target, within);
        self.page.loosen();
        within.pop();
    }

    fn union_note(&mut self, level: usize, schema: &Schema) {
        if schema.kind() == Kind::Union {
            let names: Vec<String> = schema
                .members()
                .iter()
                .map(|member| format!("`{}`", member.name()))
                .collect();
            let names = names.join(", ");
            self.note(level, &format!(
                "This is a Tagged Union structure. Only one of the following top level keys can be set: {names}."
            ));
        }
    }

    fn note(&mut self, level: usize, text: &str) {
        self.page.note(level, &closed_up(text));
    }

    /// The options for pages that stand in no member's place.
    fn paging(&self) -> impl Iterator<Item = &'static Paging> + use<'_> {
        let placed = |option: &&'static Paging| {
            self.options
                .iter()
                .any(|shown| matches!(shown, Shown::Paging(other) if other.0 == option.0))
        };
        super::paging_options(self.operation).filter(move |option| !placed(option))
    }

    /// Whether what comes back goes to a file.
    fn streams_output(&self) -> bool {
        output_file(self.operation.operation).is_some()
    }
}

/// The shape id of an operation: it is in its service's namespace.
fn operation_id(cli: &Cli, name: &str) -> String {
    let namespace = cli.service.id.split('#').next().unwrap_or_default();
    format!("{namespace}#{name}")
}

fn uses_documents(schema: &'static Schema) -> bool {
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
