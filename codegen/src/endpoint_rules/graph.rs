//! The graph that both forms of rules become: conditions that lead to conditions or results, with equal parts shared.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// The target of a jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Jump {
    Node(usize),
    Result(usize),
    NoMatch,
}

/// The result of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RuleResult {
    /// `error` and a message, or `endpoint` and a URL.
    pub(super) text: String,
    /// An index, from [`Graph::properties`].
    pub(super) properties: Option<usize>,
    /// An object, or empty.
    pub(super) headers: String,
}

/// The index of the condition, the target if it holds, the target if it doesn't.
type GraphNode = (usize, Jump, Jump);

/// A graph, built from its results up to its root.
#[derive(Default)]
pub(super) struct Graph {
    conditions: Distinct<String>,
    /// The number of conditions that have a fixed position in the table.
    fixed: usize,
    properties: Distinct<String>,
    results: Distinct<RuleResult>,
    nodes: Distinct<GraphNode>,
}

/// Distinct values, by index.
struct Distinct<T> {
    values: Vec<T>,
    indexes: BTreeMap<T, usize>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            indexes: BTreeMap::new(),
        }
    }
}

impl<T: Clone + Ord> Distinct<T> {
    fn index(&mut self, value: T) -> usize {
        let next = self.values.len();
        let index = *self.indexes.entry(value.clone()).or_insert(next);
        if index == next {
            self.values.push(value);
        }
        index
    }
}

impl Graph {
    pub(super) fn result(&mut self, outcome: RuleResult) -> Jump {
        Jump::Result(self.results.index(outcome))
    }

    pub(super) fn properties(&mut self, text: String) -> usize {
        self.properties.index(text)
    }

    /// Puts these conditions first in the table, in this order, even if no node uses them.
    pub(super) fn fix_conditions(&mut self, conditions: &[String]) {
        for condition in conditions {
            self.conditions.index(condition.clone());
        }
        self.fixed = self.conditions.values.len();
    }

    /// Adds a node, even if both targets are the same, since the condition may assign a variable.
    pub(super) fn node(&mut self, condition: String, yes: Jump, no: Jump) -> Jump {
        let condition = self.conditions.index(condition);
        Jump::Node(self.nodes.index((condition, yes, no)))
    }

    /// The lines of the table without its parameters. Nodes that can't be reached from the root are left out.
    pub(super) fn write(&self, root: Jump) -> String {
        let order = self.order(root);
        let (mut conditions, mut results, mut properties) =
            (Numbers::default(), Numbers::default(), Numbers::default());
        conditions.extend(0..self.fixed);
        for (condition, yes, no) in order
            .iter()
            .filter_map(|index| self.nodes.values.get(*index))
        {
            conditions.add(*condition);
            results.add_result(*yes);
            results.add_result(*no);
        }
        results.add_result(root);
        results
            .in_order(&self.results)
            .for_each(|outcome| properties.extend(outcome.properties));
        let nodes = Numbers::from_iter(order);
        let target = |target: &Jump| match target {
            Jump::Node(index) => format!("n{}", nodes.of(*index)),
            Jump::Result(index) => format!("r{}", results.of(*index)),
            Jump::NoMatch => "-".to_owned(),
        };
        let mut text = String::new();
        write_lines(&mut text, 'c', conditions.in_order(&self.conditions));
        write_lines(&mut text, 'p', properties.in_order(&self.properties));
        write_lines(
            &mut text,
            'r',
            results
                .in_order(&self.results)
                .map(|outcome| outcome.line(&properties)),
        );
        let node = |(condition, yes, no): &GraphNode| {
            format!(
                "c{} {} {}",
                conditions.of(*condition),
                target(yes),
                target(no)
            )
        };
        write_lines(&mut text, 'n', nodes.in_order(&self.nodes).map(node));
        text
    }

    /// The nodes reachable from the root in topological order; the target if a condition holds comes first.
    fn order(&self, root: Jump) -> Vec<usize> {
        let (mut order, mut seen) = (Vec::new(), vec![false; self.nodes.values.len()]);
        // Iterative: a thousand rules in a row are a thousand nodes deep.
        let mut stack = vec![(root, false)];
        while let Some((target, left)) = stack.pop() {
            let Jump::Node(index) = target else {
                continue;
            };
            if left {
                order.push(index);
                continue;
            }
            let (Some(seen), Some((_, yes, no))) =
                (seen.get_mut(index), self.nodes.values.get(index))
            else {
                continue;
            };
            if !std::mem::replace(seen, true) {
                stack.extend([(target, true), (*yes, false), (*no, false)]);
            }
        }
        order.reverse();
        order
    }
}

impl RuleResult {
    fn line(&self, properties: &Numbers) -> String {
        let mut line = self.text.clone();
        if let Some(index) = self.properties {
            let _ = write!(line, " p{}", properties.of(index));
        }
        if !self.headers.is_empty() {
            let _ = write!(line, " {}", self.headers);
        }
        line
    }
}

fn write_lines(text: &mut String, kind: char, lines: impl Iterator<Item = impl fmt::Display>) {
    for (number, line) in lines.enumerate() {
        let _ = writeln!(text, "{kind}{number} {line}");
    }
}

/// Numbers values in the order in which the table uses them.
#[derive(Default)]
struct Numbers {
    order: Vec<usize>,
    numbers: BTreeMap<usize, usize>,
}

impl Numbers {
    fn add(&mut self, index: usize) {
        let next = self.order.len();
        if *self.numbers.entry(index).or_insert(next) == next {
            self.order.push(index);
        }
    }

    fn add_result(&mut self, target: Jump) {
        if let Jump::Result(index) = target {
            self.add(index);
        }
    }

    /// The number of a value that was added.
    fn of(&self, index: usize) -> usize {
        self.numbers.get(&index).copied().unwrap_or_default()
    }

    fn in_order<'v, T>(&self, values: &'v Distinct<T>) -> impl Iterator<Item = &'v T> {
        self.order
            .iter()
            .filter_map(|index| values.values.get(*index))
    }
}

impl Extend<usize> for Numbers {
    fn extend<I: IntoIterator<Item = usize>>(&mut self, indexes: I) {
        indexes.into_iter().for_each(|index| self.add(index));
    }
}

impl FromIterator<usize> for Numbers {
    fn from_iter<I: IntoIterator<Item = usize>>(indexes: I) -> Self {
        let mut numbers = Self::default();
        numbers.extend(indexes);
        numbers
    }
}
