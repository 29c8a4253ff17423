//! A client for services that a program knows at run time only, by their tables.
//!
//! Generated crates are better where the services are known: the compiler checks names and types. This client takes the name
//! of an operation and its input as JSON, and gives its output as JSON. The tables come from a [pack](crate::pack), which
//! `swage pack` makes of any models, and the library of `swage` in memory.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use serde_json::json;
//! use swage_client::dynamic::Service;
//!
//! let service = Service::open(std::fs::read("aws.pack")?, "sqs")?;
//! let client = service.client(service.settings().region("eu-west-2"))?;
//! let queues = client.call("ListQueues", json!({"QueueNamePrefix": "chat-"})).await?;
//! println!("{}", queues["QueueUrls"]);
//! # Ok(())
//! # }
//! ```
//!
//! # JSON
//!
//! It has the form that the feature `serde` gives generated types: members by their names in the model, blobs in Base64,
//! timestamps as RFC 3339 says. Members that an input doesn't have are errors, in an output they are ignored. A stream of
//! bytes is a blob, which is read to its end. Streams of events aren't supported.
//!
//! Everything else is as with generated clients: settings, credentials, endpoints, validation, retries, errors, the log.

mod error;
mod fit;
mod nearest;
mod pages;
mod wait;

pub use error::Error;
pub use pages::Pages;

use crate::error::{ConfigError, Failure, InputError};
use crate::operation::Operation;
use crate::pack::{Pack, PackError, PackedService};
use crate::protocol::{json, read_error};
use crate::record::Record;
use crate::shape::{self, Shape};
use crate::{ClientBuilder, Metadata};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// A service of a pack. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Service {
    packed: PackedService,
    table: &'static crate::operation::Service,
}

impl Service {
    /// Opens the service of a pack whose commands have this name, such as `sqs`. The pack is kept for as long as the program
    /// runs.
    ///
    /// # Errors
    ///
    /// The bytes aren't a pack, there is no such service, or this program was built without the service's protocol.
    pub fn open(pack: impl Into<Cow<'static, [u8]>>, name: &str) -> Result<Self, PackError> {
        let bytes = match pack.into() {
            Cow::Borrowed(bytes) => bytes,
            Cow::Owned(bytes) => bytes.leak(),
        };
        Self::new(Pack::open(bytes)?.service(name)?)
    }

    /// Takes a service of a pack that is open already.
    ///
    /// # Errors
    ///
    /// The pack is damaged, or this program was built without the service's protocol.
    pub fn new(packed: PackedService) -> Result<Self, PackError> {
        let table = packed.table()?;
        Ok(Self { packed, table })
    }

    /// Returns the names of its operations, sorted.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn operations(self) -> Result<Vec<&'static str>, PackError> {
        self.packed.operation_names()
    }

    /// Returns the settings of a client, to be changed and passed to [`Service::client`].
    pub fn settings(self) -> ClientBuilder {
        crate::Client::builder(self.table)
    }

    /// Makes a client.
    ///
    /// # Errors
    ///
    /// A setting is invalid, or the settings are those of another service.
    pub fn client(self, settings: ClientBuilder) -> Result<Client, ConfigError> {
        if !std::ptr::eq(settings.service(), self.table) {
            let what = "the settings are those of another service";
            return Err(ConfigError::Setting(what.to_owned()));
        }
        let client = settings.build()?;
        Ok(Client {
            client,
            packed: self.packed,
        })
    }

    /// Finds an operation by its name.
    ///
    /// # Errors
    ///
    /// There is no such operation, or the pack is damaged.
    pub fn operation(self, name: &str) -> Result<&'static Operation, Error> {
        operation(self.packed, name)
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Service").field(&self.table.sdk_id).finish()
    }
}

fn operation(packed: PackedService, name: &str) -> Result<&'static Operation, Error> {
    packed.operation(name).map_err(|error| match error {
        PackError::NoOperation(name) => {
            let names = packed.operation_names().unwrap_or_default();
            let nearest = nearest::of(&name, &names);
            Error::NoOperation { name, nearest }
        }
        other => Error::Pack(other),
    })
}

/// Calls operations by their names. Cheap to clone: clones share connections, credentials and retry tokens.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    packed: PackedService,
}

impl Client {
    /// Calls an operation with an input as JSON, and returns its output as JSON. An empty object or `null` is an input
    /// without members.
    ///
    /// # Errors
    ///
    /// There is no such operation, the input doesn't fit it, or the call fails.
    pub async fn call(&self, operation: &str, input: Value) -> Result<Value, Error> {
        let operation = self::operation(self.packed, operation)?;
        let (output, _) = self.send(operation, record(operation, &input)?).await?;
        value(output).await
    }

    /// Calls an operation with a record of its input, and returns its output as a record, with what else is known of the
    /// call. Streams of bytes aren't read.
    ///
    /// # Errors
    ///
    /// There is no such operation, the record isn't of its input, or the call fails.
    pub async fn call_record(
        &self,
        operation: &str,
        input: Record,
    ) -> Result<(Record, Metadata), Error> {
        let operation = self::operation(self.packed, operation)?;
        if !std::ptr::eq(Record::schema(&input), operation.input) {
            let problem = format!("expected a record of {}", operation.input.id());
            return Err(unfit(vec![problem]));
        }
        self.send(operation, input).await
    }

    /// Returns all pages of an operation. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// There is no such operation, it has no pages, or the input doesn't fit it.
    pub fn pages(&self, operation: &str, input: Value) -> Result<Pages, Error> {
        let operation = self::operation(self.packed, operation)?;
        record(operation, &input)?;
        Pages::new(self.clone(), operation, input)
    }

    async fn send(
        &self,
        operation: &'static Operation,
        mut input: Record,
    ) -> Result<(Record, Metadata), Error> {
        refuse_events(operation)?;
        let mut output = Record::new(operation.output);
        let call = self.client.call(operation, &mut input, &mut output).await;
        let metadata = call.map_err(Error::Call)?;
        output.correct_errors();
        Ok((output, metadata))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

fn refuse_events(operation: &Operation) -> Result<(), Error> {
    let is_stream =
        |of: &crate::Schema| of.is_streaming() && of.kind() == crate::schema::Kind::Union;
    let mut members = operation
        .input
        .members()
        .iter()
        .chain(operation.output.members());
    if members.any(|member| is_stream(member.target())) {
        let problem = format!(
            "{} has a stream of events, which isn't supported",
            operation.name
        );
        return Err(unfit(vec![problem]));
    }
    Ok(())
}

fn unfit(problems: Vec<String>) -> Error {
    Error::Call(Failure::Input(InputError { problems }))
}

/// A record of the operation's input.
fn record(operation: &'static Operation, input: &Value) -> Result<Record, Error> {
    let mut record = Record::new(operation.input);
    if input.is_null() {
        return Ok(record);
    }
    let unknown = fit::unknown_members(input, operation.input);
    if !unknown.is_empty() {
        return Err(unfit(unknown));
    }
    let read = json::deserialize_into(input, &mut record);
    read.map_err(|error| unfit(vec![error.to_string()]))?;
    fit::check(&record).map_err(|error| unfit(vec![error.to_string()]))?;
    Ok(record)
}

/// An output as JSON. Its stream is read to the end.
async fn value(mut output: Record) -> Result<Value, Error> {
    for (index, member) in Record::schema(&output).members().iter().enumerate() {
        let place = output
            .member_mut(index)
            .filter(|_| member.target().is_streaming());
        let Some(stream) = place.and_then(shape::Value::take_stream) else {
            continue;
        };
        let bytes = stream.collect().await;
        let bytes = bytes.map_err(|error| Error::Stream(error.to_string()))?;
        output.set(index, crate::Any::Blob(bytes.to_vec()));
    }
    json_of(&output)
}

fn json_of(shape: &dyn Shape) -> Result<Value, Error> {
    let value = json::serialize(shape, serde_json::value::Serializer);
    value.map_err(|error| Error::Stream(error.to_string()))
}

impl Error {
    /// Returns the members of an error of the service as JSON, if the model has the error.
    pub fn members(&self) -> Option<Value> {
        let error = self.service_error()?;
        let mut record = Record::new(error.schema?);
        let protocols = crate::protocol::ALL.iter();
        let protocol = protocols.copied().find(|of| of.id() == error.protocol)?;
        read_error(protocol, error, &mut record).ok()?;
        json_of(&record).ok()
    }
}
