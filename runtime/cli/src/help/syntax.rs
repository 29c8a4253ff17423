//! Examples of an option's values, in shorthand and JSON.

use swage_client::schema::{Kind, Member, Schema};

/// The deepest nesting of a shorthand example. Deeper ones are left out.
const MAX_DEPTH: usize = 3;

/// The name of a type in help pages.
pub(super) fn type_name(schema: &Schema) -> &'static str {
    match schema.kind() {
        Kind::Blob if schema.is_streaming() => "streaming blob",
        Kind::Document => "document",
        Kind::Union => "tagged union structure",
        _ => plain_type(schema),
    }
}

fn plain_type(schema: &Schema) -> &'static str {
    match schema.kind() {
        Kind::Boolean => "boolean",
        Kind::Byte | Kind::Short | Kind::Integer | Kind::IntEnum => "integer",
        Kind::Long | Kind::BigInteger => "long",
        Kind::Float => "float",
        Kind::Double | Kind::BigDecimal => "double",
        Kind::String | Kind::Enum => "string",
        Kind::Blob => "blob",
        Kind::Timestamp => "timestamp",
        Kind::List => "list",
        Kind::Map => "map",
        Kind::Document | Kind::Structure | Kind::Union => "structure",
    }
}

fn is_complex(schema: &Schema) -> bool {
    matches!(
        schema.kind(),
        Kind::List | Kind::Map | Kind::Structure | Kind::Union | Kind::Document
    )
}

/// The elements of a list, or the values of a map.
fn element(schema: &'static Schema) -> Option<&'static Schema> {
    schema.members().last().map(Member::target)
}

/// Whether it is a document, or a list or map of documents.
fn holds_documents(schema: &'static Schema) -> bool {
    match schema.kind() {
        Kind::Document => true,
        Kind::List | Kind::Map => element(schema).is_some_and(holds_documents),
        _ => false,
    }
}

/// The examples of an option.
pub(super) enum Examples {
    /// None, because the value is one word.
    None,
    /// A word of a list, and the possible values.
    Words(String, &'static [&'static str]),
    /// Shorthand, if it isn't too complex, and JSON.
    Complex(Option<String>, String),
}

/// The examples of an option.
pub(super) fn examples(schema: &'static Schema) -> Examples {
    if !is_complex(schema) || is_wrapped_string(schema) {
        return Examples::None;
    }
    match element(schema) {
        Some(element) if schema.kind() == Kind::List && !is_complex(element) => {
            Examples::Words(scalar_example(element, false), element.enum_values())
        }
        _ => Examples::Complex(shorthand(schema), json_example(schema)),
    }
}

/// Whether it is a structure with just a string called `Value`, which is given as that string.
fn is_wrapped_string(schema: &Schema) -> bool {
    let is_string = |member: &Member| {
        member.name() == "Value" && matches!(member.target().kind(), Kind::String | Kind::Enum)
    };
    schema.kind() == Kind::Structure && matches!(schema.members(), [member] if is_string(member))
}

fn shorthand(schema: &'static Schema) -> Option<String> {
    if holds_documents(schema) {
        return None;
    }
    match (schema.kind(), element(schema)) {
        (Kind::List, Some(element)) => Some(shorthand_of(element, &mut Vec::new())? + " ..."),
        _ => shorthand_of(schema, &mut Vec::new()),
    }
}

/// The example; none if it nests too deep.
fn shorthand_of(schema: &'static Schema, within: &mut Vec<&'static str>) -> Option<String> {
    if within.len() > MAX_DEPTH {
        return None;
    }
    match (schema.kind(), element(schema)) {
        (Kind::Structure | Kind::Union, _) => shorthand_structure(schema, within),
        (Kind::List, Some(element)) => {
            let item = nested(element, within)?;
            let pair = format!("{item},{item}");
            Some(if is_complex(element) || within.len() > 1 {
                format!("[{pair}]")
            } else {
                pair
            })
        }
        (Kind::Map, Some(value)) => {
            let value = nested(value, within)?;
            let pairs = format!("KeyName1={value},KeyName2={value}");
            let keys = schema
                .members()
                .first()
                .map(|key| key.target().enum_values())
                .unwrap_or_default();
            Some(match within.is_empty() {
                true if keys.is_empty() => pairs,
                true => format!(
                    "{pairs}\n\nWhere valid key names are:\n  {}",
                    keys.join("\n  ")
                ),
                false => format!("{{{pairs}}}"),
            })
        }
        _ => Some(plain_type(schema).to_owned()),
    }
}

fn nested(schema: &'static Schema, within: &mut Vec<&'static str>) -> Option<String> {
    within.push(schema.id());
    let example = shorthand_of(schema, within);
    within.pop();
    example
}

fn shorthand_structure(schema: &'static Schema, within: &mut Vec<&'static str>) -> Option<String> {
    let mut parts = Vec::new();
    for member in schema
        .members()
        .iter()
        .filter(|member| !holds_documents(member.target()))
    {
        let value = if within.contains(&member.target().id()) {
            "( ... recursive ... )".to_owned()
        } else {
            nested(member.target(), within)?
        };
        parts.push(format!("{}={value}", member.name()));
    }
    let parts = parts.join(",");
    Some(if within.is_empty() {
        parts
    } else {
        format!("{{{parts}}}")
    })
}

fn scalar_example(schema: &Schema, with_values: bool) -> String {
    match schema.kind() {
        Kind::Enum if with_values => {
            let values: Vec<String> = schema
                .enum_values()
                .iter()
                .map(|value| format!("\"{value}\""))
                .collect();
            values.join("|")
        }
        Kind::String | Kind::Enum => "\"string\"".to_owned(),
        Kind::Boolean => "true|false".to_owned(),
        _ => plain_type(schema).to_owned(),
    }
}

fn json_example(schema: &'static Schema) -> String {
    let mut json = Json {
        text: String::new(),
        level: 0,
        within: Vec::new(),
    };
    json.value(schema);
    json.text
}

/// A JSON example that is being written.
struct Json {
    text: String,
    level: usize,
    within: Vec<&'static str>,
}

impl Json {
    fn value(&mut self, schema: &'static Schema) {
        if !is_complex(schema) {
            self.text.push_str(&scalar_example(schema, true));
            return;
        }
        if self.within.iter().filter(|id| **id == schema.id()).count() > 1 {
            if matches!(schema.kind(), Kind::Structure | Kind::Union) {
                self.text.push_str("{ ... recursive ... }");
            }
            return;
        }
        self.within.push(schema.id());
        match (schema.kind(), schema.members()) {
            (Kind::List, [element]) => self.list(element.target()),
            (Kind::Map, [key, value]) => self.map(key.target(), value.target()),
            (Kind::Document, _) => self.text.push_str("{...}"),
            (_, members) => self.structure(members),
        }
        self.within.pop();
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', 2 * self.level));
    }

    fn list(&mut self, element: &'static Schema) {
        self.text.push('[');
        if is_complex(element) {
            self.level += 1;
            self.line();
            self.value(element);
            self.line();
            self.text.push_str("...");
            self.level -= 1;
            self.line();
        } else {
            self.value(element);
            self.text.push_str(", ...");
        }
        self.text.push(']');
    }

    fn map(&mut self, key: &'static Schema, value: &'static Schema) {
        self.text.push('{');
        self.text.push_str(&scalar_example(key, true));
        self.text.push_str(": ");
        self.level += 2;
        self.value(value);
        self.level -= 1;
        self.line();
        self.text.push_str("...}");
        self.level -= 1;
    }

    fn structure(&mut self, members: &'static [Member]) {
        self.text.push('{');
        self.level += 1;
        self.line();
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
                self.line();
            }
            self.text.extend(["\"", member.name(), "\": "]);
            self.value(member.target());
        }
        self.level -= 1;
        self.line();
        self.text.push('}');
    }
}
