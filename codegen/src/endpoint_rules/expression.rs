//! Conditions, results and expressions, as text of the table.

use super::check::Problems;
use super::graph::{Graph, Jump, RuleResult};
use crate::grammar::is_token;
use crate::node::{Entry, Node, NodeValue, Span};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The maximum nesting depth of expressions and rules, which is also the runtime's.
pub(super) const MAX_DEPTH: usize = 32;

/// The functions and the types of their arguments: `s`tring, `b`oolean, `i`nteger, `p`ath, `a`ny. With `+`, the last argument
/// may be repeated.
const FUNCTIONS: [(&str, &str); 15] = [
    ("aws.isVirtualHostableS3Bucket", "sb"),
    ("aws.parseArn", "s"),
    ("aws.partition", "s"),
    ("booleanEquals", "bb"),
    ("coalesce", "aa+"),
    ("getAttr", "ap"),
    ("isSet", "a"),
    ("isValidHostLabel", "sb"),
    ("ite", "baa"),
    ("not", "b"),
    ("parseURL", "s"),
    ("split", "ssi"),
    ("stringEquals", "ss"),
    ("substring", "siib"),
    ("uriEncode", "s"),
];

/// Whether the text is a valid name for a parameter or variable.
pub(super) fn is_name(text: &str) -> bool {
    let start = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    start
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !matches!(text, "true" | "false")
}

/// A string in quotes, on one line.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            // Reviewers must see what the table says, so invisible and reordering characters are escaped.
            _ if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
            {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Writes expressions, in which these names are defined.
pub(super) struct ExpressionWriter<'w> {
    pub(super) names: &'w BTreeSet<String>,
    pub(super) problems: &'w mut Problems,
}

/// A condition as text, and the name that it assigns.
pub(super) type Condition<'n> = (String, Option<&'n str>);

impl ExpressionWriter<'_> {
    pub(super) fn condition<'n>(&mut self, node: &'n Node) -> Condition<'n> {
        let test = self.call(node, 0);
        let Some(assign) = node.get("assign") else {
            return (test, None);
        };
        let name = assign.as_str().filter(|name| is_name(name));
        if name.is_none() {
            self.problems.add(
                "invalid `assign` in endpoint rules: expected a name",
                assign.span,
                format!("found {}", assign.value.kind()),
            );
        }
        (format!("{} = {test}", name.unwrap_or_default()), name)
    }

    /// The result of a rule: an endpoint or an error.
    pub(super) fn result(&mut self, rule: &Node, graph: &mut Graph) -> Jump {
        if let Some(error) = rule.get("error") {
            let text = format!("error {}", self.expression(error, 's', 0));
            return graph.result(RuleResult {
                text,
                properties: None,
                headers: String::new(),
            });
        }
        let Some(endpoint) = self.problems.required(rule, "endpoint") else {
            return Jump::NoMatch;
        };
        let url = self
            .problems
            .required(endpoint, "url")
            .map(|url| self.expression(url, 's', 0))
            .unwrap_or_default();
        let properties = self.problems.entries(endpoint, "properties");
        let headers: BTreeSet<_> = self
            .problems
            .entries(endpoint, "headers")
            .iter()
            .map(|header| self.header(header))
            .collect();
        let outcome = RuleResult {
            text: format!("endpoint {url}"),
            properties: (!properties.is_empty())
                .then(|| graph.properties(self.object(properties, 1))),
            headers: if headers.is_empty() {
                String::new()
            } else {
                braces(headers)
            },
        };
        graph.result(outcome)
    }

    fn header(&mut self, header: &Entry) -> String {
        if header.key.is_empty() || !header.key.bytes().all(is_token) {
            self.problems.add_with_help(
                "invalid header name in endpoint rules",
                header.key_span.0,
                "",
                "header names consist of letters, digits and !#$%&'*+-.^_`|~",
            );
        }
        let values = header.value.elements();
        if values.is_none() {
            self.problems.add(
                "invalid header in endpoint rules: expected a list of values",
                header.value.span,
                format!("found {}", header.value.value.kind()),
            );
        }
        let values: Vec<_> = values
            .unwrap_or_default()
            .iter()
            .map(|value| self.expression(value, 's', 2))
            .collect();
        format!("{}: [{}]", quote(&header.key), values.join(", "))
    }

    /// Properties: literals and templates of any depth.
    fn literal(&mut self, node: &Node, depth: usize) -> String {
        match &node.value {
            NodeValue::Object(entries) if depth < MAX_DEPTH => self.object(entries, depth + 1),
            NodeValue::Array(elements) if depth < MAX_DEPTH => {
                let elements: Vec<_> = elements
                    .iter()
                    .map(|element| self.literal(element, depth + 1))
                    .collect();
                format!("[{}]", elements.join(", "))
            }
            NodeValue::Object(_) | NodeValue::Array(_) | NodeValue::Null => self.unusable(node),
            NodeValue::String(_) | NodeValue::Boolean(_) | NodeValue::Number(_) => {
                self.expression(node, 'a', depth)
            }
        }
    }

    /// Sorted by key, like all objects in the table, because their order has no meaning.
    fn object(&mut self, entries: &[Entry], depth: usize) -> String {
        let entries: BTreeSet<_> = entries
            .iter()
            .map(|entry| {
                format!(
                    "{}: {}",
                    quote(&entry.key),
                    self.literal(&entry.value, depth)
                )
            })
            .collect();
        braces(entries)
    }

    fn unusable(&mut self, node: &Node) -> String {
        self.problems.add(
            "unexpected value in endpoint rules",
            node.span,
            format!("found {}", node.value.kind()),
        );
        String::new()
    }

    /// An argument, a URL or a message; `kind` is the expected type.
    fn expression(&mut self, node: &Node, kind: char, depth: usize) -> String {
        let fits = match &node.value {
            NodeValue::Boolean(_) => "ba".contains(kind),
            NodeValue::Number(_) => "ia".contains(kind),
            NodeValue::String(_) => "spa".contains(kind),
            NodeValue::Array(_) => kind == 'a',
            NodeValue::Object(_) => kind != 'p',
            NodeValue::Null => false,
        };
        if !fits || depth > MAX_DEPTH {
            return self.unusable(node);
        }
        match &node.value {
            NodeValue::Boolean(value) => value.to_string(),
            NodeValue::Number(_) => node
                .as_i64()
                .map_or_else(|| self.unusable(node), |value| value.to_string()),
            NodeValue::String(text) if kind == 'p' => self.path(text, node.span),
            NodeValue::String(text) => self.template(text, node.span),
            NodeValue::Array(elements) => {
                let elements: Vec<_> = elements
                    .iter()
                    .map(|element| self.expression(element, 'a', depth + 1))
                    .collect();
                format!("[{}]", elements.join(", "))
            }
            NodeValue::Object(_) if node.get("ref").is_some() => self.reference(node),
            NodeValue::Object(_) => self.call(node, depth),
            NodeValue::Null => self.unusable(node),
        }
    }

    fn reference(&mut self, node: &Node) -> String {
        let name = self.problems.string(node, "ref").unwrap_or_default();
        self.known(name, node.span);
        name.to_owned()
    }

    fn known(&mut self, name: &str, span: Span) {
        if !self.names.contains(name) {
            self.problems.add_with_help(
                format!("undefined name {name:?} in endpoint rules"),
                span,
                "not defined",
                "add a parameter, or assign it in an earlier condition",
            );
        }
    }

    fn call(&mut self, node: &Node, depth: usize) -> String {
        let (Some(name), Some(arguments)) = (
            self.problems.string(node, "fn"),
            self.problems.list(node, "argv"),
        ) else {
            return String::new();
        };
        let Some((_, takes)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            let span = node.get("fn").map_or(node.span, |node| node.span);
            let known: Vec<_> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
            self.problems.add_with_help(
                format!("unknown function {name:?} in endpoint rules"),
                span,
                "",
                format!("the functions are {}", known.join(", ")),
            );
            return String::new();
        };
        let kinds: Vec<_> = takes.trim_end_matches('+').chars().collect();
        if arguments.len() < kinds.len() || (arguments.len() > kinds.len() && !takes.ends_with('+'))
        {
            let (expected, found) = (kinds.len(), arguments.len());
            let plural = if expected == 1 { "" } else { "s" };
            let message = format!("expected {expected} argument{plural} for {name}, found {found}");
            self.problems.add(message, node.span, "");
            return String::new();
        }
        let kinds = kinds.into_iter().chain(std::iter::repeat('a'));
        let mut texts: Vec<_> = arguments
            .iter()
            .zip(kinds)
            .map(|(argument, kind)| self.expression(argument, kind, depth + 1))
            .collect();
        if matches!(name, "booleanEquals" | "stringEquals")
            && is_literal(arguments.first())
            && !is_literal(arguments.last())
        {
            // Models write these in either order; using one lets more conditions be shared.
            texts.reverse();
        }
        format!("{name}({})", texts.join(", "))
    }

    fn path(&mut self, text: &str, span: Span) -> String {
        if !is_path(text) {
            self.problems.add(
                format!("invalid path {text:?} in endpoint rules"),
                span,
                "write it like `key` or `key[0]`",
            );
        }
        quote(text)
    }

    /// Checks `{name}` and `{name#path}`.
    fn template(&mut self, text: &str, span: Span) -> String {
        let mut rest = text;
        while let Some((_, after)) = rest
            .split_at_checked(rest.find(['{', '}']).unwrap_or(rest.len()))
            .filter(|(_, a)| !a.is_empty())
        {
            if let Some(after) = after
                .strip_prefix("{{")
                .or_else(|| after.strip_prefix("}}"))
            {
                rest = after;
                continue;
            }
            let Some((reference, after)) = after
                .strip_prefix('{')
                .and_then(|after| after.split_once('}'))
            else {
                self.problems.add(
                    "unbalanced brace in a template",
                    span,
                    "write `{{` for a literal brace",
                );
                break;
            };
            let (name, path) = reference
                .split_once('#')
                .map_or((reference, None), |(name, path)| (name, Some(path)));
            self.known(name, span);
            if let Some(path) = path {
                self.path(path, span);
            }
            rest = after;
        }
        quote(text)
    }
}

fn braces(entries: BTreeSet<String>) -> String {
    format!("{{{}}}", entries.into_iter().collect::<Vec<_>>().join(", "))
}

fn is_literal(node: Option<&Node>) -> bool {
    node.is_some_and(|node| node.entries().is_none())
}

/// Keys joined by dots, each with optional indexes; or indexes only.
fn is_path(text: &str) -> bool {
    text.split('.').all(|part| {
        let (key, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
        let is_index = |index: &str| {
            index
                .strip_prefix('[')
                .is_some_and(|index| index.parse::<i64>().is_ok())
        };
        let closed = indexes.is_empty() || indexes.ends_with(']');
        !part.is_empty()
            && !key.contains(['{', '}', ']'])
            && closed
            && indexes.split_terminator(']').all(is_index)
    })
}
