//! Parses the bodies of shapes.

use super::parse::IdlParser;
use super::scan::{Result, Scanner};
use super::syntax::{Body, Member, MemberTarget, Name, Operation, Shape, Trait};
use super::value;
use crate::node::{Node, NodeValue};
use std::borrow::Cow;

impl<'a> IdlParser<'a> {
    pub(super) fn properties(&mut self) -> Result<Body<'a>> {
        self.scanner.whitespace();
        let start = self.scanner.position;
        let entries = value::object(&mut self.scanner)?;
        Ok(Body::Properties(Node::new(
            NodeValue::Object(entries),
            self.scanner.span_from(start),
        )))
    }

    pub(super) fn members(&mut self, kind: &str) -> Result<Body<'a>> {
        self.scanner.whitespace();
        if !self.scanner.eat(b'{') {
            return Err(self.scanner.expected("`{`"));
        }
        let mut members = Vec::new();
        loop {
            let documentation = self.scanner.documentation();
            if self.scanner.eat(b'}') {
                return Ok(Body::Members(members));
            }
            let traits = self.traits(documentation)?;
            members.push(self.member(kind, traits)?);
        }
    }

    fn member(&mut self, kind: &str, mut traits: Vec<Trait<'a>>) -> Result<Member<'a>> {
        let start = self.scanner.position;
        let is_enum = matches!(kind, "enum" | "intEnum");
        let elided = !is_enum && self.scanner.eat(b'$');
        if elided {
            self.needs_two(self.scanner.span_from(start), "members without targets")?;
        }
        let expectation = if traits.is_empty() {
            "a member or `}`"
        } else {
            "a member"
        };
        let name = self
            .scanner
            .identifier()
            .map_err(|_| self.scanner.expected(expectation))?;
        check_member_name(&self.scanner, kind, &name)?;
        let target = if is_enum {
            MemberTarget::Unit
        } else if elided {
            MemberTarget::Elided
        } else {
            self.scanner.spaces();
            value::colon(&mut self.scanner)?;
            self.scanner.spaces();
            MemberTarget::Shape(self.scanner.shape_id()?)
        };
        if let Some(value) = self.member_value()? {
            let id = Name::implied(
                if is_enum {
                    "smithy.api#enumValue"
                } else {
                    "smithy.api#default"
                },
                value.span,
            );
            traits.push(Trait {
                id,
                value: Some(value),
            });
        }
        Ok(Member {
            name,
            target,
            traits,
        })
    }

    /// `= value`, which ends its line.
    fn member_value(&mut self) -> Result<Option<Node>> {
        let before = self.scanner.position;
        self.scanner.spaces();
        if self.scanner.peek() != Some(b'=') {
            self.scanner.position = before;
            return Ok(None);
        }
        self.needs_two(
            self.scanner
                .span(self.scanner.position, self.scanner.position + 1),
            "member values",
        )?;
        let value = self.assigned_value()?;
        self.scanner.spaces();
        self.scanner.eat(b',');
        self.scanner.line_break()?;
        Ok(Some(value))
    }

    pub(super) fn assigned_value(&mut self) -> Result<Node> {
        if !self.scanner.eat(b'=') {
            return Err(self.scanner.expected("`=`"));
        }
        self.scanner.spaces();
        value::value(&mut self.scanner)
    }

    pub(super) fn operation(&mut self, name: &Name<'a>) -> Result<Body<'a>> {
        self.scanner.whitespace();
        if !self.scanner.eat(b'{') {
            return Err(self.scanner.expected("`{`"));
        }
        let mut operation = Operation::default();
        loop {
            self.scanner.whitespace();
            if self.scanner.eat(b'}') {
                return Ok(Body::Operation(operation));
            }
            self.operation_property(name, &mut operation)?;
        }
    }

    fn operation_property(&mut self, name: &Name<'a>, operation: &mut Operation<'a>) -> Result<()> {
        let property = self
            .scanner
            .identifier()
            .map_err(|_| self.scanner.expected("`input`, `output`, `errors` or `}`"))?;
        self.scanner.whitespace();
        let twice = match &*property.text {
            "input" => operation
                .input
                .replace(self.input_or_output(name, true)?)
                .is_some(),
            "output" => operation
                .output
                .replace(self.input_or_output(name, false)?)
                .is_some(),
            "errors" => {
                value::colon(&mut self.scanner)?;
                self.scanner.whitespace();
                if !self.scanner.eat(b'[') {
                    return Err(self.scanner.expected("`[`"));
                }
                let mut errors = Vec::new();
                self.ids_until_bracket(&mut errors)?;
                operation.errors.replace(errors).is_some()
            }
            unknown => {
                return Err(self.scanner.error(
                    property.span,
                    format!("unknown property `{unknown}`, expected `input`, `output` or `errors`"),
                ));
            }
        };
        let message = || format!("duplicate property `{}`", property.text);
        if twice {
            Err(self.scanner.error(property.span, message()))
        } else {
            Ok(())
        }
    }

    /// `: Shape`, or `:= { … }`, which defines a shape.
    fn input_or_output(&mut self, operation: &Name<'a>, is_input: bool) -> Result<Name<'a>> {
        if !self.scanner.rest().starts_with(":=") {
            value::colon(&mut self.scanner)?;
            self.scanner.whitespace();
            return self.scanner.shape_id();
        }
        let start = self.scanner.position;
        self.scanner.position += 2;
        let span = self.scanner.span_from(start);
        self.needs_two(span, "inline inputs and outputs")?;
        let (suffix, marker) = if is_input {
            (&self.input_suffix, "smithy.api#input")
        } else {
            (&self.output_suffix, "smithy.api#output")
        };
        let name = Name {
            text: Cow::Owned(format!("{}{suffix}", operation.text)),
            span,
        };
        let documentation = self.scanner.documentation();
        let mut traits = self.traits(documentation)?;
        traits.push(Trait {
            id: Name::implied(marker, span),
            value: None,
        });
        let resource = self.for_resource()?;
        self.scanner.whitespace();
        let mixins = self.mixins()?;
        let body = self.members("structure")?;
        self.file.shapes.push(Shape {
            kind: "structure",
            name: name.clone(),
            traits,
            resource,
            mixins,
            body,
        });
        Ok(name)
    }
}

/// Lists and maps have members with fixed names.
fn check_member_name(scanner: &Scanner<'_>, kind: &str, name: &Name<'_>) -> Result<()> {
    let fits = match kind {
        "list" | "set" => name.text == "member",
        "map" => name.text == "key" || name.text == "value",
        _ => true,
    };
    let names = if kind == "map" {
        "`key` and `value`"
    } else {
        "`member`"
    };
    if fits {
        Ok(())
    } else {
        Err(scanner.error(
            name.span,
            format!(
                "unknown member `{}` in a {kind}, expected {names}",
                name.text
            ),
        ))
    }
}
