//! Bodies that are streams, and events.
//!
//! # Bytes
//!
//! A member that is a stream has the type `ByteStream`. It is made of bytes in memory, of a file, or of any `http_body::Body`:
//!
//! ```no_run
//! # #[cfg(feature = "rt-tokio")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! # use swage_client::primitives::ByteStream;
//! let greeting = ByteStream::from_static(b"hello");
//! let picture = ByteStream::from_path("cat.png").await?;
//! # drop((greeting, picture));
//! # Ok(())
//! # }
//! ```
//!
//! Such an upload takes little memory, whatever its length. It is sent again after a failure if it can be read again, as
//! bytes and files can. How often it is read depends on checksums and signatures; the documentation of
//! `swage_client::client` lists it.
//!
//! The call returns as soon as the head of the response has arrived. The rest arrives while it is read:
//!
//! ```no_run
//! # async fn example(mut body: swage_client::primitives::ByteStream) -> Result<(), Box<dyn std::error::Error>> {
//! # use std::io::Write;
//! let mut file = std::fs::File::create("cat.png")?;
//! while let Some(piece) = body.try_next().await? {
//!     file.write_all(&piece)?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `collect()` reads all of it. An error means that the body isn't complete.
//!
//! # Events
//!
//! A stream of events in an output is an `EventReceiver`, whose `recv()` returns one event after the other, and `None` at the
//! end. In an input it is an `EventStreamSender`; `EventStreamSender::channel` has a writer whose `send()` sends an event at any
//! time. The example of each such operation shows it. Operations that send events need HTTP/2.
