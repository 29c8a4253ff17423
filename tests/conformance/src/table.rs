//! What the generated program consists of.

use crate::params;
use std::pin::Pin;
use swage_client::error::{DecodeError, EncodeError};
use swage_client::{Client, Shape};
use swage_codegen::node::Node;

/// All that is tested.
#[derive(Debug)]
pub struct Suite {
    /// The files that the models stand in.
    pub models: &'static [&'static str],
    /// The services that a client was generated for.
    pub services: &'static [Service],
}

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Its tables, as the command line has them.
    pub cli: &'static swage_cli::Cli,
    /// Its operations with their types.
    pub operations: &'static [Typed],
}

/// An operation of a generated client.
#[derive(Debug)]
pub struct Typed {
    /// Its name in the model.
    pub name: &'static str,
    /// Calls it through its types, with an input of these params.
    pub call: fn(Client, &Node) -> Result<Call, DecodeError>,
}

/// A call under way.
pub type Call = Pin<Box<dyn Future<Output = Result<Answer, Failed>>>>;

/// An output or a modelled error.
pub struct Answer {
    /// What came.
    pub found: Box<dyn Shape>,
    /// One with nothing set, to make what is expected of.
    pub blank: Box<dyn Shape>,
}

/// Why a call failed.
pub enum Failed {
    /// By an error that the model has.
    Modelled(Answer),
    /// Otherwise: what it says.
    Other(String),
}

impl Answer {
    /// One that has a type.
    pub fn new<T: Shape + 'static>(found: T) -> Self {
        Self {
            found: Box::new(found),
            blank: Box::new(T::blank()),
        }
    }
}

impl From<EncodeError> for Failed {
    fn from(error: EncodeError) -> Self {
        Self::Other(error.to_string())
    }
}

/// Calls an operation through its types.
pub fn typed<I, O, F>(params: &Node, send: impl FnOnce(I) -> F) -> Result<Call, DecodeError>
where
    I: Shape,
    O: Shape + 'static,
    F: Future<Output = Result<O, Failed>> + 'static,
{
    let mut input = I::blank();
    params::fill(&mut input, params)?;
    let call = send(input);
    Ok(Box::pin(async move { call.await.map(Answer::new) }))
}
