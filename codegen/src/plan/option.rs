//! The options of an operation's command.

use super::outfile::{Outfile, outfiles};
use super::shapes::PlannedShapes;
use super::shortcut::shortcuts;
use super::traits::texts;
use super::{CommandPages, Pages, Structure};
use crate::model::{self, ShapeKind, Simple, Traits};
use crate::names::{self, CommandOption, InputMember, OptionForm};
use crate::node::Node;

/// The input members that the command uses for paging.
#[derive(Default)]
struct Paging<'a> {
    tokens: Vec<&'a str>,
    size: &'a str,
    /// The command's options for pages.
    options: Vec<&'static str>,
}

/// Names the options, one for each member of the input.
pub(super) fn options(
    shapes: &PlannedShapes<'_>,
    operation: &model::Operation,
    traits: &Traits,
    input: &Structure,
    command_pages: Option<&CommandPages>,
    pages: Option<&Pages>,
) -> Vec<CommandOption> {
    let paging = paging(input, command_pages, pages);
    let shape = shapes.end(operation.input.as_ref());
    let members = shape.map(model::Shape::members).unwrap_or_default();
    let shortcuts = shortcuts(traits);
    let members = members.iter().map(|member| {
        let text = |id: &str| member.traits.get(id).and_then(Node::as_str);
        let name = member.name.as_str();
        InputMember {
            name,
            form: form(shapes, member),
            given: text("swage.cli#name"),
            off: text("swage.cli#off"),
            hidden: member.traits.has("swage.cli#hidden"),
            aliases: texts(member.traits.get("swage.cli#aliases")),
            base64: member.traits.has("swage.cli#base64"),
            plain: member.traits.has("swage.cli#plainValues"),
            paging: paging.tokens.contains(&name) || paging.size == name,
        }
    });
    let outfiles = outfiles(traits);
    let others = shortcuts.iter().map(|of| of.name.as_str());
    let others = others.chain(outfiles.iter().flat_map(Outfile::names));
    names::options(
        &members.collect::<Vec<_>>(),
        &paging.options,
        others.collect(),
    )
}

fn form(shapes: &PlannedShapes<'_>, member: &model::Member) -> OptionForm {
    let Some(target) = shapes.shape(&member.target.id) else {
        return OptionForm::Value;
    };
    match target.kind {
        ShapeKind::Simple(Simple::Boolean) => OptionForm::Flag,
        ShapeKind::Structure(_) if target.traits.has("swage.cli#flag") => OptionForm::FlagOrValue,
        _ => OptionForm::Value,
    }
}

/// The options for pages.
pub(super) fn page_options(
    input: &Structure,
    command_pages: Option<&CommandPages>,
    pages: Option<&Pages>,
) -> Vec<&'static str> {
    paging(input, command_pages, pages).options
}

/// From `swage.api#pages`, or else `@paginated` if it has items.
fn paging<'a>(
    input: &Structure,
    own: Option<&'a CommandPages>,
    pages: Option<&'a Pages>,
) -> Paging<'a> {
    let own = own.map(|of| {
        let tokens = of.input_tokens.iter().map(String::as_str).collect();
        (tokens, of.page_size.as_str())
    });
    let of_trait = pages.filter(|pages| !pages.items.is_empty());
    let of_trait = of_trait.map(|of| (vec![of.input_token.as_str()], of.page_size.as_str()));
    let Some((tokens, size)) = own.or(of_trait) else {
        return Paging::default();
    };
    let has_size = input.members.iter().any(|member| member.name == size);
    let options = ["starting-token", "max-items"]
        .into_iter()
        .chain(has_size.then_some("page-size"));
    Paging {
        options: options.collect(),
        tokens,
        size,
    }
}
