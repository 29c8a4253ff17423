//! `smithy.rules#endpointRuleSet`: a tree of rules.

use super::check::Problems;
use super::expression::{ExpressionWriter, MAX_DEPTH};
use super::graph::{Graph, Jump};
use crate::node::Node;
use std::collections::BTreeSet;

/// Adds the rules to the graph and returns its root.
pub(super) fn build(
    rules: &Node,
    names: &BTreeSet<String>,
    graph: &mut Graph,
    problems: &mut Problems,
) -> Jump {
    Tree { graph, problems }.rules(rules, names, 0)
}

struct Tree<'t> {
    graph: &'t mut Graph,
    problems: &'t mut Problems,
}

impl Tree<'_> {
    /// The first matching rule decides. If a rule's conditions don't hold, the next rule is tried; once the conditions of a
    /// tree hold, no rule outside of it is.
    fn rules(&mut self, parent: &Node, names: &BTreeSet<String>, depth: usize) -> Jump {
        if depth > MAX_DEPTH {
            self.problems.add(
                "endpoint rules are nested too deeply",
                parent.span,
                format!("more than {MAX_DEPTH} levels"),
            );
            return Jump::NoMatch;
        }
        let rules = self.problems.list(parent, "rules").unwrap_or_default();
        rules.iter().rev().fold(Jump::NoMatch, |next, rule| {
            self.rule(rule, next, names, depth)
        })
    }

    fn rule(&mut self, rule: &Node, next: Jump, names: &BTreeSet<String>, depth: usize) -> Jump {
        let (mut names, mut conditions) = (names.clone(), Vec::new());
        for condition in self.problems.list(rule, "conditions").unwrap_or_default() {
            let (text, assigned) = ExpressionWriter {
                names: &names,
                problems: self.problems,
            }
            .condition(condition);
            conditions.push(text);
            // Later rules would see the new value instead of the old one.
            if assigned.is_some_and(|name| !names.insert(name.to_owned())) {
                let message = "duplicate name in endpoint rules";
                self.problems
                    .add(message, condition.span, "choose another name");
            }
        }
        let then = if rule.get("rules").is_some() {
            self.rules(rule, &names, depth + 1)
        } else {
            ExpressionWriter {
                names: &names,
                problems: self.problems,
            }
            .result(rule, self.graph)
        };
        conditions.into_iter().rev().fold(then, |then, condition| {
            self.graph.node(condition, then, next)
        })
    }
}
