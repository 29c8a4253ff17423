//! The plan → the interface: what emitted code shows of it, and nothing else.

use crate::docs::Docs;
use crate::interface::{Fact, Interface, Item, Kind, SEPARATOR, hash};
use crate::plan::{
    Auth, AuthValue, ClientParamType, Enum, Literal, Marks, Member, Operation, OperationTrait,
    Place, Plan, Presence, Service, Structure, Table, TableKind, TableMember, Target, Trait, Ty,
    Type, TypeKind, Union, Waiter,
};
use std::collections::{BTreeMap, BTreeSet};

/// The interface of the crate that is emitted from a plan.
pub(crate) fn interface(plan: &Plan, has_command: bool) -> Interface {
    let reader = Reader {
        has_command,
        has_http: plan.service.protocol.http_bindings,
        has_xml: plan.service.protocol.xml,
        shapes: plan
            .tables
            .iter()
            .map(|of| (of.rust.as_str(), name_of(&of.id)))
            .collect(),
    };
    Interface {
        service: reader.service(plan),
    }
}

struct Reader<'p> {
    has_command: bool,
    /// Whether the protocol has HTTP bindings.
    has_http: bool,
    /// Whether messages are XML or forms, so that the traits of XML count.
    has_xml: bool,
    /// The names of shapes by those of their tables.
    shapes: BTreeMap<&'p str, &'p str>,
}

fn name_of(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(_, name)| name)
}

impl Reader<'_> {
    fn service(&self, plan: &Plan) -> Item {
        let of = &plan.service;
        let name = name_of(&of.id);
        let mut item = Item::new(Kind::Service, name, Some(of.span));
        item.set(Fact::Package, &plan.package);
        item.set(Fact::SdkId, &of.sdk_id);
        item.set(Fact::Version, &of.version);
        if !of.protocol.http_bindings && !of.protocol.xml {
            item.set(Fact::WireService, name);
        }
        item.set(Fact::Protocol, of.protocol.name());
        item.set(Fact::Auth, list(of.auth.iter().map(auth)));
        if !of.endpoint_rules.is_empty() {
            item.set(
                Fact::Endpoints,
                hash(std::slice::from_ref(&of.endpoint_rules)),
            );
        }
        item.set(Fact::EndpointPrefix, &of.endpoint_prefix);
        if let Some((uri, prefix)) = of.xml_namespace.as_ref().filter(|_| self.has_xml) {
            item.set(Fact::Wire, format!("namespace {uri} {prefix}").trim_end());
        }
        docs(&mut item, &of.docs);
        item.mark(Fact::Command, self.has_command);
        item.items = settings(of);
        item.items
            .extend(plan.operations.iter().map(|of| self.operation(of)));
        item.items
            .extend(plan.types.iter().map(|of| self.one_type(of)));
        item.items
            .extend(plan.tables.iter().map(|of| self.shape(of)));
        item
    }

    fn operation(&self, of: &Operation) -> Item {
        let mut item = Item::new(Kind::Operation, &of.name, Some(of.span));
        let has_command = self.has_command && !of.has_events();
        item.set(Fact::Rust, &of.module);
        item.set(Fact::Builder, &of.rust);
        if has_command {
            item.set(Fact::Command, &of.command);
        }
        if self.has_http {
            item.set(Fact::Http, format!("{} {}", of.method, of.uri).trim());
            let code = (of.code != 200).then(|| of.code.to_string());
            item.set(Fact::Status, code.unwrap_or_default());
        }
        item.set(Fact::HostPrefix, &of.host_prefix);
        let schemes = of.auth.iter().flatten().map(auth);
        item.set(
            Fact::Auth,
            list(schemes.chain(of.optional_auth.then(|| "anonymous".to_owned()))),
        );
        transfer(&mut item, &of.traits);
        pages(&mut item, of);
        item.set(Fact::Impls, list(operation_impls(of)));
        deprecated(&mut item, of.deprecated.as_ref());
        docs(&mut item, &of.docs);
        let options = of
            .options
            .iter()
            .map(|option| has_command.then_some(option));
        for (member, option) in of.input.members.iter().zip(options) {
            let mut input = self.member(Kind::Input, member);
            input.set(Fact::Command, option.map_or("", |option| &option.name));
            item.items.push(input);
        }
        let output = of.output.members.iter();
        item.items
            .extend(output.map(|member| self.member(Kind::Output, member)));
        let error = |name| Item::new(Kind::OperationError, name, Some(of.span));
        item.items
            .extend(of.errors.iter().map(|name| error(&name.name)));
        let waiters = of.waiters.iter();
        item.items.extend(waiters.map(|of| waiter(of, has_command)));
        item
    }

    fn one_type(&self, of: &Type) -> Item {
        let (id, form, members, marks) = match &of.kind {
            TypeKind::Structure(of) => {
                let form = if of.error { "error" } else { "structure" };
                (of.id.as_deref(), form, self.structure(of), &of.marks)
            }
            TypeKind::Union(union) => (
                Some(union.id.as_str()),
                "union",
                self.union(union),
                &union.marks,
            ),
            TypeKind::Enum(of) => (Some(of.id.as_str()), "enum", enumeration(of), &of.marks),
            TypeKind::IntEnum(of) => (Some(of.id.as_str()), "int enum", enumeration(of), &of.marks),
        };
        let name = id.map_or(of.name.name.as_str(), name_of);
        let mut item = Item::new(Kind::Type, name, Some(of.span));
        item.set(Fact::Rust, &of.name.name);
        item.set(Fact::Form, form);
        item.mark(Fact::Sent, of.sent);
        item.set(Fact::Impls, list(impls(&of.kind)));
        item.mark(Fact::Sensitive, is_sensitive(&of.kind));
        deprecated(&mut item, of.deprecated.as_ref());
        docs(&mut item, &of.docs);
        self.marks(&mut item, marks);
        if let TypeKind::Structure(of) = &of.kind {
            constructor(&mut item, of);
            item.mark(Fact::Setters, of.made);
        }
        item.items = members;
        item
    }

    fn structure(&self, of: &Structure) -> Vec<Item> {
        let member = |member| self.member(Kind::Member, member);
        of.members.iter().map(member).collect()
    }

    fn union(&self, of: &Union) -> Vec<Item> {
        let variants = of.variants.iter().map(|of| &of.member);
        let variant = |member| {
            let mut item = self.member(Kind::Member, member);
            // A variant holds its value, whatever the model says of the member.
            item.facts.remove(&Fact::Presence);
            item.facts.remove(&Fact::Required);
            item
        };
        variants.map(variant).collect()
    }

    fn member(&self, kind: Kind, of: &Member) -> Item {
        let mut item = Item::new(kind, &of.name, Some(of.span));
        item.set(Fact::Rust, &of.ident);
        let ty = rust_type(&of.ty);
        item.set(Fact::Type, if of.boxed { format!("Box<{ty}>") } else { ty });
        if kind == Kind::Input {
            let default = of
                .table
                .marks
                .traits
                .iter()
                .find(|of| matches!(of, Trait::Default(_)));
            item.set(
                Fact::Default,
                default.map(|of| format!("{of:?}")).unwrap_or_default(),
            );
        } else {
            item.set(Fact::Presence, presence(&of.presence));
        }
        item.mark(
            Fact::Required,
            kind != Kind::Output && of.required && !of.token && !item.has(Fact::Default),
        );
        item.mark(Fact::Token, of.token);
        item.mark(Fact::Sensitive, of.sensitive);
        deprecated(&mut item, of.deprecated.as_ref());
        docs(&mut item, &of.docs);
        self.row(&mut item, &of.table);
        item
    }

    fn shape(&self, of: &Table) -> Item {
        let name = name_of(&of.id);
        let mut item = Item::new(Kind::Shape, name, Some(of.span));
        item.mark(Fact::Sent, of.sent);
        self.marks(&mut item, &of.marks);
        let element = |of: &TableMember| {
            let mut item = Item::new(Kind::Element, &of.name, item.span);
            self.row(&mut item, of);
            item
        };
        item.items = match &of.kind {
            TableKind::Simple(_) => Vec::new(),
            TableKind::List(member) => vec![element(member)],
            TableKind::Map(key, value) => vec![element(key), element(value)],
        };
        item
    }

    /// What a member's row in its table says.
    fn row(&self, item: &mut Item, row: &TableMember) {
        if let Target::Table(name) = &row.target {
            item.set(
                Fact::Target,
                self.shapes.get(name.as_str()).copied().unwrap_or_default(),
            );
        }
        item.set(Fact::Location, location(&row.place));
        self.marks(item, &row.marks);
    }

    fn marks(&self, item: &mut Item, marks: &Marks) {
        let mut wire: Vec<String> = Vec::new();
        let flags = ["xml_flattened", "xml_attribute"]
            .into_iter()
            .filter(|_| self.has_xml);
        let flags = flags.chain(["host_label"]);
        wire.extend(
            flags
                .filter(|flag| marks.flags.contains(flag))
                .map(|flag| flag.replace('_', " ")),
        );
        let mut fault: Vec<String> = Vec::new();
        for of in &marks.traits {
            match of {
                Trait::Length(min, max) => {
                    let text = |bound: Option<u64>| bound.map(|bound| bound.to_string());
                    // Nothing is shorter than 0.
                    let min = min.filter(|min| *min > 0);
                    item.set(Fact::Length, bounds(text(min), text(*max)));
                }
                Trait::Range(min, max) => item.set(Fact::Range, bounds(min.clone(), max.clone())),
                Trait::Pattern(pattern) => item.set(Fact::Pattern, pattern),
                Trait::TimestampFormat(format) => wire.push(format!("timestamp {format}")),
                Trait::MediaType(of) => wire.push(format!("media type {of}")),
                Trait::XmlName(name) if self.has_xml => wire.push(format!("XML name {name}")),
                Trait::XmlNamespace(uri, prefix) if self.has_xml => {
                    wire.push(format!("namespace {uri} {prefix}").trim_end().to_owned());
                }
                Trait::Ec2QueryName(name) if self.has_xml => {
                    wire.push(format!("query name {name}"))
                }
                Trait::ContextParam(name) => item.set(Fact::EndpointParam, name),
                Trait::ClientError(client) => {
                    fault.push(if *client { "client" } else { "server" }.to_owned());
                }
                Trait::HttpError(status) => fault.push(format!("status {status}")),
                Trait::Retryable(throttling) => {
                    fault.push(
                        if *throttling {
                            "throttling"
                        } else {
                            "retryable"
                        }
                        .to_owned(),
                    );
                }
                Trait::QueryError(code, status) => fault.push(format!("code {code} {status}")),
                Trait::XmlName(_)
                | Trait::XmlNamespace(..)
                | Trait::Ec2QueryName(_)
                | Trait::Default(_) => {}
            }
        }
        item.set(Fact::Wire, wire.join(SEPARATOR));
        item.set(Fact::Fault, fault.join(SEPARATOR));
    }
}

/// A scheme with the values of its fields: `sigv4 name=execute-api`.
fn auth(of: &Auth) -> String {
    let field = |(name, value): &(&str, AuthValue)| match value {
        AuthValue::Text(value) if value.is_empty() => String::new(),
        AuthValue::Text(value) => format!(" {name}={value}"),
        AuthValue::Boolean(value) => format!(" {name}={value}"),
    };
    let fields: String = of.fields.iter().map(field).collect();
    format!("{}{fields}", name_of(of.scheme.id))
}

fn settings(of: &Service) -> Vec<Item> {
    let setting = |of: &crate::plan::ClientParam| {
        let mut item = Item::new(Kind::Setting, &of.name, Some(of.span));
        item.set(Fact::Rust, &of.ident);
        let ty = match of.ty {
            ClientParamType::Boolean => "bool",
            ClientParamType::String => "String",
            ClientParamType::StringArray => "Vec<String>",
        };
        item.set(Fact::Type, ty);
        docs(&mut item, &of.docs);
        item
    };
    of.client_params.iter().map(setting).collect()
}

fn waiter(of: &Waiter, has_command: bool) -> Item {
    let mut item = Item::new(Kind::Waiter, &of.name, Some(of.span));
    item.set(Fact::Rust, &of.method);
    if has_command {
        item.set(Fact::Command, crate::names::command(&of.name));
    }
    let acceptors = of.acceptors.iter().map(|of| format!("{of:?}"));
    let delays = format!("{} {} {}", of.min_delay, of.max_delay, of.max_attempts);
    item.set(
        Fact::Acceptors,
        hash(&acceptors.chain([delays]).collect::<Vec<_>>()),
    );
    item.mark(Fact::Deprecated, of.deprecated);
    docs(&mut item, &of.docs);
    item
}

fn enumeration(of: &Enum) -> Vec<Item> {
    let value = |of: &crate::plan::EnumValue| {
        let mut item = Item::new(Kind::Member, &of.wire, Some(of.span));
        item.set(Fact::Rust, &of.ident);
        deprecated(&mut item, of.deprecated.as_ref());
        docs(&mut item, &of.docs);
        item
    };
    of.values.iter().map(value).collect()
}

fn constructor(item: &mut Item, of: &Structure) {
    let required = of
        .members
        .iter()
        .filter(|member| member.presence == Presence::Required);
    let arguments: Vec<_> = required
        .map(|member| format!("{}: {}", member.ident, rust_type(&member.ty)))
        .collect();
    if of.made || !arguments.is_empty() {
        item.set(Fact::New, format!("new({})", arguments.join(SEPARATOR)));
    }
}

fn is_sensitive(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Structure(of) => of.facts.sensitive,
        TypeKind::Union(of) => of.facts.sensitive,
        TypeKind::Enum(of) | TypeKind::IntEnum(of) => of.sensitive,
    }
}

/// The traits that a structure's definition derives, or gets beside it.
fn structure_impls(of: &Structure) -> Vec<&'static str> {
    let has_default = of
        .members
        .iter()
        .all(|member| member.presence != Presence::Required);
    let mut impls = Vec::new();
    impls.extend((!of.facts.stream).then_some("Clone"));
    impls.extend(has_default.then_some("Default"));
    impls.extend((!of.facts.stream && !of.error).then_some("PartialEq"));
    impls
}

fn impls(kind: &TypeKind) -> Vec<String> {
    let impls = match kind {
        TypeKind::Structure(of) => structure_impls(of),
        TypeKind::Union(of) if of.facts.stream => Vec::new(),
        TypeKind::Union(_) => vec!["Clone", "PartialEq"],
        TypeKind::Enum(_) | TypeKind::IntEnum(_) => vec!["Clone", "Eq", "Hash", "Ord"],
    };
    impls.into_iter().map(str::to_owned).collect()
}

fn operation_impls(of: &Operation) -> Vec<String> {
    let of_builder = (!of.input.facts.stream).then(|| "Clone".to_owned());
    let of_sides = [("Input", &of.input), ("Output", &of.output)];
    let of_sides = of_sides.into_iter().flat_map(|(side, of)| {
        let impls = structure_impls(of).into_iter();
        impls.map(move |of| format!("{side}: {of}"))
    });
    of_builder.into_iter().chain(of_sides).collect()
}

fn transfer(item: &mut Item, traits: &[OperationTrait]) {
    let mut transfer = Vec::new();
    let mut params = Vec::new();
    for of in traits {
        match of {
            OperationTrait::StaticContextParam(name, value) => {
                params.push(format!("{name}={value}"))
            }
            OperationTrait::OperationContextParam(name, path) => {
                params.push(format!("{name} from {path}"));
            }
            OperationTrait::HttpChecksumRequired => transfer.push("checksum required".to_owned()),
            OperationTrait::HttpChecksum {
                request_algorithm,
                request_required,
                validation_mode,
                response_algorithms,
            } => {
                let required = if *request_required { " required" } else { "" };
                let algorithms = response_algorithms.join("|");
                transfer.push(format!(
                    "checksum{required} {request_algorithm} {validation_mode} {algorithms}"
                ));
            }
            OperationTrait::RequestCompression(encodings) => {
                transfer.push(format!("compression {}", encodings.join("|")));
            }
            OperationTrait::UnsignedPayload => transfer.push("unsigned payload".to_owned()),
            OperationTrait::EventStreamHttp2 => transfer.push("HTTP/2".to_owned()),
            OperationTrait::UnwrappedXmlOutput => transfer.push("unwrapped output".to_owned()),
            OperationTrait::Sha256TreeHash(header) => transfer.push(format!("tree hash {header}")),
        }
    }
    item.set(Fact::Transfer, transfer.join(SEPARATOR));
    item.set(Fact::EndpointParam, params.join(SEPARATOR));
}

/// Pages of the library, and those of the command.
fn pages(item: &mut Item, of: &Operation) {
    if let Some(pages) = &of.pages {
        let parts = [
            format!("{} from {}", pages.input_token, pages.output_token),
            pages.page_size.clone(),
            pages.more_results.clone(),
        ];
        item.set(
            Fact::Pages,
            list(parts.into_iter().filter(|part| !part.is_empty())),
        );
        if let Some(path) = &pages.path {
            let steps: Vec<_> = path.steps.iter().map(|(step, _)| step.as_str()).collect();
            let ty = rust_type(&path.item);
            let ty = path
                .key
                .as_ref()
                .map_or(ty.clone(), |key| format!("({}, {ty})", rust_type(key)));
            item.set(Fact::Items, format!("{}: {ty}", steps.join(".")));
        }
    }
    if item.has(Fact::Command) {
        item.set(
            Fact::PageOptions,
            list(of.page_options.iter().map(|name| format!("--{name}"))),
        );
    }
}

fn presence(of: &Presence) -> String {
    match of {
        Presence::Optional => "optional".to_owned(),
        Presence::Required => "required".to_owned(),
        Presence::Default(Literal::Blank) => "default".to_owned(),
        Presence::Default(value) => format!("default {}", literal(value)),
    }
}

/// A default as a model writes it.
fn literal(of: &Literal) -> String {
    match of {
        Literal::Blank => String::new(),
        Literal::Bool(value) | Literal::DocumentBool(value) => value.to_string(),
        Literal::Integer(digits)
        | Literal::Float(digits)
        | Literal::IntEnum(_, digits)
        | Literal::EpochSeconds(digits) => digits.clone(),
        Literal::String(text) | Literal::Enum(_, text) | Literal::DocumentString(text) => {
            format!("{text:?}")
        }
        Literal::Blob(bytes) => format!("{bytes:02x?}"),
        Literal::DocumentArray => "[]".to_owned(),
        Literal::DocumentObject => "{}".to_owned(),
    }
}

fn bounds(min: Option<String>, max: Option<String>) -> String {
    let text = |bound: Option<String>| {
        let bound = bound.unwrap_or_default();
        bound.strip_suffix(".0").unwrap_or(&bound).to_owned()
    };
    if min.is_none() && max.is_none() {
        return String::new();
    }
    format!("{}..{}", text(min), text(max))
}

fn location(place: &Place) -> String {
    match place {
        Place::Body => String::new(),
        Place::JsonName(name) => format!("key {name}"),
        Place::Label => "label".to_owned(),
        Place::Query(name) => format!("query {name}"),
        Place::QueryParams => "query parameters".to_owned(),
        Place::Header(name) => format!("header {name}"),
        Place::PrefixHeaders(prefix) => format!("headers {prefix}*"),
        Place::Payload => "payload".to_owned(),
        Place::ResponseCode => "status code".to_owned(),
        Place::EventHeader => "event header".to_owned(),
        Place::EventPayload => "event payload".to_owned(),
    }
}

fn deprecated(item: &mut Item, message: Option<&String>) {
    if let Some(message) = message {
        let said = if message.is_empty() {
            crate::interface::YES
        } else {
            message
        };
        item.set(Fact::Deprecated, said);
    }
}

fn docs(item: &mut Item, docs: &Docs) {
    // Many items have one, and nothing but a reader depends on it.
    let hash = hash(docs.texts());
    item.set(Fact::Docs, hash.get(..8).unwrap_or_default());
}

/// Sorted, without repeats.
fn list(texts: impl IntoIterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    let texts = texts.into_iter().filter(|text| seen.insert(text.clone()));
    texts.collect::<Vec<_>>().join(SEPARATOR)
}

/// A type as emitted code names it.
fn rust_type(of: &Ty) -> String {
    match of {
        Ty::Bool => "bool".to_owned(),
        Ty::I8 => "i8".to_owned(),
        Ty::I16 => "i16".to_owned(),
        Ty::I32 => "i32".to_owned(),
        Ty::I64 => "i64".to_owned(),
        Ty::F32 => "f32".to_owned(),
        Ty::F64 => "f64".to_owned(),
        Ty::BigInteger => "BigInteger".to_owned(),
        Ty::BigDecimal => "BigDecimal".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Blob => "Blob".to_owned(),
        Ty::DateTime => "DateTime".to_owned(),
        Ty::Document => "Document".to_owned(),
        Ty::Stream => "ByteStream".to_owned(),
        Ty::EventSender(name) => format!("EventStreamSender<{}>", name.name),
        Ty::EventReceiver(name) => format!("EventReceiver<{}>", name.name),
        Ty::Unit => "Unit".to_owned(),
        Ty::Enum(name) | Ty::IntEnum(name) | Ty::Structure(name) => name.name.clone(),
        Ty::List(element) => format!("Vec<{}>", rust_type(element)),
        Ty::SparseList(element) => format!("Vec<Option<{}>>", rust_type(element)),
        Ty::Map(key, value) => format!("HashMap<{}, {}>", rust_type(key), rust_type(value)),
        Ty::SparseMap(key, value) => {
            format!("HashMap<{}, Option<{}>>", rust_type(key), rust_type(value))
        }
    }
}
