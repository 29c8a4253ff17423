//! How a command fetches all pages of a response, and the options that it has for that.

use super::Command;
use std::slice::from_ref;
use swage_client::operation::OperationTrait;
use swage_client::schema::{Kind, Member};

/// How a command fetches pages: a paginator of botocore's `paginators-1.json`. Paths are names of members joined by dots.
#[derive(Clone, Copy, Debug)]
pub struct Pages {
    /// The members of the input for the tokens.
    pub input_tokens: &'static [&'static str],
    /// For each of them, the JMESPath expression that finds the next token in the output.
    pub output_tokens: &'static [&'static str],
    /// The JMESPath expression that tells whether there are more pages; empty when the tokens tell it.
    pub more_results: &'static str,
    /// The paths in the output to what is joined over all pages. The first one is counted and cut by `--max-items`.
    pub results: &'static [&'static str],
    /// The paths in the output to what is taken from the first page alone.
    pub non_aggregate: &'static [&'static str],
    /// The member of the input for the size of a page; empty when there is none.
    pub page_size: &'static str,
}

/// The size of pages if none is given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DefaultSize {
    pub(crate) size: i64,
    /// The members that the call can set.
    pub(crate) beside: &'static [&'static str],
}

/// An option of commands that fetch pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageOption {
    StartingToken,
    PageSize,
    MaxItems,
}

impl PageOption {
    /// Without hyphens in front: `page-size`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::StartingToken => "starting-token",
            Self::PageSize => "page-size",
            Self::MaxItems => "max-items",
        }
    }
}

impl Pages {
    /// Whether a member is for the token or the size of a page.
    pub(crate) fn uses(&self, member: &Member) -> bool {
        member.name() == self.page_size || self.input_tokens.contains(&member.name())
    }
}

impl Command {
    /// How the command fetches pages: as it says itself, else as `@paginated` says when that names the items.
    pub(crate) fn paging(&self) -> Option<Pages> {
        let of_trait = || {
            self.operation.traits.iter().find_map(|item| {
                let OperationTrait::Paginated(pages) = item else {
                    return None;
                };
                (!pages.items.is_empty()).then_some(Pages {
                    input_tokens: from_ref(&pages.input_token),
                    output_tokens: from_ref(&pages.output_token),
                    more_results: pages.more_results,
                    results: from_ref(&pages.items),
                    non_aggregate: &[],
                    page_size: pages.page_size,
                })
            })
        };
        self.pages.or_else(of_trait)
    }

    /// The type of a page's size, when the operation has a member for it.
    pub(crate) fn size_member(&self) -> Option<&'static Member> {
        let (_, member) = self.operation.input.member(self.paging()?.page_size)?;
        Some(member)
    }

    /// The options for pages that the command has.
    pub(crate) fn page_options(&self) -> Vec<PageOption> {
        let Some(_) = self.paging() else {
            return Vec::new();
        };
        let size = self.size_member().map(|_| PageOption::PageSize);
        let first = [PageOption::StartingToken].into_iter();
        first.chain(size).chain([PageOption::MaxItems]).collect()
    }

    /// Whether sizes are numbers. Those of a member that is a string are passed on unchecked.
    pub(crate) fn has_numeric_sizes(&self) -> bool {
        let size = self.size_member();
        size.is_none_or(|member| member.target().kind() != Kind::String)
    }
}
