//! Calls without async.
//!
//! With the feature `blocking`, a program needs neither async nor a runtime of its own:
//!
//! ```toml
//! [dependencies]
//! connectparticipant = { version = "0.1", features = ["blocking"] }
//! ```
//!
//! `send_blocking` takes the place of `send`, `iter_blocking` makes an iterator of pages or items, and `wait_blocking` takes
//! the place of a waiter's `wait`:
//!
//! ```ignore
//! /// The messages of a chat.
//! fn messages(client: &Client, token: &str) -> Result<Vec<String>, Error> {
//!     let request = client.get_transcript().connection_token(token);
//!     let mut messages = Vec::new();
//!     for page in request.into_paginator().pages().iter_blocking() {
//!         for item in page?.transcript.unwrap_or_default() {
//!             if item.r#type() == Some(&ChatItemType::Message) {
//!                 messages.extend(item.content);
//!             }
//!         }
//!     }
//!     Ok(messages)
//! }
//! ```
//!
//! Everything else that is async goes through `blocking::run`, such as the body of an output that is a stream:
//! `blocking::run(output.body.collect())`.
//!
//! All blocking calls share one thread, which the first of them starts and which keeps connections open. Any number of threads
//! can call at the same time.
//!
//! # Within an async runtime
//!
//! A blocking call would stop all other tasks of the thread, so it is an error there, which says so. Await the call instead.
//! In a closure that is meant to block, such as that of `tokio::task::spawn_blocking`, use
//! `tokio::runtime::Handle::current().block_on(request.send())`.
