//! A header on every request, and other changes of requests and responses.
//!
//! An interceptor is added to the settings of a client, or to a single call by `customize()`. Three functions make one from a
//! closure:
//!
//! | function | is called with |
//! | --- | --- |
//! | `before_signing` | each request before it is signed |
//! | `after_signing` | each request as it is sent |
//! | `after_response` | each response before it is read |
//!
//! This client sends a header with every request, and refuses responses that announce maintenance:
//!
//! ```ignore
//! Config::builder()
//!     .region(Region::new("eu-west-2"))
//!     .interceptor(before_signing(|request| {
//!         request.headers_mut().insert("x-tenant", "example");
//!         Ok(())
//!     }))
//!     .interceptor(after_response(|response| {
//!         match response.headers().get("x-maintenance") {
//!             Some(when) => Err(format!("the service is not available {when}").into()),
//!             None => Ok(()),
//!         }
//!     }))
//! ```
//!
//! They are in `config::interceptors`. A retry is a request of its own, for which they are called again. An error ends the
//! call, with the error's text.
//!
//! For all other stages, implement the trait `config::Intercept`: it has a method for each of them, and sees the input, the
//! output and the error, too.
