//! JSON as written by Python's `json.dumps`: a space after `:` and `,`, and ASCII only. Names of cache files
//! are digests of such texts.

use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The text of a value, with the keys of objects sorted.
pub(crate) fn to_string(value: &Value) -> String {
    // Objects keep the order of insertion if any package of the program asks serde_json for that.
    let mut value = value.clone();
    value.sort_all_objects();
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Python);
    // Writing to memory can't fail, and a `Value` has no map with keys that aren't strings.
    let _ = serde_core::Serialize::serialize(&value, &mut serializer);
    String::from_utf8_lossy(&out).into_owned()
}

struct Python;

impl Formatter for Python {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(out, first)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut escaped = String::with_capacity(fragment.len());
        for c in fragment.chars() {
            if c.is_ascii() {
                escaped.push(c);
                continue;
            }
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String can't fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
        out.write_all(escaped.as_bytes())
    }
}

fn separate<W: ?Sized + Write>(out: &mut W, first: bool) -> io::Result<()> {
    out.write_all(if first { b"" } else { b", " })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn is_written_as_by_python() {
        let value = json!({"b": [1, "é\u{1F600}\u{7f}\n\u{1}\"\\/"], "a": {}, "c": null});
        assert_eq!(
            super::to_string(&value),
            r#"{"a": {}, "b": [1, "\u00e9\ud83d\ude00"#.to_owned()
                + "\u{7f}"
                + r#"\n\u0001\"\\/"], "c": null}"#
        );
    }
}
