//! Errors, and what to do about them.
//!
//! `send()` returns an `SdkError`, which says how far the call came and has the error of the operation. It converts into the
//! crate's `Error`, one enum for all operations, so that `?` is all that most programs need:
//!
//! ```ignore
//! /// Leaves a chat. Returns false if the participant had left before.
//! async fn leave(client: &Client, token: &str) -> Result<bool, Error> {
//!     let request = client.disconnect_participant().connection_token(token);
//!     match request.send().await.map_err(Error::from) {
//!         Ok(_) => Ok(true),
//!         Err(Error::AccessDeniedException(_)) => Ok(false),
//!         Err(error) => Err(error),
//!     }
//! }
//! ```
//!
//! | variant of `Error` | means | was anything sent? |
//! | --- | --- | --- |
//! | one for each error of the model | the service answered with that error | yes |
//! | `Unhandled` | the service answered with an error that the model doesn't have; `code()` names it | yes |
//! | `Input` | the input violates the model's constraints; all violations are listed | no |
//! | `Config` | settings are missing or invalid | no |
//! | `Transport` | no connection, or one that broke | perhaps |
//! | `Timeout` | a time limit passed | perhaps |
//! | `Response` | the response can't be read | yes |
//!
//! All have `code()`, `message()` and `request_id()`; AWS's support asks for the last one. The Display form tells everything
//! that is known, including the causes, and no secrets. Failures that can pass were retried before they are returned.
