//! Values: literals of expressions, what expressions are evaluated on, and what they find.

use std::fmt::{self, Display, Formatter, Write};
use std::rc::Rc;

use crate::json::FromJson;

/// A value that expressions are evaluated on. Cloning is cheap.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Value {
    Null,
    Boolean(bool),
    Number(Number),
    String(Rc<str>),
    List(Rc<[Value]>),
    /// In the order of the response. The keys are unique.
    Map(Rc<[Entry]>),
}

/// A key and its value.
pub type Entry = (Rc<str>, Value);

/// A number as in Python: its text decides whether it is an integer, and integers have any size.
#[derive(Clone, Debug)]
pub enum Number {
    /// Its decimal digits.
    Integer(Rc<str>),
    /// Any other number, rounded to the nearest double.
    Float(f64),
    /// A big decimal, with all of its digits.
    Decimal(Rc<str>),
}

impl Number {
    /// Parses a number by JSON's grammar, `NaN` or `Infinity`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Self::Float);
        }
        let significant = digits.trim_start_matches('0');
        let sign = if text.len() > digits.len() { "-" } else { "" };
        Some(Self::Integer(if significant.is_empty() {
            "0".into()
        } else {
            format!("{sign}{significant}").into()
        }))
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        match self {
            Self::Integer(digits) | Self::Decimal(digits) => digits.parse().unwrap_or(f64::NAN),
            Self::Float(float) => *float,
        }
    }
}

impl Value {
    /// A string.
    pub fn string(text: &str) -> Self {
        Self::String(text.into())
    }

    /// An integer.
    pub fn integer(value: &impl ToString) -> Self {
        Self::Number(Number::Integer(value.to_string().into()))
    }

    /// The value of a key, if this is a map that has the key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let Self::Map(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(k, _)| **k == *key)
            .map(|(_, value)| value)
    }

    /// Whether the value is neither a list nor a map.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// Whether the value is null, false, zero or empty.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Boolean(boolean) => !boolean,
            Self::Number(number) => number.to_f64() == 0.0,
            Self::String(string) => string.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Map(entries) => entries.is_empty(),
        }
    }
}

impl FromJson for Value {
    fn null() -> Self {
        Self::Null
    }

    fn boolean(value: bool) -> Self {
        Self::Boolean(value)
    }

    fn number(text: &str) -> Self {
        Number::parse(text).map_or_else(|| Self::String(text.into()), Self::Number)
    }

    fn string(value: String) -> Self {
        Self::String(value.into())
    }

    fn list(elements: Vec<Self>) -> Self {
        Self::List(elements.into())
    }

    fn map(entries: Vec<(String, Self)>) -> Self {
        let entries = entries.into_iter();
        Self::Map(entries.map(|(key, value)| (key.into(), value)).collect())
    }
}

/// The number in JSON; `NaN`, `Infinity` and `-Infinity` are not quoted.
pub fn json_number(number: &Number) -> String {
    match number {
        Number::Float(float) if float.is_nan() => "NaN".to_owned(),
        Number::Float(float) if float.is_infinite() => if *float > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned(),
        number => number.to_string(),
    }
}

/// As Python's `repr`: the shortest digits that parse as the same number, with an exponent if the
/// absolute value is below 1e-4, or 1e16 and more.
impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let float = match self {
            Self::Integer(digits) | Self::Decimal(digits) => return f.write_str(digits),
            Self::Float(float) if float.is_nan() => return f.write_str("nan"),
            Self::Float(float) => *float,
        };
        let scientific = format!("{float:e}");
        let Some((digits, exponent)) = scientific.split_once('e') else {
            return f.write_str(&scientific);
        };
        match exponent.parse::<i32>() {
            Ok(-4..16) => write!(f, "{float:?}"),
            Ok(exponent) => write!(
                f,
                "{digits}e{}{:02}",
                if exponent < 0 { '-' } else { '+' },
                exponent.abs()
            ),
            Err(_) => f.write_str(&scientific),
        }
    }
}

/// As Python's `str`: the text of a cell in the AWS CLI's text and table output.
impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("None"),
            Self::Boolean(boolean) => f.write_str(if *boolean { "True" } else { "False" }),
            Self::Number(number) => number.fmt(f),
            Self::String(string) => f.write_str(string),
            Self::List(list) => {
                f.write_char('[')?;
                for (index, value) in list.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    nested(f, value)?;
                }
                f.write_char(']')
            }
            Self::Map(entries) => {
                f.write_char('{')?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    quoted(f, key)?;
                    f.write_str(": ")?;
                    nested(f, value)?;
                }
                f.write_char('}')
            }
        }
    }
}

/// A value inside a list or map: strings are quoted.
fn nested(f: &mut Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::String(string) => quoted(f, string),
        other => other.fmt(f),
    }
}

/// A string as Python's `repr` writes it: in quotes, with escapes.
pub fn repr(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 2);
    // Writing to a string can't fail.
    let _ = quoted(&mut shown, text);
    shown
}

/// Writes a string in single quotes, or in double quotes if it has single quotes only.
fn quoted(f: &mut impl Write, text: &str) -> fmt::Result {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    f.write_char(quote)?;
    for c in text.chars() {
        match c {
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\\' => f.write_str("\\\\")?,
            c if c == quote => write!(f, "\\{c}")?,
            c if is_printable(c) => f.write_char(c)?,
            c => match u32::from(c) {
                code @ ..=0xff => write!(f, "\\x{code:02x}")?,
                code @ ..=0xffff => write!(f, "\\u{code:04x}")?,
                code => write!(f, "\\U{code:08x}")?,
            },
        }
    }
    f.write_char(quote)
}

/// Whether `escape_debug` leaves the character as it is.
fn is_printable(c: char) -> bool {
    // After another character, because combining characters are escaped at the start of a string.
    c.is_ascii_graphic()
        || c == ' '
        || ['a', c].iter().collect::<String>().escape_debug().count() <= 3
}
