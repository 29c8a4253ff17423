//! Parses the text of a table to [`Rules`].

use super::functions::Function;
use super::rules::{
    AttrStep, Condition, EndpointValue, Entries, Expr, Jump, Node, Outcome, Param, ParamKind, Part,
    Rules, RulesError,
};
use std::collections::HashMap;

/// The maximum nesting depth of expressions, which protects the stack.
const MAX_DEPTH: usize = 32;

impl Rules {
    /// Parses a table that codegen wrote.
    ///
    /// # Errors
    ///
    /// The table is damaged, or of another version.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let mut parser = TableParser::default();
        let mut lines = 0;
        for (index, line) in text.lines().enumerate() {
            lines = index + 1;
            let result = if index == 0 {
                version(line)
            } else {
                parser.line(line)
            };
            result.map_err(|message| RulesError {
                line: lines,
                message,
            })?;
        }
        if lines == 0 {
            return Err(RulesError {
                line: 1,
                message: "there is no table".to_owned(),
            });
        }
        parser.finish().map_err(|message| RulesError {
            line: lines,
            message,
        })
    }
}

fn version(line: &str) -> Result<(), String> {
    if line == "swage-endpoint-rules 1" {
        Ok(())
    } else {
        Err("not `swage-endpoint-rules 1`".to_owned())
    }
}

type Parsed<T> = Result<T, String>;

#[derive(Default)]
struct TableParser<'t> {
    rules: RuleTable,
    /// Parameters and assigned variables.
    slots: HashMap<&'t str, usize>,
}

/// [`Rules`] under construction.
#[derive(Default)]
struct RuleTable {
    params: Vec<Param>,
    conditions: Vec<Condition>,
    properties: Vec<Entries>,
    results: Vec<Outcome>,
    nodes: Vec<Node>,
}

impl<'t> TableParser<'t> {
    fn line(&mut self, line: &'t str) -> Parsed<()> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (word, rest) = line.split_once(' ').ok_or("a word alone")?;
        if word == "param" {
            return self.param(rest);
        }
        let (kind, index) = word.split_at_checked(1).ok_or("unknown kind of line")?;
        let expected = match kind {
            "c" => self.rules.conditions.len(),
            "p" => self.rules.properties.len(),
            "r" => self.rules.results.len(),
            "n" => self.rules.nodes.len(),
            _ => return Err(format!("unknown kind of line: {word}")),
        };
        if index.parse() != Ok(expected) {
            return Err(format!("{word} stands where {kind}{expected} should"));
        }
        match kind {
            "c" => self.condition(rest),
            "p" => self.properties(rest),
            "r" => self.outcome(rest),
            _ => self.node(rest),
        }
    }

    fn slot(&mut self, name: &'t str) -> usize {
        let next = self.slots.len();
        *self.slots.entry(name).or_insert(next)
    }

    /// The slot of a name in an expression. The name must have been assigned before.
    fn known(&self, name: &str) -> Parsed<usize> {
        self.slots
            .get(name)
            .copied()
            .ok_or_else(|| format!("unknown name: {name}"))
    }

    fn param(&mut self, rest: &'t str) -> Parsed<()> {
        let mut words = rest.splitn(3, ' ');
        let name = words.next().unwrap_or_default();
        if self.slot(name) != self.rules.params.len() {
            return Err(format!(
                "{name} is there already, or stands after a condition"
            ));
        }
        let kind = match words.next() {
            Some("string") => ParamKind::String,
            Some("boolean") => ParamKind::Boolean,
            Some("stringArray") => ParamKind::StringArray,
            _ => return Err(format!("{name} has no type")),
        };
        let mut param = Param {
            name: name.to_owned(),
            kind,
            required: false,
            default: None,
            builtin: None,
        };
        let mut options = Cursor::new(words.next().unwrap_or_default());
        while !options.rest.is_empty() {
            if options.take("required") {
                param.required = true;
            } else if options.take("default=") {
                param.default = Some(constant(options.expr(self, 0)?)?);
            } else if options.take("builtin=") {
                param.builtin = Some(options.until(' ').to_owned());
            } else {
                return Err(format!("unknown option of a parameter: {}", options.rest));
            }
            options.take(" ");
        }
        self.rules.params.push(param);
        Ok(())
    }

    fn condition(&mut self, rest: &'t str) -> Parsed<()> {
        let (assign, test) = match rest.split_once(" = ") {
            Some((name, test)) if is_name(name) => (Some(name), test),
            _ => (None, rest),
        };
        let test = Cursor::new(test).whole(self)?;
        let assign = assign.map(|name| self.slot(name));
        self.rules.conditions.push(Condition { test, assign });
        Ok(())
    }

    fn properties(&mut self, rest: &'t str) -> Parsed<()> {
        let Expr::Object(entries) = Cursor::new(rest).whole(self)? else {
            return Err("not an object".to_owned());
        };
        self.rules.properties.push(entries);
        Ok(())
    }

    fn outcome(&mut self, rest: &'t str) -> Parsed<()> {
        let outcome = match rest.split_once(' ') {
            Some(("error", message)) => Outcome::Error(Cursor::new(message).whole(self)?),
            Some(("endpoint", rest)) => self.endpoint(rest)?,
            _ => return Err("neither an error nor an endpoint".to_owned()),
        };
        self.rules.results.push(outcome);
        Ok(())
    }

    fn endpoint(&mut self, rest: &'t str) -> Parsed<Outcome> {
        let mut cursor = Cursor::new(rest);
        let url = cursor.expr(self, 0)?;
        let properties = if cursor.take(" p") {
            Some(index(cursor.until(' '), self.rules.properties.len())?)
        } else {
            None
        };
        let mut headers = Vec::new();
        if cursor.take(" ") {
            let Expr::Object(entries) = cursor.whole(self)? else {
                return Err("headers are not an object".to_owned());
            };
            headers = entries;
        } else if !cursor.rest.is_empty() {
            return Err(format!("unexpected: {}", cursor.rest));
        }
        Ok(Outcome::Endpoint {
            url,
            properties,
            headers,
        })
    }

    fn node(&mut self, rest: &'t str) -> Parsed<()> {
        let mut words = rest.split(' ');
        let (Some(condition), Some(yes), Some(no), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err("a node has a condition and two jumps".to_owned());
        };
        let condition = index(
            condition.strip_prefix('c').unwrap_or_default(),
            self.rules.conditions.len(),
        )?;
        let (yes, no) = (self.jump(yes)?, self.jump(no)?);
        self.rules.nodes.push(Node { condition, yes, no });
        Ok(())
    }

    fn jump(&self, word: &str) -> Parsed<Jump> {
        if word == "-" {
            return Ok(Jump::NoMatch);
        }
        if let Some(result) = word.strip_prefix('r') {
            return index(result, self.rules.results.len()).map(Jump::Result);
        }
        let target = word.strip_prefix('n').and_then(|node| node.parse().ok());
        // Only forward, so every evaluation ends.
        let target = target.filter(|target| *target > self.rules.nodes.len());
        target
            .map(Jump::Node)
            .ok_or_else(|| format!("a jump that doesn't go forward: {word}"))
    }

    fn finish(self) -> Parsed<Rules> {
        let RuleTable {
            params,
            conditions,
            properties,
            results,
            nodes,
        } = self.rules;
        let count = nodes.len();
        let lost = |jump| matches!(jump, Jump::Node(node) if node >= count);
        if nodes.iter().any(|node| lost(node.yes) || lost(node.no)) {
            return Err("a jump to a node that isn't there".to_owned());
        }
        Ok(Rules {
            params,
            slots: self.slots.len(),
            conditions,
            properties,
            results,
            nodes,
        })
    }
}

fn index(text: &str, count: usize) -> Parsed<usize> {
    text.parse()
        .ok()
        .filter(|index| *index < count)
        .ok_or_else(|| format!("there is no such item before: {text}"))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn constant(expr: Expr) -> Parsed<EndpointValue> {
    match expr {
        Expr::Boolean(value) => Ok(EndpointValue::Boolean(value)),
        Expr::String(value) => Ok(EndpointValue::String(value)),
        Expr::List(elements) => elements
            .into_iter()
            .map(constant)
            .collect::<Parsed<_>>()
            .map(EndpointValue::List),
        _ => Err("a default that isn't a constant".to_owned()),
    }
}

/// A string, a boolean or a list of strings, as JSON.
pub(super) fn json(text: &str) -> Option<EndpointValue> {
    let mut cursor = Cursor::new(text);
    let value = match text {
        "true" => return Some(EndpointValue::Boolean(true)),
        "false" => return Some(EndpointValue::Boolean(false)),
        _ if text.starts_with('[') => {
            EndpointValue::from(cursor.sequence("[", "]", Cursor::string).ok()?)
        }
        _ => EndpointValue::String(cursor.string().ok()?),
    };
    cursor.rest.is_empty().then_some(value)
}

/// The rest of a line.
struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    fn new(rest: &'t str) -> Self {
        Self { rest }
    }

    fn take(&mut self, start: &str) -> bool {
        self.rest
            .strip_prefix(start)
            .map(|rest| self.rest = rest)
            .is_some()
    }

    fn until(&mut self, end: char) -> &'t str {
        self.split(self.rest.find(end).unwrap_or(self.rest.len()))
    }

    fn split(&mut self, at: usize) -> &'t str {
        let (before, after) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }

    /// An expression up to the end of the line.
    fn whole(mut self, parser: &TableParser<'_>) -> Parsed<Expr> {
        let expr = self.expr(parser, 0)?;
        if self.rest.is_empty() {
            Ok(expr)
        } else {
            Err(format!("unexpected: {}", self.rest))
        }
    }

    fn expr(&mut self, parser: &TableParser<'_>, depth: usize) -> Parsed<Expr> {
        if depth > MAX_DEPTH {
            return Err("nested too deeply".to_owned());
        }
        match self.rest.as_bytes().first() {
            Some(b'"') => template(&self.string()?, parser),
            Some(b'[') => {
                Ok(Expr::List(self.sequence("[", "]", |cursor| {
                    cursor.expr(parser, depth + 1)
                })?))
            }
            Some(b'{') => {
                Ok(Expr::Object(self.sequence("{", "}", |cursor| {
                    cursor.entry(parser, depth + 1)
                })?))
            }
            Some(b'-' | b'0'..=b'9') => self.integer(),
            _ => self.word(parser, depth),
        }
    }

    fn sequence<T>(
        &mut self,
        open: &str,
        close: &str,
        mut item: impl FnMut(&mut Self) -> Parsed<T>,
    ) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        self.take(open);
        while !self.take(close) {
            if !items.is_empty() && !self.take(",") {
                return Err(format!("no `{close}` at: {}", self.rest));
            }
            self.take(" ");
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn entry(&mut self, parser: &TableParser<'_>, depth: usize) -> Parsed<(String, Expr)> {
        let key = self.string()?;
        if self.take(": ") {
            Ok((key, self.expr(parser, depth)?))
        } else {
            Err(format!("no value after {key}"))
        }
    }

    fn integer(&mut self) -> Parsed<Expr> {
        let end = self
            .rest
            .find(|c: char| c != '-' && !c.is_ascii_digit())
            .unwrap_or(self.rest.len());
        let digits = self.split(end);
        digits
            .parse()
            .map(Expr::Integer)
            .map_err(|_| format!("not an integer: {digits}"))
    }

    /// `true`, `false`, a reference or a call.
    fn word(&mut self, parser: &TableParser<'_>, depth: usize) -> Parsed<Expr> {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')
            .unwrap_or(self.rest.len());
        let word = self.split(end);
        if self.rest.starts_with('(') {
            let arguments = self.sequence("(", ")", |cursor| cursor.expr(parser, depth + 1))?;
            return call(word, arguments);
        }
        match word {
            "true" => Ok(Expr::Boolean(true)),
            "false" => Ok(Expr::Boolean(false)),
            name if is_name(name) => parser.known(name).map(Expr::Slot),
            _ => Err(format!("not an expression: {word}{}", self.rest)),
        }
    }

    /// A string in quotes, with JSON's escapes.
    fn string(&mut self) -> Parsed<String> {
        if !self.take("\"") {
            return Err(format!("not a string: {}", self.rest));
        }
        let mut text = String::new();
        loop {
            let end = self
                .rest
                .find(['"', '\\'])
                .ok_or("a string without an end")?;
            text.push_str(self.split(end));
            if self.take("\"") {
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        self.take("\\");
        let escape = self.rest.chars().next().ok_or("a string without an end")?;
        self.split(escape.len_utf8());
        match escape {
            '"' | '\\' => Ok(escape),
            'n' => Ok('\n'),
            't' => Ok('\t'),
            'r' => Ok('\r'),
            'u' => {
                let code = u32::from_str_radix(self.split(4), 16).ok();
                code.and_then(char::from_u32)
                    .ok_or_else(|| "not a character".to_owned())
            }
            _ => Err(format!("unknown escape: {escape}")),
        }
    }
}

fn call(name: &str, mut arguments: Vec<Expr>) -> Parsed<Expr> {
    if name == "getAttr" {
        let (Some(Expr::String(path)), Some(value), true) =
            (arguments.pop(), arguments.pop(), arguments.is_empty())
        else {
            return Err("getAttr takes a value and a path".to_owned());
        };
        return Ok(Expr::Attr(Box::new(value), steps(&path)?));
    }
    let function = Function::named(name).ok_or_else(|| format!("unknown function: {name}"))?;
    if function.takes(arguments.len()) {
        Ok(Expr::Call(function, arguments))
    } else {
        Err(format!("{name} doesn't take {} arguments", arguments.len()))
    }
}

/// `key.key[index]`, or just `[index]`.
fn steps(path: &str) -> Parsed<Vec<AttrStep>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !key.is_empty() {
            steps.push(AttrStep::Key(key.to_owned()));
        }
        for index in indexes.split_terminator(']') {
            let index = index.strip_prefix('[').and_then(|index| index.parse().ok());
            steps.push(AttrStep::Index(
                index.ok_or_else(|| format!("not a path: {path}"))?,
            ));
        }
    }
    if steps.is_empty() {
        Err("an empty path".to_owned())
    } else {
        Ok(steps)
    }
}

/// Splits a string into text and `{Name#path}`; `{{` and `}}` are literal braces.
fn template(text: &str, parser: &TableParser<'_>) -> Parsed<Expr> {
    if !text.contains(['{', '}']) {
        return Ok(Expr::String(text.to_owned()));
    }
    let (mut parts, mut literal, mut rest) = (Vec::new(), String::new(), text);
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        literal.push_str(before);
        if let Some(after) = after
            .strip_prefix("{{")
            .or_else(|| after.strip_prefix("}}"))
        {
            literal.push_str(rest.get(at..=at).unwrap_or_default());
            rest = after;
            continue;
        }
        let reference = after
            .strip_prefix('{')
            .and_then(|after| after.split_once('}'));
        let (reference, after) =
            reference.ok_or_else(|| format!("a brace without its other: {text}"))?;
        let (name, path) = reference
            .split_once('#')
            .map_or((reference, None), |(name, path)| (name, Some(path)));
        let slot = parser.known(name)?;
        if !literal.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut literal)));
        }
        parts.push(Part::Value(slot, path.map_or(Ok(Vec::new()), steps)?));
        rest = after;
    }
    literal.push_str(rest);
    if parts.is_empty() {
        return Ok(Expr::String(literal));
    }
    if !literal.is_empty() {
        parts.push(Part::Text(literal));
    }
    Ok(Expr::Template(parts))
}
