//! `smithy.rules#endpointBdd`: a binary decision diagram. Its nodes are triples of big-endian 32-bit integers in
//! base64: a condition's index, where to go when it holds, where when it doesn't. A place to go is 1 or -1 (no rule
//! matches), a node's number counted from 1, the same negated (that node, with its two ways swapped), or 100,000,000
//! and a result's number counted from 1 (0: no rule matches).

use super::check::Problems;
use super::expression::ExpressionWriter;
use super::graph::{Graph, Jump};
use crate::base64;
use crate::node::{Node, Span};
use std::collections::{BTreeMap, BTreeSet};

const RESULTS: i32 = 100_000_000;

/// Adds the diagram to the graph and returns its root.
pub(super) fn build(
    rules: &Node,
    names: &BTreeSet<String>,
    graph: &mut Graph,
    problems: &mut Problems,
) -> Jump {
    let conditions = problems.list(rules, "conditions").unwrap_or_default();
    let (mut names, mut texts) = (names.clone(), Vec::new());
    for condition in conditions {
        let (text, assigned) = ExpressionWriter {
            names: &names,
            problems,
        }
        .condition(condition);
        texts.push(text);
        names.extend(assigned.map(str::to_owned));
    }
    // A condition may use a variable that another one assigns, even if some paths to it skip that one. The table must define
    // a variable before it is used, so the conditions stay in the model's order.
    graph.fix_conditions(&texts);
    let results = problems.list(rules, "results").unwrap_or_default();
    let results = results
        .iter()
        .map(|node| {
            ExpressionWriter {
                names: &names,
                problems,
            }
            .result(node, graph)
        })
        .collect();
    let span = rules.get("nodes").map_or(rules.span, |nodes| nodes.span);
    let nodes = nodes(rules, problems, span);
    let Some(root) = problems
        .required(rules, "root")
        .and_then(Node::as_i64)
        .and_then(|root| i32::try_from(root).ok())
    else {
        problems.add(
            "invalid `root` in endpoint rules: expected a node",
            rules.span,
            "",
        );
        return Jump::NoMatch;
    };
    let mut diagram = Diagram {
        conditions: texts,
        results,
        nodes,
        graph,
        done: BTreeMap::new(),
    };
    diagram.build(root).unwrap_or_else(|message| {
        problems.add(message, span, "the nodes of these endpoint rules");
        Jump::NoMatch
    })
}

/// Condition, high, low.
type Triple = [i32; 3];

fn nodes(rules: &Node, problems: &mut Problems, span: Span) -> Vec<Triple> {
    let Some(bytes) = problems.string(rules, "nodes").and_then(base64::decode) else {
        problems.add(
            "invalid `nodes` in endpoint rules: expected base64",
            span,
            "",
        );
        return Vec::new();
    };
    let (words, rest) = bytes.as_chunks::<4>();
    let words: Vec<_> = words.iter().map(|word| i32::from_be_bytes(*word)).collect();
    let (triples, incomplete) = words.as_chunks::<3>();
    if !rest.is_empty() || !incomplete.is_empty() {
        problems.add("incomplete `nodes` in endpoint rules", span, "");
    }
    triples.to_vec()
}

struct Diagram<'d> {
    conditions: Vec<String>,
    results: Vec<Jump>,
    nodes: Vec<Triple>,
    graph: &'d mut Graph,
    /// The jump for each node; `None` while the node is being built.
    done: BTreeMap<i32, Option<Jump>>,
}

impl Diagram<'_> {
    /// Iterative, since a diagram may be very deep.
    fn build(&mut self, root: i32) -> Result<Jump, String> {
        let mut stack = vec![root];
        while let Some(&place) = stack.last() {
            let waits_for = self.visit(place)?;
            if waits_for.is_empty() {
                stack.pop();
            }
            stack.extend(waits_for);
        }
        self.target(root)?
            .ok_or_else(|| "the root refers to nothing".to_owned())
    }

    /// Builds a node if its targets are built; otherwise returns those that aren't.
    fn visit(&mut self, place: i32) -> Result<Vec<i32>, String> {
        if self.target(place)?.is_some() {
            return Ok(Vec::new());
        }
        let [condition, high, low] = self.node(place)?;
        let (yes, no) = if place < 0 { (low, high) } else { (high, low) };
        let open: Vec<_> = [yes, no]
            .into_iter()
            .filter_map(|next| {
                self.target(next)
                    .map(|t| t.is_none().then_some(next))
                    .transpose()
            })
            .collect::<Result<_, _>>()?;
        if let (Some(yes), Some(no)) = (self.target(yes)?, self.target(no)?) {
            let condition = usize::try_from(condition)
                .ok()
                .and_then(|index| self.conditions.get(index));
            let condition =
                condition.ok_or_else(|| format!("unknown condition in node {place}"))?;
            let target = self.graph.node(condition.clone(), yes, no);
            self.done.insert(place, Some(target));
        } else if self.done.insert(place, None).is_some()
            || open.iter().any(|next| self.done.contains_key(next))
        {
            return Err(format!("node {place} is part of a cycle"));
        }
        Ok(open)
    }

    fn node(&self, place: i32) -> Result<Triple, String> {
        let index = usize::try_from(place.unsigned_abs())
            .ok()
            .and_then(|number| number.checked_sub(1));
        index
            .and_then(|index| self.nodes.get(index))
            .copied()
            .ok_or_else(|| format!("unknown node {place}"))
    }

    /// `None` if the node isn't built yet.
    fn target(&self, place: i32) -> Result<Option<Jump>, String> {
        if matches!(place, 1 | -1 | RESULTS) {
            return Ok(Some(Jump::NoMatch));
        }
        if place > RESULTS {
            let index = usize::try_from(place - RESULTS - 1).unwrap_or(usize::MAX);
            return self
                .results
                .get(index)
                .copied()
                .map(Some)
                .ok_or_else(|| format!("unknown result {place}"));
        }
        Ok(self.done.get(&place).copied().flatten())
    }
}
