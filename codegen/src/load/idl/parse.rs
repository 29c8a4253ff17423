//! Parses a file's sections and statements.

use super::scan::{Result, Scanner};
use super::string::TEXT_BLOCK;
use super::syntax::{Apply, Body, File, Name, Shape, Trait, Version};
use super::value;
use crate::diagnostic::Diagnostic;
use crate::node::{Entry, Node, NodeValue};

/// Parsing stops after this many errors in a file.
const MAX_ERRORS: usize = 20;

const SIMPLE: [&str; 13] = [
    "blob",
    "boolean",
    "document",
    "string",
    "byte",
    "short",
    "integer",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
    "timestamp",
];

/// Other keywords that start a statement.
const OTHERS: [&str; 11] = [
    "list",
    "map",
    "set",
    "structure",
    "union",
    "enum",
    "intEnum",
    "service",
    "resource",
    "operation",
    "apply",
];

/// Reads a file.
pub(super) fn file(source: u32, text: &str) -> std::result::Result<File<'_>, Vec<Diagnostic>> {
    let mut parser = IdlParser::new(source, text);
    let result = parser.sections();
    let mut errors = parser.errors;
    errors.extend(result.err());
    if errors.is_empty() {
        Ok(parser.file)
    } else {
        Err(errors)
    }
}

pub(super) struct IdlParser<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) file: File<'a>,
    /// The values of `$operationInputSuffix` and `$operationOutputSuffix`.
    pub(super) input_suffix: String,
    pub(super) output_suffix: String,
    errors: Vec<Diagnostic>,
}

impl<'a> IdlParser<'a> {
    fn new(source: u32, text: &'a str) -> Self {
        let file = File {
            text,
            source,
            version: Version::One,
            metadata: Vec::new(),
            namespace: "",
            uses: Vec::new(),
            shapes: Vec::new(),
            applies: Vec::new(),
        };
        let scanner = Scanner::new(source, text);
        Self {
            scanner,
            file,
            input_suffix: "Input".to_owned(),
            output_suffix: "Output".to_owned(),
            errors: Vec::new(),
        }
    }

    fn sections(&mut self) -> Result<()> {
        self.control_section()?;
        while self.scanner.eat_word("metadata") {
            self.scanner.required_spaces()?;
            let (key, key_span) = value::key(&mut self.scanner)?;
            self.scanner.spaces();
            let value = self.assigned_value()?;
            self.file.metadata.push(Entry {
                key: key.into(),
                key_span,
                value,
            });
            self.scanner.line_break()?;
            self.scanner.whitespace();
        }
        if self.scanner.at_end() {
            return Ok(());
        }
        if !self.scanner.word_ahead("namespace") {
            return Err(self.scanner.expected("`namespace` and a name"));
        }
        let documentation = self.shape_section_start()?;
        self.statements(documentation);
        Ok(())
    }

    fn control_section(&mut self) -> Result<()> {
        let mut seen: Vec<String> = Vec::new();
        self.scanner.whitespace();
        while self.scanner.eat(b'$') {
            let (key, key_span) = value::key(&mut self.scanner)?;
            self.scanner.spaces();
            value::colon(&mut self.scanner)?;
            self.scanner.spaces();
            let value = value::value(&mut self.scanner)?;
            if seen.contains(&key) {
                return Err(self
                    .scanner
                    .error(key_span.0, format!("duplicate control statement `${key}`")));
            }
            self.control(&key, &value)?;
            seen.push(key);
            self.scanner.line_break()?;
            self.scanner.whitespace();
        }
        Ok(())
    }

    /// Applies a control statement; unknown ones are ignored.
    fn control(&mut self, key: &str, value: &Node) -> Result<()> {
        if !matches!(
            key,
            "version" | "operationInputSuffix" | "operationOutputSuffix"
        ) {
            return Ok(());
        }
        let Some(text) = value.as_str() else {
            return Err(self
                .scanner
                .error(value.span, format!("expected a string for `${key}`")));
        };
        match (key, text) {
            ("version", "1" | "1.0") => self.file.version = Version::One,
            ("version", "2" | "2.0" | "2.1") => self.file.version = Version::Two,
            ("version", _) => {
                let mut error = self
                    .scanner
                    .error(value.span, format!("unknown Smithy version `{text}`"));
                "supported versions are \"1.0\" and \"2.0\"".clone_into(&mut error.help);
                return Err(error);
            }
            ("operationInputSuffix", suffix) => suffix.clone_into(&mut self.input_suffix),
            (_, suffix) => suffix.clone_into(&mut self.output_suffix),
        }
        Ok(())
    }

    /// The namespace, imports, and the documentation of the first statement.
    fn shape_section_start(&mut self) -> Result<Option<Node>> {
        self.scanner.eat_word("namespace");
        self.scanner.required_spaces()?;
        let namespace = self.scanner.namespace()?;
        self.file.namespace = self
            .scanner
            .slice(namespace.span.start as usize, namespace.span.end as usize);
        self.scanner.line_break()?;
        loop {
            let documentation = self.scanner.documentation();
            if !self.scanner.eat_word("use") {
                return Ok(documentation);
            }
            self.scanner.required_spaces()?;
            let id = self.scanner.shape_id()?;
            if !id.text.contains('#') || id.text.contains('$') {
                return Err(self.scanner.error(
                    id.span,
                    format!(
                        "expected an absolute shape id after `use`, found `{}`",
                        id.text
                    ),
                ));
            }
            self.scanner.line_break()?;
            self.file.uses.push(id);
        }
    }

    /// All statements. After an error, goes on with the next statement.
    fn statements(&mut self, first: Option<Node>) {
        let mut documentation = first;
        while !self.scanner.at_end() && self.errors.len() < MAX_ERRORS {
            if let Err(error) = self.statement(documentation) {
                self.errors.push(error);
                self.scanner.depth = 0;
                self.recover();
            }
            documentation = self.scanner.documentation();
        }
    }

    /// Skips to the next line that looks like the start of a statement.
    fn recover(&mut self) {
        loop {
            self.scanner.skip_line();
            let starts_shape = SIMPLE
                .iter()
                .chain(&OTHERS)
                .any(|word| self.scanner.word_ahead(word));
            if self.scanner.at_end() || self.scanner.peek() == Some(b'@') || starts_shape {
                return;
            }
        }
    }

    /// A shape or apply statement.
    fn statement(&mut self, documentation: Option<Node>) -> Result<()> {
        let has_documentation = documentation.is_some();
        let traits = self.traits(documentation)?;
        if self.scanner.word_ahead("apply") && traits.len() == usize::from(has_documentation) {
            let apply = self.apply()?;
            self.file.applies.push(apply);
        } else {
            self.shape(traits)?;
        }
        self.scanner.line_break()
    }

    fn apply(&mut self) -> Result<Apply<'a>> {
        self.scanner.eat_word("apply");
        self.scanner.required_spaces()?;
        let target = self.scanner.shape_id()?;
        let end = self.scanner.position;
        self.scanner.whitespace();
        if self.scanner.position == end {
            return Err(self.scanner.expected("a space"));
        }
        if self.scanner.eat(b'{') {
            self.scanner.whitespace();
            let traits = self.traits(None)?;
            return if self.scanner.eat(b'}') {
                Ok(Apply { target, traits })
            } else {
                Err(self.scanner.expected("a trait or `}`"))
            };
        }
        if self.scanner.peek() != Some(b'@') {
            return Err(self.scanner.expected("a trait or `{`"));
        }
        let applied = self.applied_trait()?;
        Ok(Apply {
            target,
            traits: vec![applied],
        })
    }

    /// Traits with the documentation before and the whitespace after them.
    pub(super) fn traits(&mut self, documentation: Option<Node>) -> Result<Vec<Trait<'a>>> {
        let documentation = documentation.map(|value| Trait {
            id: Name::implied("smithy.api#documentation", value.span),
            value: Some(value),
        });
        let mut traits: Vec<Trait<'a>> = documentation.into_iter().collect();
        while self.scanner.peek() == Some(b'@') {
            traits.push(self.applied_trait()?);
            self.scanner.whitespace();
        }
        Ok(traits)
    }

    fn applied_trait(&mut self) -> Result<Trait<'a>> {
        self.scanner.eat(b'@');
        let id = self.scanner.shape_id()?;
        let start = self.scanner.position;
        if !self.scanner.eat(b'(') {
            return Ok(Trait { id, value: None });
        }
        self.scanner.whitespace();
        if self.scanner.eat(b')') {
            return Ok(Trait { id, value: None });
        }
        if self.entry_ahead() {
            let entries = value::entries(&mut self.scanner, b')')?;
            let value = Node::new(NodeValue::Object(entries), self.scanner.span_from(start));
            return Ok(Trait {
                id,
                value: Some(value),
            });
        }
        let value = value::value(&mut self.scanner)?;
        self.scanner.whitespace();
        if self.scanner.eat(b')') {
            Ok(Trait {
                id,
                value: Some(value),
            })
        } else {
            Err(self.scanner.expected("`)`"))
        }
    }

    /// Whether a key and a colon follow: the start of an object without braces.
    fn entry_ahead(&mut self) -> bool {
        let start = self.scanner.position;
        let text_block = self.scanner.rest().starts_with(TEXT_BLOCK);
        let found = !text_block && value::key(&mut self.scanner).is_ok() && {
            self.scanner.whitespace();
            self.scanner.peek() == Some(b':')
        };
        self.scanner.position = start;
        found
    }

    fn shape(&mut self, traits: Vec<Trait<'a>>) -> Result<()> {
        let kind = self.scanner.identifier()?;
        self.check_kind(&kind)?;
        self.scanner.required_spaces()?;
        let name = self.scanner.identifier()?;
        let kind = self
            .scanner
            .slice(kind.span.start as usize, kind.span.end as usize);
        let resource = if is_aggregate(kind) {
            self.for_resource()?
        } else {
            None
        };
        let mixins = self.mixins()?;
        let body = match kind {
            kind if SIMPLE.contains(&kind) => Body::None,
            "service" | "resource" => self.properties()?,
            "operation" => self.operation(&name)?,
            kind => self.members(kind)?,
        };
        self.file.shapes.push(Shape {
            kind,
            name,
            traits,
            resource,
            mixins,
            body,
        });
        Ok(())
    }

    fn check_kind(&self, kind: &Name<'_>) -> Result<()> {
        match &*kind.text {
            "enum" | "intEnum" => self.needs_two(kind.span, "enums"),
            "set" if self.file.version == Version::Two => {
                let mut error = self
                    .scanner
                    .error(kind.span, "sets were removed in Smithy 2.0".to_owned());
                "use a list with @uniqueItems".clone_into(&mut error.help);
                Err(error)
            }
            "set" | "service" | "resource" | "operation" => Ok(()),
            known if is_aggregate(known) || SIMPLE.contains(&known) => Ok(()),
            unknown => Err(self
                .scanner
                .error(kind.span, format!("unknown shape type `{unknown}`"))),
        }
    }

    /// Reports syntax that version 1.0 doesn't have.
    pub(super) fn needs_two(&self, span: crate::node::Span, what: &str) -> Result<()> {
        if self.file.version == Version::Two {
            return Ok(());
        }
        let mut error = self.scanner.error(
            span,
            format!("{what} require version 2.0 of the Smithy IDL, this file has version 1.0"),
        );
        "add `$version: \"2.0\"` at the start of the file".clone_into(&mut error.help);
        Err(error)
    }

    /// `for Resource`, and the spaces around it.
    pub(super) fn for_resource(&mut self) -> Result<Option<Name<'a>>> {
        self.scanner.spaces();
        let start = self.scanner.position;
        if !self.scanner.eat_word("for") {
            return Ok(None);
        }
        self.needs_two(self.scanner.span_from(start), "structures for resources")?;
        self.scanner.required_spaces()?;
        self.scanner.shape_id().map(Some)
    }

    /// `with [Mixin, Mixin]`, and the spaces before it.
    pub(super) fn mixins(&mut self) -> Result<Vec<Name<'a>>> {
        self.scanner.spaces();
        let start = self.scanner.position;
        if !self.scanner.eat_word("with") {
            return Ok(Vec::new());
        }
        self.needs_two(self.scanner.span_from(start), "mixins")?;
        self.scanner.whitespace();
        if !self.scanner.eat(b'[') {
            return Err(self.scanner.expected("`[` and mixins"));
        }
        self.scanner.whitespace();
        let mut mixins = vec![self.scanner.shape_id()?];
        self.ids_until_bracket(&mut mixins)?;
        Ok(mixins)
    }

    /// Shape ids up to and including `]`.
    pub(super) fn ids_until_bracket(&mut self, ids: &mut Vec<Name<'a>>) -> Result<()> {
        loop {
            self.scanner.whitespace();
            if self.scanner.eat(b']') {
                return Ok(());
            }
            ids.push(
                self.scanner
                    .shape_id()
                    .map_err(|_| self.scanner.expected("a shape id or `]`"))?,
            );
        }
    }
}

fn is_aggregate(kind: &str) -> bool {
    matches!(kind, "list" | "map" | "union" | "structure")
}
