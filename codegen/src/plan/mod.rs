//! The model in terms of Rust: plain data, all decisions made. Emitters see only this.

mod boxes;
mod example;
pub(crate) mod manual;
mod operation;
mod option;
mod outfile;
mod pages;
mod service;
mod shapes;
mod shortcut;
mod table;
mod traits;
mod transfer;

use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::endpoint_rules::{EndpointTest, Endpoints};
use crate::names::{CommandOption, error_variant};
use crate::node::Span;
use crate::registry::{Protocol, Scheme};
use crate::slice::Slice;
use crate::{Names, OperationNames, Options, RenamedOption};
pub(crate) use operation::OperationTrait;
pub(crate) use outfile::{Outfile, PageSize, PercentEncoding};
pub(crate) use service::ServiceTrait;
use shapes::PlannedShapes;
pub(crate) use shortcut::{FixedWords, Moves, Shortcut};
pub(crate) use table::{
    Binding, DefaultValue, Flag, Marks, Table, TableKind, TableMember, TableRef, TimestampFormat,
    Trait,
};
pub(crate) use transfer::{Completion, Transfer, TransferKind};

/// Everything that is emitted.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The package's name: `connectparticipant`.
    pub(crate) package: String,
    /// The program's name: `connectparticipant`.
    pub(crate) program: String,
    /// Other names for the service's commands in programs for many services.
    pub(crate) aliases: Vec<String>,
    pub(crate) service: Service,
    pub(crate) operations: Vec<Operation>,
    /// Structures, unions and enums, by name.
    pub(crate) types: Vec<Type>,
    /// Lists, maps, and simple shapes with traits, by name.
    pub(crate) tables: Vec<Table>,
}

/// The service.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) id: String,
    pub(crate) span: Span,
    pub(crate) sdk_id: String,
    /// The title for people: `@title`, or else the SDK id.
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) docs: Docs,
    pub(crate) protocol: &'static Protocol,
    /// Whether the protocol prefers HTTP/2 for event streams.
    pub(crate) events_over_http2: bool,
    pub(crate) auth: Vec<Auth>,
    pub(crate) endpoint_rules: String,
    pub(crate) endpoint_tests: Vec<EndpointTest>,
    pub(crate) endpoint_prefix: String,
    pub(crate) xml_namespace: Option<(String, String)>,
    pub(crate) traits: Vec<ServiceTrait>,
    pub(crate) client_params: Vec<ClientParam>,
    /// The parameters of the endpoint rules.
    pub(crate) endpoint_params: Vec<ClientParam>,
    /// The setting that takes the place of an operation with `swage.api#sessionCredentials`.
    pub(crate) session_setting: Option<String>,
}

/// A setting that the service adds to the client's builder: an entry of `@clientContextParams`; or a parameter of its endpoint
/// rules.
#[derive(Debug)]
pub(crate) struct ClientParam {
    /// In the model, and in the endpoint rules.
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) ident: String,
    pub(crate) docs: Docs,
    pub(crate) ty: ClientParamType,
}

/// The type of such a setting.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ClientParamType {
    Boolean,
    String,
    StringArray,
}

/// An authentication scheme, with the values of its fields.
#[derive(Debug)]
pub(crate) struct Auth {
    pub(crate) scheme: &'static Scheme,
    pub(crate) fields: Vec<(&'static str, AuthValue)>,
}

/// The value of a scheme's field.
#[derive(Debug)]
pub(crate) enum AuthValue {
    Boolean(bool),
    Text(String),
}

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// In the model: `SendEvent`.
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) id: String,
    /// Its structure, and the first part of the names of its error and fluent builder.
    pub(crate) rust: String,
    /// The first part of the names of its input, output and paginator.
    pub(crate) stem: String,
    /// Its module, and the client's method.
    pub(crate) module: String,
    /// The subcommand.
    pub(crate) command: String,
    /// Other names of the subcommand, which help doesn't show.
    pub(crate) aliases: Vec<String>,
    /// `swage.cli#hidden`.
    pub(crate) hidden: bool,
    /// The command's options, one for each member of the input.
    pub(crate) options: Vec<CommandOption>,
    /// The command's options that set parts of members.
    pub(crate) shortcuts: Vec<Shortcut>,
    /// The members that the command sends at other places.
    pub(crate) moves: Option<Moves>,
    /// The options that write parts of the output into files.
    pub(crate) outfiles: Vec<Outfile>,
    pub(crate) percent_encoding: Option<PercentEncoding>,
    pub(crate) page_size: Option<PageSize>,
    /// The command's options for pages: `max-items`.
    pub(crate) page_options: Vec<&'static str>,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    /// The types of its errors and the service's.
    pub(crate) errors: Vec<TypeName>,
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) code: u16,
    pub(crate) host_prefix: String,
    pub(crate) auth: Option<Vec<Auth>>,
    pub(crate) optional_auth: bool,
    pub(crate) traits: Vec<OperationTrait>,
    pub(crate) pages: Option<Pages>,
    pub(crate) command_pages: Option<CommandPages>,
    pub(crate) waiters: Vec<Waiter>,
    /// The transfer of a file that it starts.
    pub(crate) transfer: Option<Transfer>,
    /// The input of the model's first example: values by member.
    pub(crate) example: Vec<(usize, Example)>,
}

/// `swage.api#pages`: how the command fetches pages, where `@paginated` can't express it.
#[derive(Debug)]
pub(crate) struct CommandPages {
    pub(crate) input_tokens: Vec<String>,
    pub(crate) output_tokens: Vec<String>,
    pub(crate) more_results: String,
    pub(crate) results: Vec<String>,
    pub(crate) non_aggregate: Vec<String>,
    pub(crate) page_size: String,
}

/// `@paginated`.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) input_token: String,
    pub(crate) output_token: String,
    pub(crate) more_results: String,
    pub(crate) items: String,
    pub(crate) page_size: String,
    /// The path from the output to the items, and their type.
    pub(crate) path: Option<ItemsPath>,
}

/// The path to the items of a page.
#[derive(Debug)]
pub(crate) struct ItemsPath {
    /// The members, starting at the output, and whether they are optional.
    pub(crate) steps: Vec<(String, bool)>,
    pub(crate) item: Ty,
    /// The type of keys if the items are a map; they are pairs then.
    pub(crate) key: Option<Ty>,
}

/// The default number of attempts of a command's waiter.
pub(crate) const DEFAULT_ATTEMPTS: u32 = 40;

/// A waiter of `@waitable`.
#[derive(Debug)]
pub(crate) struct Waiter {
    pub(crate) name: String,
    pub(crate) span: Span,
    /// `wait_until_x`.
    pub(crate) method: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    pub(crate) min_delay: u32,
    pub(crate) max_delay: u32,
    pub(crate) max_attempts: u32,
    pub(crate) acceptors: Vec<Acceptor>,
}

/// An acceptor: state and matcher.
#[derive(Debug)]
pub(crate) struct Acceptor {
    pub(crate) state: WaiterState,
    pub(crate) matcher: Matcher,
    /// The path to the reason for a failure; may be empty.
    pub(crate) message: String,
}

/// What an acceptor matches.
#[derive(Debug)]
pub(crate) enum Matcher {
    Success(bool),
    ErrorType(String),
    Output(String, String, Comparator),
    InputOutput(String, String, Comparator),
}

/// What a waiter does when an acceptor matches.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WaiterState {
    Success,
    Failure,
    Retry,
}

/// How an acceptor compares the value at its path with the expected one.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::enum_variant_names, reason = "the specification's names")]
pub(crate) enum Comparator {
    StringEquals,
    BooleanEquals,
    AllStringEquals,
    AnyStringEquals,
}

/// A type's name and module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeName {
    pub(crate) name: String,
    pub(crate) module: String,
}

/// A structure, union or enum with a file of its own.
#[derive(Debug)]
pub(crate) struct Type {
    pub(crate) name: TypeName,
    pub(crate) span: Span,
    /// Whether the input of an operation reaches it.
    pub(crate) sent: bool,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) kind: TypeKind,
}

/// The kind of a type.
#[derive(Debug)]
pub(crate) enum TypeKind {
    Structure(Structure),
    Union(Union),
    Enum(Enum),
    IntEnum(Enum),
}

/// A structure.
#[derive(Debug)]
pub(crate) struct Structure {
    /// Its shape id; `None` for `smithy.api#Unit`.
    pub(crate) id: Option<String>,
    pub(crate) rust: String,
    pub(crate) members: Vec<Member>,
    pub(crate) marks: Marks,
    pub(crate) facts: Facts,
    pub(crate) error: bool,
}

/// A union.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) id: String,
    pub(crate) variants: Vec<Variant>,
    pub(crate) marks: Marks,
    pub(crate) facts: Facts,
}

/// Facts that decide on derives and `Debug`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts {
    /// Contains a stream of bytes or events, so it can't be cloned or compared.
    pub(crate) stream: bool,
    /// The shape is `@sensitive`, so all of it is redacted.
    pub(crate) sensitive: bool,
}

/// A member of a union; `member.ident` is the variant.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) member: Member,
}

/// A member of a structure or union.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of the model"
)]
pub(crate) struct Member {
    /// In the model.
    pub(crate) name: String,
    pub(crate) span: Span,
    /// The field or variant.
    pub(crate) ident: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) ty: Ty,
    pub(crate) presence: Presence,
    /// A zero isn't sent.
    pub(crate) unset_if_zero: bool,
    pub(crate) boxed: bool,
    /// `alloy#nullable`: the type has one more `Option`, which is `None` for null.
    pub(crate) nullable: bool,
    pub(crate) sensitive: bool,
    /// `@required` in the model, even if the type is optional.
    pub(crate) required: bool,
    /// `@idempotencyToken`: generated if it isn't set.
    pub(crate) token: bool,
    pub(crate) table: TableMember,
}

/// The nullability of a member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    Optional,
    Required,
    Default(Literal),
}

/// A value in Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// The value of `Default`: empty, zero, false.
    Blank,
    Bool(bool),
    Integer(String),
    Float(String),
    String(String),
    Enum(TypeName, String),
    IntEnum(TypeName, String),
    Blob(Vec<u8>),
    EpochSeconds(String),
    DocumentBool(bool),
    DocumentString(String),
    DocumentArray,
    DocumentObject,
}

/// A value in an example, as a user would write it.
#[derive(Debug)]
pub(crate) enum Example {
    Literal(Literal),
    /// Seconds since 1970, and nanoseconds.
    Time(i64, u32),
    DocumentNull,
    DocumentNumber(Literal),
    DocumentArray(Vec<Example>),
    DocumentObject(Vec<(Example, Example)>),
    /// A structure: its members by name, and whether building it may fail.
    Structure(TypeName, Vec<(String, Example)>, bool),
    /// A variant of a union: type, variant, whether it is boxed, value.
    Variant(TypeName, String, bool, Box<Example>),
    List(Vec<Example>),
    Map(Vec<(Example, Example)>),
    /// An element of a sparse list or map.
    Sparse(Option<Box<Example>>),
}

/// A type in Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Bool,
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    BigInteger,
    BigDecimal,
    String,
    Blob,
    DateTime,
    Document,
    Stream,
    /// A stream of events of this union, to send.
    EventSender(TypeName),
    /// A stream of events of this union, to receive.
    EventReceiver(TypeName),
    /// No value: a variant of a union.
    Unit,
    Enum(TypeName),
    IntEnum(TypeName),
    Structure(TypeName),
    List(Box<Ty>),
    SparseList(Box<Ty>),
    Map(Box<Ty>, Box<Ty>),
    SparseMap(Box<Ty>, Box<Ty>),
}

/// An enum of strings or integers.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) id: String,
    pub(crate) values: Vec<EnumValue>,
    pub(crate) marks: Marks,
    pub(crate) sensitive: bool,
}

/// A value of an enum.
#[derive(Debug)]
pub(crate) struct EnumValue {
    pub(crate) span: Span,
    pub(crate) ident: String,
    /// The string, or the integer's digits.
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
}

impl Operation {
    fn names(&self) -> OperationNames {
        let events = |side: &Structure| {
            let mut members = side.members.iter();
            let member = members
                .find(|member| matches!(member.ty, Ty::EventSender(_) | Ty::EventReceiver(_)));
            member.map(|member| member.ident.clone())
        };
        let options = self.input.members.iter().zip(&self.options);
        OperationNames {
            name: self.name.clone(),
            method: self.module.clone(),
            options: options
                .map(|(member, of)| (member.name.clone(), of.name.clone()))
                .collect(),
            sends: events(&self.input),
            receives: events(&self.output),
        }
    }

    /// The entry in manuals for the transfer that it starts.
    pub(crate) fn transfer_id(&self) -> String {
        format!("{}$transfer", self.id)
    }

    /// Whether help leaves its command out of lists.
    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden || self.deprecated.is_some()
    }

    /// Whether it sends or receives an event stream.
    pub(crate) fn has_events(&self) -> bool {
        let members = self.input.members.iter().chain(&self.output.members);
        members
            .into_iter()
            .any(|member| matches!(member.ty, Ty::EventSender(_) | Ty::EventReceiver(_)))
    }
}

impl Ty {
    /// Whether the type is a stream of bytes or events.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(
            self,
            Self::Stream | Self::EventSender(_) | Self::EventReceiver(_)
        )
    }
}

impl Plan {
    /// The authentication of the service and its operations.
    pub(crate) fn auth(&self) -> impl Iterator<Item = &Auth> {
        let operations = self.operations.iter();
        let of_operations = operations.filter_map(|of| of.auth.as_ref());
        of_operations.chain([&self.service.auth]).flatten()
    }

    /// Whether the crate has the feature `default-chain`: its calls are signed with AWS credentials.
    pub(crate) fn has_default_chain(&self, options: &Options) -> bool {
        let is_signed = || self.auth().any(|of| of.scheme.id.starts_with("aws.auth#"));
        options.default_chain && options.module.is_none() && is_signed()
    }

    /// Whether there are operations that need an endpoint which the service names, and which is the same for all inputs.
    pub(crate) fn discovers_endpoint(&self) -> bool {
        let is_required = |of: &&Operation| {
            let mut traits = of.traits.iter();
            traits.any(|of| matches!(of, OperationTrait::DiscoveredEndpoint(true)))
        };
        let needing = self.operations.iter().filter(is_required);
        let mut without_ids = needing.filter(|of| {
            let mut members = of.input.members.iter();
            !members.any(|of| of.table.marks.flags.contains(&Flag::EndpointId))
        });
        without_ids.next().is_some()
    }

    /// Whether any operation has an event stream.
    pub(crate) fn has_events(&self) -> bool {
        self.operations.iter().any(Operation::has_events)
    }

    /// The library's name in Rust.
    pub(crate) fn library(&self) -> String {
        self.package.replace('-', "_")
    }

    /// The modelled errors.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &Type> {
        self.types
            .iter()
            .filter(|of| matches!(&of.kind, TypeKind::Structure(of) if of.error))
    }

    /// Options that can't have their member's name because another option has it.
    pub(crate) fn renamed_options(&self) -> Vec<RenamedOption> {
        let renamed = |of: &Operation| {
            let pairs = of.input.members.iter().zip(&of.options);
            let renamed = pairs.filter_map(|(member, option)| {
                Some(RenamedOption {
                    operation: of.name.clone(),
                    member: member.name.clone(),
                    option: format!("--{}", option.name),
                    reason: option.reason.clone()?,
                })
            });
            renamed.collect::<Vec<_>>()
        };
        self.commands().flat_map(renamed).collect()
    }

    /// The operations that are commands. Event streams have no form on a command line, and the AWS CLI leaves their operations
    /// out as well.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(|of| !of.has_events())
    }

    /// The transfers of files, each with the operation that starts it.
    pub(crate) fn transfers(&self) -> impl Iterator<Item = (&Operation, &Transfer)> {
        let operations = self.operations.iter();
        operations.filter_map(|of| Some((of, of.transfer.as_ref()?)))
    }

    /// The names in the crate.
    pub(crate) fn names(&self) -> Names {
        let operations = self.operations.iter();
        Names {
            package: self.package.clone(),
            library: self.library(),
            operations: operations.map(Operation::names).collect(),
            errors: self
                .errors()
                .map(|of| error_variant(&of.name.name))
                .collect(),
        }
    }
}

/// Plans what is emitted.
pub(crate) fn plan(
    slice: &Slice<'_>,
    endpoints: Endpoints,
    options: &Options,
) -> Result<Plan, Diagnostic> {
    let service = service::service(slice, endpoints, options.protocol.as_deref())?;
    let shapes = PlannedShapes::new(slice, service.protocol);
    let unspaced = service.sdk_id.replace(' ', "");
    let given = options.name.as_deref();
    let word = operation::given_name(&slice.service_shape.traits);
    let word = word.as_deref().unwrap_or(&service.sdk_id);
    Ok(Plan {
        package: crate::names::package(given.unwrap_or(&unspaced)),
        program: crate::names::package(given.unwrap_or(word)),
        aliases: traits::texts(slice.service_shape.traits.get("swage.cli#aliases")),
        operations: operation::operations(&shapes, service.events_over_http2),
        service,
        types: shapes.types(),
        tables: shapes.tables(),
    })
}
