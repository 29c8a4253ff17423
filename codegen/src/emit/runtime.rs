//! Everything that emitted code names of the runtime. Emitters take names from here, so this file and the
//! runtime's two `__private` modules are the contract between codegen and the runtime.

use super::scope::{Path, append, tokens};
use crate::code::{Code, ToCode, code};
use crate::model::Simple;
use crate::plan::{Comparator, Flag, TimestampFormat, WaiterState};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The module that only emitted code uses.
const PRIVATE: &str = "swage_client::__private";

/// A type, static, function or derive macro of the runtime. In `quote!` it is the full path.
#[derive(Clone, Copy)]
pub(super) struct RuntimeItem {
    pub(super) module: &'static str,
    pub(super) name: &'static str,
}

impl ToTokens for RuntimeItem {
    fn to_tokens(&self, out: &mut TokenStream) {
        append(self.module, out);
        out.extend(quote!(::));
        append(self.name, out);
    }
}

impl ToCode for RuntimeItem {
    fn to_code(&self, out: &mut Code) {
        code!(out; {Path(self.module)}::{Path(self.name)});
    }
}

macro_rules! items {
    ($($module:expr => { $($item:ident = $name:literal,)* })*) => {$($(
        pub(super) const $item: RuntimeItem = RuntimeItem { module: $module, name: $name };
    )*)*};
}

// The public face: users of a generated crate see these, too.
items! {
    "swage_client" => {
        CLIENT = "Client",
        CLIENT_BUILDER = "ClientBuilder",
        PAGE_ITEMS = "PageItems",
        UNIT_TYPE = "Unit",
        UNKNOWN_MEMBER = "UnknownMember",
        FINAL_POLL = "FinalPoll",
        PAGINATOR = "Paginator",
        PAGINATOR_ITEMS = "Items",
        UNTIL = "Until",
        WAITER_ERROR = "WaiterError",
    }
    "swage_client::transfer" => {
        DOWNLOAD_REQUEST = "DownloadRequest",
        DOWNLOADED = "Downloaded",
        UPLOAD_REQUEST = "UploadRequest",
        UPLOADED = "Uploaded",
    }
    "swage_client::error" => {
        CONFIG_ERROR = "ConfigError",
        INPUT_ERROR = "InputError",
        RESPONSE_ERROR = "ResponseError",
        SDK_ERROR = "SdkError",
        TIMEOUT_ERROR = "TimeoutError",
        TRANSPORT_ERROR = "TransportError",
        UNHANDLED = "Unhandled",
    }
}

// Tables of shapes and operations.
items! {
    PRIVATE => {
        ACCEPTOR = "Acceptor",
        AUTH = "Auth",
        COMPARATOR = "Comparator",
        COMPLETION = "Completion",
        DEFAULT_VALUE = "DefaultValue",
        ERROR_META = "ErrorMeta",
        DIGEST = "Digest",
        DOWNLOAD_TABLE = "Download",
        HTTP_CHECKSUM = "HttpChecksum",
        MATCHER = "Matcher",
        MEMBER = "Member",
        OPERATION = "Operation",
        OPERATION_REF = "OperationRef",
        OPERATION_TRAIT = "OperationTrait",
        PAGINATION = "Pagination",
        PRESIGNED_URL = "PresignedUrl",
        REQUEST_IDS = "RequestIds",
        SCHEMA = "Schema",
        SERVICE = "Service",
        SERVICE_TRAIT = "ServiceTrait",
        SESSION_CREDENTIALS = "SessionCredentials",
        TIMESTAMP_FORMAT = "TimestampFormat",
        TRAIT = "Trait",
        UNIT = "UNIT",
        UPLOAD_TABLE = "Upload",
        WAITER = "Waiter",
        WAITER_STATE = "WaiterState",
    }
}

// Macros that define what a client has.
items! {
    PRIVATE => {
        CLIENT_CONFIG = "client_config",
        DISCOVERS_ENDPOINT = "discovers_endpoint",
        DOWNLOAD = "download",
        FEATURES = "features",
        ENDPOINT_PARAMS = "endpoint_params",
        SERVICE_CLIENT = "service_client",
        TRANSFERS = "transfers",
        TRANSFER_ERROR = "transfer_error",
        UPLOAD = "upload",
    }
}

// The macro for the default chain of credentials.
items! {
    "swage_credentials" => {
        DEFAULT_CHAIN = "default_chain",
    }
}

// Derive macros; `OPERATION` is one, too.
items! {
    PRIVATE => {
        ERROR = "Error",
        INT_ENUM = "IntEnum",
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
        CLI_MOVE = "Move",
        CLI_OPTION = "CommandOption",
        CLI_OUTFILE = "Outfile",
        CLI_PAGES = "Pages",
        CLI_SHORTCUT = "Shortcut",
        CLI_TRANSFER = "Transfer",
    }
}

/// What the module of a crate's errors has of the runtime.
pub(super) fn errors() -> TokenStream {
    quote! {
        pub use swage_client::error::{
            BoxError, BuildError, ConfigError, ConnectorError, DisplayErrorContext, ErrorMetadata, InputError,
            ProvideErrorMetadata, ResponseError, SdkError, ServiceError, TimeoutError, TransportError, Unhandled,
            UnknownVariantError,
        };
    }
}

/// The module of the types of settings.
pub(super) fn config() -> TokenStream {
    quote!(swage_client::__private::config)
}

/// The module of blobs, timestamps, streams and documents.
pub(super) fn primitives() -> TokenStream {
    quote!(swage_client::primitives)
}

/// The pages of documentation that all generated crates have.
pub(super) fn guide() -> TokenStream {
    quote!(swage_client::guide)
}

/// The types of transfers of files.
pub(super) fn transfers() -> TokenStream {
    quote! {
        pub use swage_client::transfer::{
            DownloadRequest, Downloaded, Progress, TransferError, TransferStage, UploadRequest, Uploaded,
        };
    }
}

/// What looks up the endpoint that the service names.
pub(super) fn endpoint_discovery() -> TokenStream {
    quote!(swage_client::ReloadEndpoint)
}

/// The types of presigned requests.
pub(super) fn presigning() -> TokenStream {
    quote!(swage_client::presigning::{
        PresignedRequest, PresigningConfig, PresigningConfigBuilder, PresigningConfigError,
    })
}

/// The traits that give the ids of requests.
pub(super) fn request_ids() -> TokenStream {
    quote!(
        pub use ::swage_client::error::{RequestId, RequestIdExt};
    )
}

/// The static of a protocol, by its path below the runtime's module `protocol`.
pub(super) fn protocol(path: &str) -> TokenStream {
    tokens(&format!("{PRIVATE}::protocol::{path}"))
}

/// The schema of a simple shape without traits: a static.
pub(super) fn schema(of: Simple) -> RuntimeItem {
    RuntimeItem {
        module: PRIVATE,
        name: match of {
            Simple::Boolean => "BOOLEAN",
            Simple::Byte => "BYTE",
            Simple::Short => "SHORT",
            Simple::Integer => "INTEGER",
            Simple::Long => "LONG",
            Simple::Float => "FLOAT",
            Simple::Double => "DOUBLE",
            Simple::BigInteger => "BIG_INTEGER",
            Simple::BigDecimal => "BIG_DECIMAL",
            Simple::String => "STRING",
            Simple::Blob => "BLOB",
            Simple::Timestamp => "TIMESTAMP",
            Simple::Document => "DOCUMENT",
        },
    }
}

/// The function of `Schema` that makes the schema of a simple shape.
pub(super) fn constructor(of: Simple) -> &'static str {
    match of {
        Simple::Boolean => "boolean",
        Simple::Byte => "byte",
        Simple::Short => "short",
        Simple::Integer => "integer",
        Simple::Long => "long",
        Simple::Float => "float",
        Simple::Double => "double",
        Simple::BigInteger => "big_integer",
        Simple::BigDecimal => "big_decimal",
        Simple::String => "string",
        Simple::Blob => "blob",
        Simple::Timestamp => "timestamp",
        Simple::Document => "document",
    }
}

/// The method of `Schema` or `Member` that sets a flag.
pub(super) fn flag(of: Flag) -> &'static str {
    match of {
        Flag::Ascii => "ascii",
        Flag::ClientOptional => "client_optional",
        Flag::Deprecated => "deprecated",
        Flag::EndpointId => "endpoint_id",
        Flag::EndpointUrl => "endpoint_url",
        Flag::HostLabel => "host_label",
        Flag::IdempotencyToken => "idempotency_token",
        Flag::JsonText => "json_text",
        Flag::ZipFile => "zip_file",
        Flag::JsonUnknown => "json_unknown",
        Flag::Nullable => "nullable",
        Flag::LastSegment => "last_segment",
        Flag::Required => "required",
        Flag::RequiresLength => "requires_length",
        Flag::Sensitive => "sensitive",
        Flag::Sparse => "sparse",
        Flag::Streaming => "streaming",
        Flag::Untagged => "untagged",
        Flag::XmlAttribute => "xml_attribute",
        Flag::XmlFlattened => "xml_flattened",
    }
}

/// The variant of `TimestampFormat`.
pub(super) fn timestamp_format(of: TimestampFormat) -> &'static str {
    match of {
        TimestampFormat::DateTime => "DateTime",
        TimestampFormat::EpochSeconds => "EpochSeconds",
        TimestampFormat::HttpDate => "HttpDate",
    }
}

/// The variant of `WaiterState`.
pub(super) fn waiter_state(of: WaiterState) -> &'static str {
    match of {
        WaiterState::Success => "Success",
        WaiterState::Failure => "Failure",
        WaiterState::Retry => "Retry",
    }
}

/// The variant of `Comparator`.
pub(super) fn comparator(of: Comparator) -> &'static str {
    match of {
        Comparator::StringEquals => "StringEquals",
        Comparator::BooleanEquals => "BooleanEquals",
        Comparator::AllStringEquals => "AllStringEquals",
        Comparator::AnyStringEquals => "AnyStringEquals",
    }
}
