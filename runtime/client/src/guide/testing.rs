//! Tests of code that calls a service.
//!
//! With the feature `test-util`, a generated crate has the modules `mock` and `replay`. There are three ways to test:
//!
//! | | answers | knows | for |
//! | --- | --- | --- | --- |
//! | `mock::client` | rules, within the client | inputs, outputs and errors with their types | most tests |
//! | `replay` | a recording | what a service has answered before | long conversations, services that are hard to imitate |
//! | `mock::Server` | rules, over HTTP | inputs, outputs and errors with their types | programs in other processes and languages |
//!
//! The feature belongs below `[dev-dependencies]`:
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
//! # Recordings
//!
//! A `Recorder` is a transport that passes requests on to the service and writes them to a file with their responses:
//!
//! ```ignore
//! /// Records a chat with the service at a URL.
//! async fn record(url: &str, path: &Path) {
//!     let recorder = Recorder::default();
//!     let client = Client::builder().region("eu-west-2").endpoint_url(url);
//!     let client = client.transport(recorder.clone()).build().unwrap();
//!     greet(&client, "token").await.unwrap();
//!     recorder.save(path).unwrap();
//! }
//! ```
//!
//! The file is JSON without secrets: credentials, signatures and sensitive members are replaced. Review it all the same before
//! you share it. A `Replayer` is a transport that answers from the file, and sends nothing:
//!
//! ```ignore
//! let replayer = Replayer::load("recordings/greeter.json").unwrap();
//! let client = Client::builder().region("eu-west-2");
//! let client = client.transport(replayer.clone()).build().unwrap();
//!
//! assert_eq!(greet(&client, "token").await.unwrap(), 2);
//! assert_eq!(replayer.unused(), [""; 0]);
//! ```
//!
//! Requests are compared by method, path, query and body. One that wasn't recorded is an error that says how it differs
//! from the most similar one. The module `replay` describes the file, what is redacted and what is compared.
//!
//! # A server
//!
//! A `mock::Server` listens on `127.0.0.1` and answers by the same rules, in the protocol of the service. So a program can be
//! tested as it is, in a process of its own:
//!
//! ```ignore
//! let server = mock::Server::start([&transcript, &sent]).unwrap();
//! let output = Command::new(env!("CARGO_BIN_EXE_greeter"))
//!     .arg("token")
//!     .env("ENDPOINT_URL", server.url())
//!     .output()
//!     .unwrap();
//!
//! assert_eq!(output.stdout, b"1 greeted\n");
//! assert_eq!(sent.num_calls(), 1);
//! assert_eq!(server.unanswered(), [""; 0]);
//! ```
//!
//! It speaks HTTP/1.1 without TLS, and doesn't verify signatures.
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
//! responses or by recordings.
