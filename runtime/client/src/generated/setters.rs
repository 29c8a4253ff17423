//! The setters of generated requests and structures.
//!
//! Generated code says each setter on a line, below its documentation, as a trait would: `fn name(value: Type) -> set_name;`.
//! A `value: impl Into<String>` is converted, a `Box<Type>` is made of a `Type`, and what is called `secret` instead of
//! `value` is never shown.

/// What every request has: input with its members, setters, `send()`. `OPERATION` is in scope, and the crate's root has the
/// service's `Error`. A request whose operation has waiters is one of two kinds: `trait Name<Input, Output, Until>` makes
/// `Name`, which has `send()`, and `Name<swage_client::Until>`, which has `wait()`.
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the generated crate's error is meant"
)]
macro_rules! request {
    (@new $name:ident, $input:ident, $output:ident) => {
        #[allow(deprecated)]
        impl $name {
            pub(crate) fn new(client: $crate::Client) -> Self {
                Self {
                    client,
                    input: ::core::default::Default::default(),
                }
            }
        }
    };
    (@new $name:ident, $input:ident, $output:ident, $until:ident) => {
        #[allow(deprecated)]
        impl<$until> $name<$until> {
            pub(crate) fn new(client: $crate::Client, until: $until) -> Self {
                Self {
                    client,
                    input: ::core::default::Default::default(),
                    until,
                }
            }
        }

        #[allow(deprecated)]
        impl $name<$crate::Until> {
            /// Sends the request again and again until there is what is waited for, with pauses that grow, for as long as
            /// `max_wait`.
            pub async fn wait(
                self,
                max_wait: ::core::time::Duration,
            ) -> ::core::result::Result<
                $crate::FinalPoll<$output, crate::Error>,
                $crate::WaiterError<$output, crate::Error>,
            > {
                $crate::wait(&self.client, &OPERATION, self.until, self.input, max_wait).await
            }
        }
    };
    (
        $(#[$about:meta])*
        trait $name:ident<$input:ident, $output:ident $(, $until:ident)? $(,)?> {$(
            $(#[doc = $doc:literal])*
            $(#[deprecated $($old:tt)?])?
            fn $member:ident($($argument:tt)*) -> $set:ident;
        )*}
    ) => {
        $(#[$about])*
        #[non_exhaustive]
        pub struct $input {$(
            $(#[doc = $doc])*
            $(#[deprecated $($old)?])?
            pub $member: ::core::option::Option<$crate::argument!(type $($argument)*)>,
        )*}

        #[allow(deprecated)]
        impl ::core::fmt::Debug for $input {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($input))
                    $(.field(stringify!($member), $crate::argument!(shown self.$member, $($argument)*)))*
                    .finish()
            }
        }

        $crate::structure!(@ $input, OPERATION.input, [] $(, $member)*);

        $crate::request!(@new $name, $input, $output $(, $until)?);

        #[allow(deprecated)]
        impl $name {
            /// Sends the request.
            pub async fn send(self) -> ::core::result::Result<$output, crate::Error> {
                $crate::send(&self.client, &OPERATION, self.input).await
            }
        }

        #[allow(deprecated)]
        impl$(<$until>)? $name$(<$until>)? {
            /// Sets the whole input.
            pub fn with_input(mut self, input: $input) -> Self {
                self.input = input;
                self
            }

            /// What is set so far.
            pub fn as_input(&self) -> &$input {
                &self.input
            }
        }

        #[allow(deprecated)]
        impl$(<$until>)? $name$(<$until>)? {$(
            $crate::argument! {
                setter [$(#[doc = $doc])* $(#[deprecated $($old)?])?] $member [input.$member] [some] $($argument)*
            }

            $crate::argument! {
                clear [$(#[deprecated $($old)?])?] $member [input.$member] [$set] $($argument)*
            }
        )*}
    };
}

/// The setters of a structure: `fn name(value: Type) -> set_name;` for a member that is an `Option`, without `-> set_name`
/// for another.
#[macro_export]
macro_rules! setters {
    (
        trait $name:ident {$(
            $(#[deprecated $($old:tt)?])?
            fn $member:ident($($argument:tt)*) $(-> $set:ident)?;
        )*}
    ) => {
        #[allow(deprecated)]
        impl $name {$(
            $crate::argument! {
                setter
                [#[doc = concat!("Sets `", stringify!($member), "`.")] #[must_use] $(#[deprecated $($old)?])?]
                $member [$member] [$($set)?] $($argument)*
            }

            $crate::argument! {
                clear [#[must_use] $(#[deprecated $($old)?])?] $member [$member] [$($set)?] $($argument)*
            }
        )*}
    };
}

/// What a service adds to the settings of its client (`smithy.rules#clientContextParams`), as a trait of the builder:
/// `fn name(value: Type) -> set_name;` below the parameter's name in the endpoint rules.
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the generated crate's client is meant"
)]
macro_rules! client_params {
    (
        $(#[$about:meta])*
        trait $name:ident {$(
            $(#[doc = $doc:literal])*
            #[name = $wire:literal]
            fn $param:ident($value:ident: $($type:tt)*) -> $set:ident;
        )*}
    ) => {
        $(#[$about])*
        pub trait $name: ::core::marker::Sized {$(
            $(#[doc = $doc])*
            #[must_use]
            fn $param(self, $value: $($type)*) -> Self;

            #[doc = concat!("Sets or clears `", stringify!($param), "`.")]
            #[must_use]
            fn $set(self, value: ::core::option::Option<$crate::argument!(type $value: $($type)*)>) -> Self;
        )*}

        impl $name for $crate::ClientBuilder<crate::Client> {$(
            fn $param(self, $value: $($type)*) -> Self {
                self.$set(::core::option::Option::Some($value.into()))
            }

            fn $set(self, value: ::core::option::Option<$crate::argument!(type $value: $($type)*)>) -> Self {
                self.set_endpoint_param($wire, value.map($crate::endpoint::Value::from))
            }
        )*}
    };
}

/// What a setter takes: its type in the structure, how it is shown, the setter itself. A long line ends with a comma.
#[doc(hidden)]
#[macro_export]
macro_rules! argument {
    (type $name:ident: impl Into<$type:ty> $(,)?) => { $type };
    (type $name:ident: Box<$type:ty> $(,)?) => { ::std::boxed::Box<$type> };
    (type $name:ident: $type:ty $(,)?) => { $type };

    (shown $place:expr, secret: $($type:tt)*) => { &$crate::REDACTED };
    (shown $place:expr, value: $($type:tt)*) => { &$place };

    (some [] $value:expr) => { $value };
    (some [$some:ident] $value:expr) => { ::core::option::Option::Some($value) };

    (setter [$($about:tt)*] $member:ident [$($place:tt)*] $some:tt $name:ident: impl Into<$type:ty> $(,)?) => {
        $($about)*
        pub fn $member(mut self, value: impl ::core::convert::Into<$type>) -> Self {
            self.$($place)* = $crate::argument!(some $some ::core::convert::Into::into(value));
            self
        }
    };
    (setter [$($about:tt)*] $member:ident [$($place:tt)*] $some:tt $name:ident: Box<$type:ty> $(,)?) => {
        $($about)*
        pub fn $member(mut self, value: $type) -> Self {
            self.$($place)* = $crate::argument!(some $some ::std::boxed::Box::new(value));
            self
        }
    };
    (setter [$($about:tt)*] $member:ident [$($place:tt)*] $some:tt $name:ident: $type:ty $(,)?) => {
        $($about)*
        pub fn $member(mut self, value: $type) -> Self {
            self.$($place)* = $crate::argument!(some $some value);
            self
        }
    };

    (clear $about:tt $member:ident $place:tt [] $($argument:tt)*) => {};
    (clear [$($about:tt)*] $member:ident [$($place:tt)*] [$set:ident] $($argument:tt)*) => {
        #[doc = concat!("Sets or clears `", stringify!($member), "`.")]
        $($about)*
        pub fn $set(mut self, value: ::core::option::Option<$crate::argument!(type $($argument)*)>) -> Self {
            self.$($place)* = value;
            self
        }
    };
}
