//! The options of an operation's command.

use super::shapes::PlannedShapes;
use super::{CommandPages, Pages, Structure, Ty};
use crate::model;
use crate::names::{self, CommandOption, InputMember};
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
    input: &Structure,
    command_pages: Option<&CommandPages>,
    pages: Option<&Pages>,
) -> Vec<CommandOption> {
    let paging = paging(input, command_pages, pages);
    let shape = shapes.end(operation.input.as_ref());
    let given = |name: &str| {
        let member = shape?.members().iter().find(|member| member.name == name)?;
        member.traits.get("swage.cli#name").and_then(Node::as_str)
    };
    let members = input.members.iter().map(|member| InputMember {
        name: &member.name,
        given: given(&member.name),
        flag: member.ty == Ty::Bool,
        paging: paging.tokens.contains(&member.name.as_str()) || paging.size == member.name,
    });
    names::options(&members.collect::<Vec<_>>(), &paging.options)
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
