//! Tests of code that calls a service.
//!
//! With the feature `test-util`, a generated crate has a module `mock`: clients whose calls are answered by rules. It belongs
//! below `[dev-dependencies]`:
//!
//! ```toml
//! [dev-dependencies]
//! connectparticipant = { version = "0.1", features = ["test-util"] }
//! ```
//!
//! # Rules
//!
//! A rule names an operation by the client's method, and what answers it. Inputs, outputs and errors have their types:
//!
//! ```ignore
//! let to_ann = mock::rule(Client::send_message)
//!     .match_requests(|input| input.content() == Some("Hello, Ann!"))
//!     .then_output(|| SendMessageOutput::builder().build());
//! ```
//!
//! A client that is made with rules calls no service. The code under test gets it as any other:
//!
//! ```ignore
//! let client = mock::client(Client::builder(), [&transcript(), &to_ann, &to_bob]);
//!
//! assert_eq!(greet(&client, "token").await.unwrap(), 2);
//! assert_eq!((to_ann.num_calls(), to_bob.num_calls()), (1, 1));
//! ```
//!
//! The first rule that fits answers. A call that fits none fails with an error that says so.
//!
//! Outputs can depend on the input, which is what pages need:
//!
//! ```ignore
//! mock::rule(Client::get_transcript).then_compute_output(|input| {
//!     let page = GetTranscriptOutput::builder();
//!     match input.next_token() {
//!         None => page.transcript(joined("Ann")).next_token("2").build(),
//!         Some(_) => page.transcript(joined("Bob")).build(),
//!     }
//! })
//! ```
//!
//! # Errors
//!
//! An error is made as the service would send it, and arrives as such:
//!
//! ```ignore
//! let refused = mock::rule(Client::send_message).then_error(|| {
//!     let error = AccessDeniedException::builder().message("The token has expired");
//!     SendMessageError::AccessDeniedException(error.build().unwrap())
//! });
//! ```
//!
//! # Sequences
//!
//! Answers can differ from request to request. Retries are requests, too; they don't pause:
//!
//! ```ignore
//! let sent = mock::rule(Client::send_message)
//!     .sequence()
//!     .http_status(503, None)
//!     .output(|| SendMessageOutput::builder().build())
//!     .times(2)
//!     .build();
//! let client = mock::client(Client::builder(), [&transcript(), &sent]);
//!
//! assert_eq!(greet(&client, "token").await.unwrap(), 2);
//! assert_eq!(sent.num_calls(), 3);
//! ```
//!
//! # Coming from `aws-smithy-mocks`
//!
//! | there | here |
//! | --- | --- |
//! | `mock!(Client::send_message)` | `mock::rule(Client::send_message)` |
//! | `mock_client!(connectparticipant, [&rule])` | `mock::client(Client::builder(), [&rule])` |
//! | `mock_client!(connectparticipant, RuleMode::MatchAny, [&rule], \|config\| …)` | `mock::client(Client::builder().…, [&rule])` |
//! | `RuleMode::Sequential` | rules whose sequences end, in this order |
//!
//! The methods of rules and sequences have the same names.
//!
//! # What rules don't replace
//!
//! Inputs are validated, requests are made and signed, interceptors run. The answer of a rule takes the place of the
//! service's response, so it isn't in the service's protocol, except for HTTP responses. Streams in outputs must be in
//! memory; streams in inputs aren't passed to matchers. Operations with streams of events can only be answered by HTTP
//! responses.
