//! Inputs are checked before they are sent: required members, smallest lengths and values, as in the AWS CLI. The service
//! checks the rest.

mod violation;

pub use violation::{Violation, length, missing, names, range, variants};

use crate::error::{EncodeError, InputError};
use crate::schema::{Kind, Location, Member};
use crate::shape::{Elements, Entries, Shape, Value, Writer};

/// Checks an operation's input.
///
/// # Errors
///
/// The input violates the model; the error names all problems.
pub fn validate(input: &dyn Shape) -> Result<(), InputError> {
    let mut checker = Checker {
        problems: Vec::new(),
        path: String::new(),
    };
    checker.members(input);
    if checker.problems.is_empty() {
        Ok(())
    } else {
        Err(InputError {
            problems: checker.problems,
        })
    }
}

/// A writer that writes nothing and looks at everything.
struct Checker {
    problems: Vec<String>,
    /// Of what is being looked at: `.StartPosition.Id`, `.AttachmentIds[1]`; empty for the input itself.
    path: String,
}

impl Checker {
    fn place(&self) -> &str {
        if self.path.is_empty() {
            "input"
        } else {
            self.path.trim_start_matches('.')
        }
    }

    fn report(&mut self, violations: impl IntoIterator<Item = Violation>) {
        for violation in violations {
            let message = violation.message(self.place());
            self.problems.push(message);
        }
    }

    /// Looks at a value one step further down. `step` is that step's parts, such as a dot and the name of a member.
    fn descend(&mut self, step: &[&str], member: &'static Member, value: &dyn Value) {
        let length = self.path.len();
        self.path.extend(step.iter().copied());
        if let Err(error) = value.write(member, self) {
            let place = self.place();
            let problem = format!("Invalid value for parameter {place}: {error}");
            self.problems.push(problem);
        }
        self.path.truncate(length);
    }

    fn members(&mut self, shape: &dyn Shape) {
        let schema = shape.schema();
        let set = |index: usize| shape.member(index).filter(|value| value.is_set());
        let is_given = |index: usize, member: &Member| {
            member.is_idempotency_token()
                || member.default_value().is_some()
                || set(index).is_some()
                || member.is_nullable() && shape.member(index).is_some_and(Value::is_null)
        };
        self.report(missing(schema, is_given));
        for (index, member) in schema.members().iter().enumerate() {
            if let Some(value) = set(index).filter(|_| !member.target().is_streaming()) {
                self.descend(&[".", member.name()], member, value);
            }
        }
    }

    /// Only a dynamic union can have another number of members than one.
    fn variant(&mut self, shape: &dyn Shape) {
        let union = shape.schema();
        let is_set = |index: &usize| shape.member(*index).is_some_and(Value::is_set);
        let set = (0..union.members().len()).filter(is_set).count();
        self.report(variants(
            union,
            set + usize::from(shape.unknown().is_some()),
        ));
    }
}

impl Writer for Checker {
    /// Kinds without constraints.
    fn other(&mut self, _: &'static Member) -> Result<(), EncodeError> {
        Ok(())
    }

    fn structure(&mut self, member: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        if member.target().kind() == Kind::Union {
            self.variant(value);
        }
        self.members(value);
        Ok(())
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        self.report(length(member, || value.len()));
        let [element_member] = member.target().members() else {
            return Ok(());
        };
        for index in 0..value.len() {
            if let Some(element) = value.get(index) {
                let index = index.to_string();
                self.descend(&["[", &index, "]"], element_member, element);
            }
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let [key_member, value_member] = member.target().members() else {
            return Ok(());
        };
        value.each(&mut |key, value| {
            let shown = if key_member.target().is_sensitive() {
                crate::redact::REDACTED
            } else {
                key
            };
            self.descend(&[" (key: ", shown, ")"], key_member, &Key(key));
            if let Some(value) = value {
                self.descend(&[".", shown], value_member, value);
            }
            Ok(())
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "limits are small")]
    fn integer(&mut self, member: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.report(range(member, value as f64, value));
        Ok(())
    }

    fn float(&mut self, member: &'static Member, value: f32) -> Result<(), EncodeError> {
        self.report(range(member, f64::from(value), value));
        Ok(())
    }

    fn double(&mut self, member: &'static Member, value: f64) -> Result<(), EncodeError> {
        self.report(range(member, value, value));
        Ok(())
    }

    fn number(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError> {
        if let Ok(number) = value.parse() {
            self.report(range(member, number, value));
        }
        Ok(())
    }

    fn string(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.report(length(member, || value.chars().count()).or_else(|| empty(member, value)));
        Ok(())
    }
}

/// Whether a required parameter of the query is empty. Some services take a request with an empty parameter for another
/// operation, such as S3 with an empty `UploadId`.
fn empty(member: &Member, value: &str) -> Option<Violation> {
    let is_needed = member.is_required() && member.location() == Location::Query;
    (is_needed && value.is_empty()).then_some(Violation::Length { length: 0, min: 1 })
}

/// A map's key as a value.
struct Key<'a>(&'a str);

impl Value for Key<'_> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.string(member, self.0)
    }

    fn read(
        &mut self,
        _: &'static Member,
        _: &mut dyn crate::shape::Reader,
    ) -> Result<(), crate::error::DecodeError> {
        Ok(())
    }

    fn blank() -> Self {
        Self("")
    }
}
