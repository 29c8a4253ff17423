//! What all builders have in common, whatever their members are.

use std::fmt::{self, Debug, Formatter, Write};

/// Shows a builder as the structure that it makes, but for the name.
pub fn debug_builder(name: &str, made: &dyn Debug, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str(name)?;
    let is_alternate = f.alternate();
    let mut rest = AfterName {
        to: f,
        named: false,
    };
    if is_alternate {
        write!(rest, "{made:#?}")
    } else {
        write!(rest, "{made:?}")
    }
}

/// Leaves out the name at the beginning.
struct AfterName<'a, 'f> {
    to: &'a mut Formatter<'f>,
    named: bool,
}

impl Write for AfterName<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let text = if self.named {
            text
        } else {
            text.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
        };
        self.named |= !text.is_empty();
        self.to.write_str(text)
    }
}
