//! All pages of a result, and waiting for a state.
//!
//! # Pages
//!
//! Operations that return their results in pages have `into_paginator()`. It passes on the tokens:
//!
//! ```ignore
//! let transcript = client
//!     .get_transcript()
//!     .connection_token(token)
//!     .scan_direction(ScanDirection::Forward);
//! let mut pages = transcript.into_paginator().send();
//! let mut greeted = 0;
//! while let Some(page) = pages.try_next().await? {
//!     for item in page.transcript() {
//!         if item.content_type() != Some(JOINED) {
//!             continue;
//!         }
//!         let name = item.display_name().unwrap_or("stranger");
//!         let message = client
//!             .send_message()
//!             .connection_token(token)
//!             .content_type("text/plain")
//!             .content(format!("Hello, {name}!"));
//!         message.send().await?;
//!         greeted += 1;
//!     }
//! }
//! ```
//!
//! A page is fetched when it is asked for. `page_size` sets the number of results of each, and where the model names the
//! results, `items()` gives them one by one. The pages end with the first error.
//!
//! # Waiters
//!
//! For operations with waiters, a client has methods `wait_until_…`. They take the operation's input, and `wait` takes the
//! longest time to wait:
//!
//! ```text
//! let waited = client
//!     .wait_until_bucket_exists()
//!     .bucket("pictures")
//!     .wait(Duration::from_secs(60))
//!     .await?;
//! ```
//!
//! The operation is called with growing pauses until the state is reached. It is an error if that can't happen any more, if
//! a call fails otherwise, or if the time is over. Calls have the client's retries and time limits.
