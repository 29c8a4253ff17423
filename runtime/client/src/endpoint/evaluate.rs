//! Evaluates a rule set.

use super::Endpoint;
use super::partitions::Partition;
use super::rules::{
    AttrStep, EndpointError, EndpointValue, Entries, Expr, Jump, Outcome, Param, ParamKind, Params,
    Part, Rules,
};
use std::borrow::Cow;

/// The maximum length of a template's result. Conditions that use each other's values could double it each time.
const MAX_TEXT: usize = 1 << 16;

/// A value in an evaluation, borrowed from the rules and the parameters where possible.
#[derive(Clone, Debug)]
pub(super) enum Data<'a> {
    Boolean(bool),
    Integer(i64),
    String(Cow<'a, str>),
    List(Vec<Data<'a>>),
    Object(Vec<(&'a str, Data<'a>)>),
    /// The result of a function, used like `Object`.
    Record(Vec<(&'static str, Data<'a>)>),
    Partition(&'static Partition),
}

impl<'a> Data<'a> {
    pub(super) fn text(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub(super) fn as_boolean(&self) -> Option<bool> {
        if let Self::Boolean(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    /// A non-negative integer.
    pub(super) fn as_size(&self) -> Option<usize> {
        if let Self::Integer(value) = self {
            usize::try_from(*value).ok()
        } else {
            None
        }
    }

    fn of(value: &'a EndpointValue) -> Self {
        match value {
            EndpointValue::Boolean(value) => Self::Boolean(*value),
            EndpointValue::Integer(value) => Self::Integer(*value),
            EndpointValue::String(text) => Self::String(Cow::Borrowed(text)),
            EndpointValue::List(elements) => Self::List(elements.iter().map(Self::of).collect()),
            EndpointValue::Object(entries) => Self::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.as_str(), Self::of(value)))
                    .collect(),
            ),
        }
    }

    fn into_value(self) -> Option<EndpointValue> {
        Some(match self {
            Self::Boolean(value) => EndpointValue::Boolean(value),
            Self::Integer(value) => EndpointValue::Integer(value),
            Self::String(text) => EndpointValue::String(text.into_owned()),
            Self::List(elements) => EndpointValue::List(
                elements
                    .into_iter()
                    .map(Self::into_value)
                    .collect::<Option<_>>()?,
            ),
            Self::Object(entries) => {
                let value =
                    |(key, value): (&str, Self)| Some((key.to_owned(), value.into_value()?));
                EndpointValue::Object(entries.into_iter().map(value).collect::<Option<_>>()?)
            }
            Self::Record(_) | Self::Partition(_) => return None,
        })
    }

    /// The value of `{Name}` in a template.
    fn push_to(&self, text: &mut String) -> Option<()> {
        match self {
            Self::String(value) => text.push_str(value),
            Self::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Integer(value) => text.push_str(&value.to_string()),
            _ => return None,
        }
        Some(())
    }

    fn attr(&self, steps: &[AttrStep]) -> Option<Self> {
        let [step, rest @ ..] = steps else {
            return Some(self.clone());
        };
        match (step, self) {
            (AttrStep::Key(key), Self::Object(entries)) => {
                entries.iter().find(|(name, _)| name == key)?.1.attr(rest)
            }
            (AttrStep::Key(key), Self::Record(entries)) => {
                entries.iter().find(|(name, _)| name == key)?.1.attr(rest)
            }
            (AttrStep::Key(key), Self::Partition(partition)) => {
                partition_attr(partition, key)?.attr(rest)
            }
            (AttrStep::Index(index), Self::List(elements)) => {
                elements.get(position(*index, elements.len())?)?.attr(rest)
            }
            _ => None,
        }
    }
}

/// A negative index counts from the end.
fn position(index: i64, count: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => count.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

fn partition_attr(partition: &'static Partition, key: &str) -> Option<Data<'static>> {
    let text = |text| Data::String(Cow::Borrowed(text));
    Some(match key {
        "name" => text(partition.name),
        "dnsSuffix" => text(partition.dns_suffix),
        "dualStackDnsSuffix" => text(partition.dual_stack_dns_suffix),
        "implicitGlobalRegion" => text(partition.implicit_global_region),
        "supportsDualStack" => Data::Boolean(partition.supports_dual_stack),
        "supportsFIPS" => Data::Boolean(partition.supports_fips),
        _ => return None,
    })
}

impl Rules {
    /// Evaluates the rule set.
    ///
    /// # Errors
    ///
    /// The rules give an error for these parameters, or a required parameter is missing.
    pub fn resolve(&self, params: &Params) -> Result<Endpoint, EndpointError> {
        let mut evaluation = Evaluation {
            rules: self,
            slots: vec![None; self.slots],
        };
        for (param, slot) in self.params.iter().zip(&mut evaluation.slots) {
            *slot = param.value(params)?;
        }
        match evaluation.walk() {
            Jump::Result(result) => {
                evaluation.outcome(self.results.get(result).ok_or(EndpointError::NoMatch)?)
            }
            Jump::Node(_) | Jump::NoMatch => Err(EndpointError::NoMatch),
        }
    }
}

impl Param {
    fn value<'a>(&'a self, params: &'a Params) -> Result<Option<Data<'a>>, EndpointError> {
        let value = params.get(&self.name).or(self.default.as_ref());
        if value.is_none() && self.required {
            return Err(EndpointError::Missing(self.name.clone()));
        }
        if value.is_some_and(|value| !self.kind.allows(value)) {
            return Err(EndpointError::Type(self.name.clone()));
        }
        Ok(value.map(Data::of))
    }
}

impl ParamKind {
    fn allows(self, value: &EndpointValue) -> bool {
        match self {
            Self::String => matches!(value, EndpointValue::String(_)),
            Self::Boolean => matches!(value, EndpointValue::Boolean(_)),
            Self::StringArray => value
                .as_list()
                .is_some_and(|list| list.iter().all(|element| element.as_str().is_some())),
        }
    }
}

struct Evaluation<'a> {
    rules: &'a Rules,
    slots: Vec<Option<Data<'a>>>,
}

impl<'a> Evaluation<'a> {
    fn walk(&mut self) -> Jump {
        let mut jump = if self.rules.nodes.is_empty() {
            Jump::Result(0)
        } else {
            Jump::Node(0)
        };
        while let Jump::Node(index) = jump {
            let Some(node) = self.rules.nodes.get(index) else {
                return Jump::NoMatch;
            };
            jump = if self.holds(node.condition) {
                node.yes
            } else {
                node.no
            };
        }
        jump
    }

    /// Whether a condition holds: its value is neither missing nor false.
    fn holds(&mut self, index: usize) -> bool {
        let Some(condition) = self.rules.conditions.get(index) else {
            return false;
        };
        let value = self.expr(&condition.test);
        let holds = !matches!(value, None | Some(Data::Boolean(false)));
        if let Some(slot) = condition.assign.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = value;
        }
        holds
    }

    fn slot(&self, slot: usize) -> Option<&Data<'a>> {
        self.slots.get(slot)?.as_ref()
    }

    fn expr(&self, expr: &'a Expr) -> Option<Data<'a>> {
        Some(match expr {
            Expr::Boolean(value) => Data::Boolean(*value),
            Expr::Integer(value) => Data::Integer(*value),
            Expr::String(text) => Data::String(Cow::Borrowed(text)),
            Expr::Template(parts) => Data::text(self.template(parts)?),
            Expr::Slot(slot) => self.slot(*slot)?.clone(),
            Expr::Attr(value, steps) => match &**value {
                Expr::Slot(slot) => self.slot(*slot)?.attr(steps)?,
                value => self.expr(value)?.attr(steps)?,
            },
            Expr::Call(function, arguments) => {
                let mut values = [const { None }; 4];
                if let Some(values) = values.get_mut(..arguments.len()) {
                    // The most common case, without an allocation.
                    values
                        .iter_mut()
                        .zip(arguments)
                        .for_each(|(value, argument)| *value = self.expr(argument));
                    return function.call(values);
                }
                return function.call(
                    &arguments
                        .iter()
                        .map(|argument| self.expr(argument))
                        .collect::<Vec<_>>(),
                );
            }
            Expr::List(elements) => Data::List(
                elements
                    .iter()
                    .map(|element| self.item(element))
                    .collect::<Option<_>>()?,
            ),
            Expr::Object(entries) => Data::Object(self.entries(entries).collect::<Option<_>>()?),
        })
    }

    fn entries(&self, entries: &'a Entries) -> impl Iterator<Item = Option<(&'a str, Data<'a>)>> {
        entries
            .iter()
            .map(|(key, value)| Some((key.as_str(), self.item(value)?)))
    }

    /// An element of a list or an object: a scalar, or a literal list or object. Variables with lists or objects are refused,
    /// because values could otherwise double in size with each condition.
    fn item(&self, expr: &'a Expr) -> Option<Data<'a>> {
        let written = matches!(expr, Expr::List(_) | Expr::Object(_));
        let scalar = |value: &Data<'a>| {
            matches!(value, Data::Boolean(_) | Data::Integer(_) | Data::String(_))
        };
        self.expr(expr).filter(|value| written || scalar(value))
    }

    fn template(&self, parts: &[Part]) -> Option<String> {
        let mut text = String::new();
        for part in parts {
            self.part(part, &mut text)?;
            if text.len() > MAX_TEXT {
                return None;
            }
        }
        Some(text)
    }

    fn part(&self, part: &Part, text: &mut String) -> Option<()> {
        match part {
            Part::Text(literal) => {
                text.push_str(literal);
                Some(())
            }
            Part::Value(slot, steps) if steps.is_empty() => self.slot(*slot)?.push_to(text),
            Part::Value(slot, steps) => self.slot(*slot)?.attr(steps)?.push_to(text),
        }
    }

    fn outcome(&self, outcome: &'a Outcome) -> Result<Endpoint, EndpointError> {
        match outcome {
            Outcome::Error(message) => {
                let message = self.expr(message).ok_or(EndpointError::Unresolved)?;
                Err(message.as_str().map_or(EndpointError::Unresolved, |text| {
                    EndpointError::Rule(text.to_owned())
                }))
            }
            Outcome::Endpoint {
                url,
                properties,
                headers,
            } => self
                .endpoint(url, *properties, headers)
                .ok_or(EndpointError::Unresolved),
        }
    }

    fn endpoint(
        &self,
        url: &'a Expr,
        properties: Option<usize>,
        headers: &'a Entries,
    ) -> Option<Endpoint> {
        let Some(Data::String(url)) = self.expr(url) else {
            return None;
        };
        let value = |entry: Option<(&str, Data<'a>)>| {
            entry.and_then(|(key, value)| Some((key.to_owned(), value.into_value()?)))
        };
        let properties = match properties {
            Some(index) => self
                .entries(self.rules.properties.get(index)?)
                .map(value)
                .collect::<Option<_>>()?,
            None => Vec::new(),
        };
        let header = |entry: Option<(&str, Data<'a>)>| {
            entry.and_then(|(key, values)| Some((key.to_owned(), texts(values)?)))
        };
        let headers = self.entries(headers).map(header).collect::<Option<_>>()?;
        Some(Endpoint {
            url: url.into_owned(),
            headers,
            properties,
        })
    }
}

fn texts(values: Data<'_>) -> Option<Vec<String>> {
    let Data::List(values) = values else {
        return None;
    };
    values
        .into_iter()
        .map(|value| {
            if let Data::String(text) = value {
                Some(text.into_owned())
            } else {
                None
            }
        })
        .collect()
}
