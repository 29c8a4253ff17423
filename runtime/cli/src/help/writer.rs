//! Writes what pages say of shapes: members at any depth, notes, examples of values.

use super::inline::{bold, closed_up};
use super::layout::Page;
use super::manual::Manual;
use super::syntax::{self, Examples, type_name};
use swage_client::schema::{Kind, Member, Schema};

/// A page, and the documentation that it is made of.
pub(super) struct PageWriter<'a> {
    pub(super) page: Page,
    pub(super) manual: &'a Manual<'a>,
}

impl PageWriter<'_> {
    /// Describes the members of a shape. `within` has the shapes around them, the shape itself included.
    pub(super) fn members(
        &mut self,
        level: usize,
        schema: &'static Schema,
        within: &mut Vec<&'static str>,
    ) {
        self.chosen_members(level, schema, within, |_| true);
    }

    /// Describes those members of a shape that are chosen.
    pub(super) fn chosen_members(
        &mut self,
        level: usize,
        schema: &'static Schema,
        within: &mut Vec<&'static str>,
        is_chosen: impl Fn(&Member) -> bool,
    ) {
        for member in schema.members().iter().filter(|member| is_chosen(member)) {
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
        // A recursive shape is shown once inside itself.
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

    /// Says which keys a union has, if it is one.
    pub(super) fn union_note(&mut self, level: usize, schema: &Schema) {
        if schema.kind() != Kind::Union {
            return;
        }
        let names = schema.members().iter();
        let names: Vec<_> = names.map(|member| format!("`{}`", member.name())).collect();
        self.note(level, &format!(
            "This is a Tagged Union structure. Only one of the following top level keys can be set: {}.",
            names.join(", ")
        ));
    }

    /// Writes a note of one paragraph that has markup.
    pub(super) fn note(&mut self, level: usize, text: &str) {
        self.page.note(level, &closed_up(text));
    }

    /// Lists the values of an enum.
    pub(super) fn enum_values(&mut self, level: usize, schema: &Schema) {
        let values = schema.enum_values();
        if !values.is_empty() {
            self.page.paragraph(level, "Possible values:");
        }
        for value in values {
            self.page.bullet(level, &bold(value));
        }
    }

    /// Shows how a value is written, in shorthand and in JSON.
    pub(super) fn examples(&mut self, schema: &'static Schema) {
        match syntax::examples(schema) {
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
}
