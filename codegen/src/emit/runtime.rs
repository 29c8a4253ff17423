//! Everything that emitted code names of the runtime. Emitters take paths and macros from here, so this file and the
//! runtime's two `__private` modules are the contract between codegen and the runtime.

use super::scope::tokens;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// What only emitted code uses.
const PRIVATE: &str = "swage_client::__private";

/// A type, static, function or derive macro of the runtime. In `quote!` it is the full path.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) module: &'static str,
    pub(super) name: &'static str,
}

impl ToTokens for Item {
    fn to_tokens(&self, out: &mut TokenStream) {
        out.extend(tokens(&format!("{}::{}", self.module, self.name)));
    }
}

macro_rules! items {
    ($($module:expr => { $($item:ident = $name:literal,)* })*) => {$($(
        pub(super) const $item: Item = Item { module: $module, name: $name };
    )*)*};
}

// The public face: users of a generated crate see these, too.
items! {
    "swage_client" => {
        CLIENT = "Client",
        CLIENT_BUILDER = "ClientBuilder",
        PAGE_ITEMS = "PageItems",
        SDK_CONFIG = "SdkConfig",
        UNIT_TYPE = "Unit",
        UNKNOWN_MEMBER = "UnknownMember",
        UNTIL = "Until",
    }
    "swage_client::error" => {
        CONFIG_ERROR = "ConfigError",
        INPUT_ERROR = "InputError",
        RESPONSE_ERROR = "ResponseError",
        SERVICE_ERROR = "ServiceError",
        TIMEOUT_ERROR = "TimeoutError",
        TRANSPORT_ERROR = "TransportError",
    }
}

// Tables of shapes and operations.
items! {
    PRIVATE => {
        ACCEPTOR = "Acceptor",
        AUTH = "Auth",
        COMPARATOR = "Comparator",
        DEFAULT_VALUE = "DefaultValue",
        HTTP_CHECKSUM = "HttpChecksum",
        MATCHER = "Matcher",
        MEMBER = "Member",
        OPERATION = "Operation",
        OPERATION_TRAIT = "OperationTrait",
        PAGINATION = "Pagination",
        SCHEMA = "Schema",
        SERVICE = "Service",
        SERVICE_TRAIT = "ServiceTrait",
        TIMESTAMP_FORMAT = "TimestampFormat",
        TRAIT = "Trait",
        UNIT = "UNIT",
        WAITER = "Waiter",
        WAITER_STATE = "WaiterState",
    }
}

// Derive macros.
items! {
    PRIVATE => {
        ERROR = "Error",
        INT_ENUM = "IntEnum",
        REQUEST = "Request",
        SHAPE = "Shape",
        STRING_ENUM = "StringEnum",
    }
}

// The command line.
items! {
    "swage_cli" => {
        CLI_MAIN = "main",
    }
    "swage_cli::__private" => {
        CLI = "Cli",
        CLI_COMMAND = "Command",
        CLI_OPTION = "CommandOption",
        CLI_PAGES = "Pages",
    }
}

/// What users need for streams of events.
pub(super) fn event_stream() -> TokenStream {
    quote!(swage_client::event_stream::{BoxError, EventReceiver, EventStreamSender, EventWriter})
}

/// The static of a protocol, by its path below the runtime's module `protocol`.
pub(super) fn protocol(path: &str) -> TokenStream {
    tokens(&format!("{PRIVATE}::protocol::{path}"))
}

/// The static of a simple shape without traits.
pub(super) fn prelude(name: &'static str) -> Item {
    Item {
        module: PRIVATE,
        name,
    }
}
