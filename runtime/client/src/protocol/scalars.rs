//! Scalars as text, for writers that write all scalars as text with `fn text(&mut self, &'static Member, &str)`.

/// The functions of a [`Writer`](crate::shape::Writer) for booleans and numbers.
macro_rules! numbers_as_text {
    () => {
        fn boolean(&mut self, member: &'static Member, value: bool) -> Result<(), EncodeError> {
            self.text(member, if value { "true" } else { "false" })
        }

        fn integer(&mut self, member: &'static Member, value: i64) -> Result<(), EncodeError> {
            self.text(member, Encoder::from(value).encode())
        }

        fn float(&mut self, member: &'static Member, value: f32) -> Result<(), EncodeError> {
            self.text(member, Encoder::from(value).encode())
        }

        fn double(&mut self, member: &'static Member, value: f64) -> Result<(), EncodeError> {
            self.text(member, Encoder::from(value).encode())
        }

        fn number(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError> {
            self.text(member, value)
        }
    };
}

/// The functions for all scalars.
#[cfg(feature = "xml")]
macro_rules! scalars_as_text {
    () => {
        crate::protocol::scalars::numbers_as_text!();

        fn string(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError> {
            self.text(member, value)
        }

        fn blob(&mut self, member: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
            self.text(member, &base64::encode(value))
        }

        fn timestamp(
            &mut self,
            member: &'static Member,
            value: &DateTime,
        ) -> Result<(), EncodeError> {
            let format = member
                .timestamp_format()
                .unwrap_or(TimestampFormat::DateTime);
            self.text(member, &format_timestamp(value, format)?)
        }
    };
}

pub(super) use numbers_as_text;
#[cfg(feature = "xml")]
pub(super) use scalars_as_text;
