//! Reads the interface from the plan: only what users of the emitted code can see.

mod marks;
mod operation;
mod text;

use text::{auth, list, location, member_type, name_of, presence};

use crate::docs::Docs;
use crate::interface::{Fact, Interface, Item, Kind, hash, hash_words};
use crate::plan::{
    ClientParamType, Enum, Member, Plan, Presence, Service, ServiceTrait, Structure, Table,
    TableKind, TableMember, TableRef, Type, TypeKind, Union,
};
use std::collections::BTreeMap;

/// The interface of the crate that is emitted from a plan.
pub(crate) fn interface(plan: &Plan, has_command: bool) -> Interface {
    let reader = PlanReader {
        service: &plan.service,
        has_command,
        has_http: plan.service.protocol.http_bindings,
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

struct PlanReader<'p> {
    service: &'p Service,
    has_command: bool,
    /// Whether the protocol has HTTP bindings.
    has_http: bool,
    /// The names of shapes by those of their tables.
    shapes: BTreeMap<&'p str, &'p str>,
}

impl PlanReader<'_> {
    fn service(&self, plan: &Plan) -> Item {
        let of = self.service;
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
        if let Some((uri, prefix)) = &of.xml_namespace {
            item.set(Fact::Wire, format!("namespace {uri} {prefix}").trim_end());
        }
        item.set(Fact::Transfer, list(of.traits.iter().filter_map(transfer)));
        docs(&mut item, &of.docs);
        item.mark(Fact::Command, self.has_command);
        if self.has_command && plan.program != plan.package {
            item.set(Fact::Program, &plan.program);
        }
        item.set(Fact::Aliases, list(plan.aliases.iter().cloned()));
        item.items = settings(of);
        item.items
            .extend(plan.operations.iter().map(|of| self.operation(of)));
        item.items
            .extend(plan.types.iter().map(|of| self.one_type(of)));
        item.items
            .extend(plan.tables.iter().map(|of| self.shape(of)));
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
            build(&mut item, of, "");
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
        item.set(Fact::Type, member_type(of));
        if kind == Kind::Input {
            item.set(Fact::Default, marks::default(&of.table.marks));
        } else {
            item.set(Fact::Presence, presence(&of.presence, &of.ty));
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

    /// Adds the facts from a member's entry in its table.
    fn row(&self, item: &mut Item, row: &TableMember) {
        if let TableRef::Table(name) = &row.target {
            item.set(
                Fact::Target,
                self.shapes.get(name.as_str()).copied().unwrap_or_default(),
            );
        }
        item.set(Fact::Location, location(&row.binding));
        self.marks(item, &row.marks);
    }
}

/// How a trait changes requests and responses.
fn transfer(of: &ServiceTrait) -> Option<String> {
    Some(match of {
        ServiceTrait::OtherCommands(_) => return None,
        ServiceTrait::AwsQueryCompatible => "query compatible".to_owned(),
        ServiceTrait::Sigv4Verbatim => "paths are signed verbatim".to_owned(),
        ServiceTrait::UnsignedWithoutProvider => "unsigned without a provider".to_owned(),
        ServiceTrait::Header(name, value) => format!("header {name}: {value}"),
        ServiceTrait::RegionRedirects {
            header,
            resource,
            member,
            lookup,
            ..
        } => {
            let sources = [header, member, lookup].into_iter();
            let sources: Vec<_> = sources.filter(|source| !source.is_empty()).collect();
            let sources = sources.into_iter().cloned().collect::<Vec<_>>();
            format!("region of {resource} from {}", sources.join(" or "))
        }
        ServiceTrait::EndpointDiscovery(operation, _) => format!("endpoints from {operation}"),
        ServiceTrait::SessionCredentials {
            operation,
            auth_scheme,
            ..
        } => format!("credentials for {auth_scheme} from {operation}"),
        ServiceTrait::Crc32Header(header) => format!("CRC-32 in {header}"),
        ServiceTrait::Retries(attempts, backoff, _) => {
            let number =
                |number: &Option<u32>| number.map_or("default".to_owned(), |n| n.to_string());
            format!(
                "retries: {} attempts, {} ms",
                number(attempts),
                number(backoff)
            )
        }
        ServiceTrait::ExpectContinue(length) => format!("expects 100-continue from {length} bytes"),
    })
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

/// `owner`: what stands before `build`, if the item isn't the type itself.
fn build(item: &mut Item, of: &Structure, owner: &str) {
    let mut members = of.members.iter();
    let may_fail = members.any(|member| member.presence == Presence::Required);
    if may_fail {
        item.set(Fact::Build, format!("{owner}build() -> Result"));
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
    // A hash is enough: only people read documentation.
    let hash = hash_words(docs.texts());
    item.set(Fact::Docs, hash.get(..8).unwrap_or_default());
}
