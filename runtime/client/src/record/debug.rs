//! Debug forms that keep secrets.

use super::{Any, Record};
use crate::redact::REDACTED;
use crate::schema::{Member, Schema};
use std::fmt::{self, Debug, Formatter};

impl Debug for Record {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct(self.schema.name());
        for (member, value) in self.schema.members().iter().zip(&self.members) {
            if let Some(value) = value {
                out.field(
                    member.name(),
                    &Shown {
                        value,
                        of: member.target(),
                    },
                );
            }
        }
        if let Some(unknown) = &self.unknown {
            // Its value may be anything, a secret too.
            out.field(&unknown.name, &format_args!("{REDACTED}"));
        }
        out.finish()
    }
}

/// A value as far as its schema lets it be seen.
struct Shown<'a> {
    value: &'a Any,
    of: &'static Schema,
}

fn target(member: Option<&'static Member>) -> Option<&'static Schema> {
    member.map(Member::target)
}

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let members = self.of.members();
        match self.value {
            _ if self.of.is_sensitive() => f.write_str(REDACTED),
            Any::List(values) if let Some(of) = target(members.first()) => f
                .debug_list()
                .entries(values.iter().map(|value| Shown { value, of }))
                .finish(),
            Any::Map(entries) if let [key, value] = members => {
                let show_key = !key.target().is_sensitive();
                let entries = entries.iter().map(|(name, of_name)| {
                    (
                        if show_key { name.as_str() } else { REDACTED },
                        Shown {
                            value: of_name,
                            of: value.target(),
                        },
                    )
                });
                f.debug_map().entries(entries).finish()
            }
            // Without members it is unknown whether the content is secret.
            Any::Map(_) if !members.is_empty() => f.write_str(REDACTED),
            value => value.fmt(f),
        }
    }
}
