//! `--generate-cli-skeleton`: a sample of an operation's input or output.

use swage_client::Any;
use swage_client::schema::{Kind, Member, Schema, Trait};

/// A sample input, to be filled in.
pub(crate) fn input(schema: &'static Schema) -> Any {
    Sampler {
        named: false,
        inside: Vec::new(),
    }
    .structure(schema)
}

/// A sample output. Strings are the names of their members; lengths and numbers meet the model's minimums.
pub(crate) fn output(schema: &'static Schema) -> Any {
    Sampler {
        named: true,
        inside: Vec::new(),
    }
    .structure(schema)
}

struct Sampler {
    named: bool,
    /// The ids of the enclosing structures, to end recursion.
    inside: Vec<&'static str>,
}

impl Sampler {
    fn structure(&mut self, schema: &'static Schema) -> Any {
        if self.inside.contains(&schema.id()) {
            return Any::Map(Vec::new());
        }
        self.inside.push(schema.id());
        let entry =
            |member: &'static Member| (member.name().to_owned(), self.value(member, member.name()));
        let entries = schema.members().iter().map(entry).collect();
        self.inside.pop();
        Any::Map(entries)
    }

    fn value(&mut self, member: &'static Member, name: &str) -> Any {
        let schema = member.target();
        match schema.kind() {
            Kind::Structure | Kind::Union => self.structure(schema),
            Kind::List => Any::List(
                schema
                    .members()
                    .first()
                    .map(|m| self.value(m, m.target().name()))
                    .into_iter()
                    .collect(),
            ),
            Kind::Map => {
                let value = schema
                    .members()
                    .get(1)
                    .map(|m| ("KeyName".to_owned(), self.value(m, "")));
                Any::Map(value.into_iter().collect())
            }
            Kind::String | Kind::Enum => Any::String(self.string(member, name)),
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::BigInteger => {
                Any::Number(self.number(member, "0"))
            }
            Kind::IntEnum => {
                Any::Number(schema.int_enum_values().first().unwrap_or(&0).to_string())
            }
            Kind::Float | Kind::Double | Kind::BigDecimal => {
                Any::Number(self.number(member, "0.0"))
            }
            Kind::Boolean => Any::Boolean(true),
            Kind::Timestamp => Any::String("1970-01-01T00:00:00".to_owned()),
            Kind::Document => Any::Map(Vec::new()),
            Kind::Blob => Any::Null,
        }
    }

    fn string(&self, member: &Member, name: &str) -> String {
        if !self.named {
            return member
                .target()
                .enum_values()
                .first()
                .copied()
                .unwrap_or_default()
                .to_owned();
        }
        let min = member.traits().find_map(|t| {
            if let Trait::Length(min, _) = t {
                *min
            } else {
                None
            }
        });
        let min = usize::try_from(min.unwrap_or(0)).unwrap_or(0).min(1 << 16);
        let unit = if name.is_empty() {
            member.target().name()
        } else {
            name
        };
        let mut text = name.to_owned();
        while text.chars().count() < min && !unit.is_empty() {
            text.push_str(unit);
        }
        text
    }

    fn number(&self, member: &Member, zero: &str) -> String {
        let min = member.traits().find_map(|t| {
            if let Trait::Range(min, _) = t {
                *min
            } else {
                None
            }
        });
        match min.filter(|min| self.named && *min > 0.0) {
            Some(min) => min.to_string(),
            None => zero.to_owned(),
        }
    }
}
