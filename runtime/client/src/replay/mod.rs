//! Recordings of requests and responses, for tests that repeat them without a service.
//!
//! A [`Recorder`] is a [`Transport`](crate::transport::Transport) that passes requests on to another one and remembers what
//! was sent and received. Its file is JSON that can be read and reviewed. A [`Replayer`] is a transport that answers from such
//! a file.
//!
//! # The file
//!
//! | field | is |
//! | --- | --- |
//! | `version` | 1 |
//! | `redacted` | the names of headers and members that were redacted because the recorder was told so |
//! | `exchanges` | requests with their responses, in the order in which they were sent |
//!
//! A request has `method`, `uri`, `headers` and `body`, a response `status`, `headers` and `body`. `operation` is its name in the
//! model. Bodies are `json` if they are JSON without blanks, otherwise `text` or `base64`; responses that are events have
//! `events`, each with its name, its payload, and the `frame` that is replayed. A request without a response has an `error`.
//! Names are in alphabetical order. Headers that differ each time are left out: time, ids of calls, user agent, lengths.
//!
//! # Secrets
//!
//! None is written to a file. `REDACTED` takes the place of
//!
//! - headers that authenticate, and those bound to `@sensitive` members
//! - parameters of presigned URLs, in queries, headers and bodies, and user names and passwords in URLs
//! - members that are `@sensitive`
//! - members whose names say that they are credentials, such as `SecretAccessKey`, `Password` and `…Token`, except tokens
//!   of pages
//! - what [`Recorder::redact_header`] and [`Recorder::redact_member`] name
//!
//! Sensitive numbers become 0, lists and structures empty. Idempotency tokens, which are random, become `IDEMPOTENCY-TOKEN`.
//! A body that can't be read is left out if it could contain a secret.
//!
//! # Which response is replayed
//!
//! The first that hasn't been used yet and whose request has the same method, path, query and body. Before they are
//! compared, requests are redacted as in a recording. JSON is compared by its values, forms by their parameters regardless of
//! their order, everything else byte by byte. Events that were sent aren't compared. Host and headers may differ.

mod exchange;
mod file;
mod json;
mod recorder;
mod redact;
mod replayer;
mod tee;

pub use file::RecordingError;
pub use recorder::Recorder;
pub use replayer::Replayer;
