//! Files that are uploaded and downloaded by presigned URLs.
//!
//! Some operations return a URL for a file instead of taking or returning the file. The feature `transfer` adds methods to
//! the client that do all of it: they call the operation, send or receive the file, and complete the upload. A method takes
//! the input of the operation that returns the URL, and has the name that the crate's module `transfer` gives it.
//!
//! An upload takes name, size and media type from the file, unless they are set:
//!
//! ```ignore
//! let uploaded = client
//!     .upload_attachment()
//!     .connection_token(token)
//!     .path(path)
//!     .on_progress(|progress| eprintln!("{} bytes", progress.bytes))
//!     .send()
//!     .await?;
//! ```
//!
//! The file is read while it is sent. `body` takes bytes or a stream instead of `path`. If the connection breaks, the file is
//! sent again from its start, as often as the client's settings for retries allow; if the URL has expired, the service is
//! asked for a new one.
//!
//! A download is written to a temporary file beside its target, and renamed when it is complete:
//!
//! ```ignore
//! let downloaded = client
//!     .download_attachment()
//!     .connection_token(token)
//!     .attachment_id(id)
//!     .output_path(path)
//!     .send()
//!     .await?;
//! ```
//!
//! If the connection breaks, it is resumed where it broke off. A file of another size than the service said is an error.
//!
//! Dropping the future ends a transfer: an upload isn't completed then, and the temporary file is removed. The error says at
//! which stage a transfer failed:
//!
//! ```ignore
//! match error.stage() {
//!     TransferStage::Read => eprintln!("the file could not be read: {error}"),
//!     TransferStage::Complete => eprintln!("the file is there, but nobody sees it: {error}"),
//!     _ => eprintln!("{error}"),
//! }
//! ```
//!
//! URLs and headers of a transfer are secrets: neither errors nor the log contain more of them than the host.
