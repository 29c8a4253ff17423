//! Inputs, outputs and types as JSON, YAML and so on.
//!
//! With the feature `serde`, the inputs and outputs of operations and everything in `types` implement serde's `Serialize`
//! and `Deserialize`:
//!
//! ```toml
//! [dependencies]
//! connectparticipant = { version = "0.1", features = ["serde"] }
//! serde_json = "1"
//! ```
//!
//! This function saves a page of a transcript:
//!
//! ```ignore
//! /// Writes a page of a transcript to a file.
//! fn save(page: &GetTranscriptOutput, path: &Path) -> Result<(), Box<dyn Error>> {
//!     let file = File::create(path)?;
//!     serde_json::to_writer_pretty(file, page)?;
//!     Ok(())
//! }
//! ```
//!
//! And this one reads it:
//!
//! ```ignore
//! /// Reads a page of a transcript from a file.
//! fn load(path: &Path) -> Result<GetTranscriptOutput, Box<dyn Error>> {
//!     let file = File::open(path)?;
//!     Ok(serde_json::from_reader(file)?)
//! }
//! ```
//!
//! An input that was read is sent by the operation's `with_input`, or by the builder's methods where it is part of another
//! one.
//!
//! # The form
//!
//! | in the model | serialized as |
//! | --- | --- |
//! | names of members | as in the model, or the `@jsonName`, wherever the member is in the HTTP message |
//! | members that aren't set | left out |
//! | enums | strings, integers |
//! | unions | a map with one entry, or what `alloy#discriminated` and `alloy#untagged` say |
//! | blobs | strings in Base64 |
//! | timestamps | in the member's `@timestampFormat`, otherwise strings in RFC 3339; to the microsecond |
//! | documents | the value itself |
//! | `NaN`, `Infinity`, `-Infinity`, numbers of unlimited size | strings |
//!
//! Deserializing is as lenient as reading a response: unknown keys are ignored, a required member that is missing gets an
//! empty value, and each timestamp may be in any of Smithy's formats. So the JSON that the AWS CLI prints is accepted.
//! What is wrong is named by its path, and values never appear in errors.
//!
//! Any self-describing format can be used: JSON, YAML, TOML, CBOR, `MessagePack`. `bincode` and `postcard` are not
//! self-describing.
//!
//! # What to consider
//!
//! - **Sensitive members are serialized**, although `Debug` hides them: serialized values are data. Keep them where they may
//!   be kept.
//! - A stream is serialized if it is in memory, and an error otherwise. To serialize the rest of such an output, take the
//!   stream out first: `std::mem::take(&mut output.body)`. Streams of events are left out.
//! - What a call gives beside the members, such as the request id, isn't part of an output's serialized form.
