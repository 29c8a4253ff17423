//! Inputs and outputs of calls, as interceptors see them.

use crate::error::{Failure, ServiceError};
use crate::shape::Shape;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};
use std::fmt;
use std::marker::PhantomData;
use std::mem;

/// The input of a call, with or without a type. Interceptors see one that has a type.
pub(in crate::client) trait InputSlot: Send {
    fn shape(&mut self) -> &mut dyn Shape;
    fn take(&mut self) -> Input;
    fn put(&mut self, input: Input);
    /// The shape in what `take` gave.
    fn seen<'a>(&self, input: &'a Input) -> Option<&'a dyn Shape>;
}

/// The output of a call, with or without a type. Interceptors see one that has a type.
pub(in crate::client) trait OutputSlot: Send {
    fn shape(&mut self) -> &mut dyn Shape;
    fn take(&mut self) -> Output;
    fn put(&mut self, output: Output);
    fn error(&self, response: Box<ServiceError>) -> Error;
    /// Whether the error was made of that response.
    fn is_of(&self, error: &Error, response: &ServiceError) -> bool;
}

/// An input or output with a type.
pub(in crate::client) struct Typed<T, E> {
    pub(in crate::client) value: T,
    error: PhantomData<fn() -> E>,
}

impl<T, E> Typed<T, E> {
    pub(in crate::client) fn new(value: T) -> Self {
        Self {
            value,
            error: PhantomData,
        }
    }
}

impl<T: Shape + fmt::Debug + 'static, E> InputSlot for Typed<T, E> {
    fn shape(&mut self) -> &mut dyn Shape {
        &mut self.value
    }

    fn take(&mut self) -> Input {
        Input::erase(mem::replace(&mut self.value, T::blank()))
    }

    fn put(&mut self, input: Input) {
        if let Ok(input) = input.downcast() {
            self.value = input;
        }
    }

    fn seen<'a>(&self, input: &'a Input) -> Option<&'a dyn Shape> {
        Some(input.downcast_ref::<T>()?)
    }
}

impl<T: Shape + fmt::Debug + 'static, E: Erased> OutputSlot for Typed<T, E> {
    fn shape(&mut self) -> &mut dyn Shape {
        &mut self.value
    }

    fn take(&mut self) -> Output {
        Output::erase(mem::replace(&mut self.value, T::blank()))
    }

    fn put(&mut self, output: Output) {
        if let Ok(output) = output.downcast() {
            self.value = output;
        }
    }

    fn error(&self, response: Box<ServiceError>) -> Error {
        E::erased(response)
    }

    fn is_of(&self, error: &Error, response: &ServiceError) -> bool {
        E::response_in(error).is_some_and(|of| is_equal(of, response))
    }
}

/// An input or output without a type.
pub(in crate::client) struct Untyped<'a>(pub(in crate::client) &'a mut dyn Shape);

impl InputSlot for Untyped<'_> {
    fn shape(&mut self) -> &mut dyn Shape {
        self.0
    }

    fn take(&mut self) -> Input {
        Input::erase(())
    }

    fn put(&mut self, _input: Input) {}

    fn seen<'a>(&self, _input: &'a Input) -> Option<&'a dyn Shape> {
        None
    }
}

impl OutputSlot for Untyped<'_> {
    fn shape(&mut self) -> &mut dyn Shape {
        self.0
    }

    fn take(&mut self) -> Output {
        Output::erase(())
    }

    fn put(&mut self, _output: Output) {}

    fn error(&self, response: Box<ServiceError>) -> Error {
        Failure::erased(response)
    }

    fn is_of(&self, error: &Error, response: &ServiceError) -> bool {
        Failure::response_in(error).is_some_and(|of| is_equal(of, response))
    }
}

/// Whether it is the same response; responses share their bodies.
fn is_equal(one: &ServiceError, other: &ServiceError) -> bool {
    one.attempts == other.attempts && one.body.as_ptr() == other.body.as_ptr()
}

/// An error that interceptors see as one of its own, without a type.
#[doc(hidden)]
pub trait Erased {
    /// The error of that response.
    fn erased(response: Box<ServiceError>) -> Error {
        Error::erase(Unknown(response))
    }

    /// The response that the error was made of.
    fn response_in(error: &Error) -> Option<&ServiceError> {
        error.downcast_ref::<Unknown>().map(|error| &*error.0)
    }
}

impl Erased for Failure {}

impl<E: crate::error::FromResponse> Erased for crate::error::SdkError<E> {
    fn erased(response: Box<ServiceError>) -> Error {
        Error::erase(E::from_response(response))
    }

    fn response_in(error: &Error) -> Option<&ServiceError> {
        error.downcast_ref::<E>()?.response()
    }
}

/// An error of an operation without types.
#[derive(Debug)]
struct Unknown(Box<ServiceError>);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Unknown {}
