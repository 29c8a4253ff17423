//! A shape as the value that expressions look at: a [`Writer`], so that it works for any type with a table.

use std::rc::Rc;

use aws_smithy_types::{DateTime, Document, base64};

use super::value::{of_document, of_time};
use crate::error::EncodeError;
use crate::schema::Member;
use crate::shape::{self, Elements, Entries, Shape, Writer};
use swage_jmespath::{Entry, Number, Value};

impl From<&dyn Shape> for Value {
    /// Members by the names that they have in the model. What isn't set is absent, and so is a stream.
    fn from(shape: &dyn Shape) -> Self {
        Self::Map(members(shape).into())
    }
}

fn members(of: &dyn Shape) -> Vec<Entry> {
    let members = of.schema().members().iter().enumerate();
    let set = members.filter_map(|(index, member)| {
        let value = of.member(index).filter(|value| value.is_set())?;
        (!member.target().is_streaming()).then(|| (member.name().into(), written(member, value)))
    });
    set.collect()
}

/// Null for what doesn't fit its schema: an expression finds nothing there.
fn written(member: &'static Member, value: &dyn shape::Value) -> Value {
    let mut converter = Converter(Value::Null);
    match value.write(member, &mut converter) {
        Ok(()) => converter.0,
        Err(_) => Value::Null,
    }
}

/// Converts the value that is written.
struct Converter(Value);

impl Writer for Converter {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        self.0 = value.into();
        Ok(())
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        let element = member.target().members().last();
        let elements = (0..value.len()).map(|index| match (element, value.get(index)) {
            (Some(element), Some(value)) => written(element, value),
            _ => Value::Null,
        });
        self.0 = Value::List(elements.collect());
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let target = member.target().members().last();
        let mut entries = Vec::with_capacity(value.len());
        value.each(&mut |key, value| {
            let value = match (target, value) {
                (Some(target), Some(value)) => written(target, value),
                _ => Value::Null,
            };
            entries.push((Rc::from(key), value));
            Ok(())
        })?;
        self.0 = Value::Map(entries.into());
        Ok(())
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), EncodeError> {
        self.0 = Value::Boolean(value);
        Ok(())
    }

    fn integer(&mut self, _: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.0 = Value::integer(&value);
        Ok(())
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), EncodeError> {
        // By its digits: 0.1 stays 0.1.
        let nearest = value.to_string().parse().unwrap_or(f64::from(value));
        self.0 = Value::Number(Number::Float(nearest));
        Ok(())
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), EncodeError> {
        self.0 = Value::Number(Number::Float(value));
        Ok(())
    }

    fn number(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.0 = Number::parse(value).map_or_else(|| Value::string(value), Value::Number);
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.0 = Value::string(value);
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
        self.0 = Value::string(&base64::encode(value));
        Ok(())
    }

    fn timestamp(&mut self, _: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        self.0 = of_time(value);
        Ok(())
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), EncodeError> {
        self.0 = of_document(value);
        Ok(())
    }
}
