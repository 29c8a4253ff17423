//! The record of a service.

use super::encode::Encoder;
use crate::plan::{Auth, AuthValue, Plan, ServiceTrait};

/// The service's own table. Operations are named, and found in the section's table of operations.
pub(super) fn write(to: &mut Encoder<'_>, plan: &Plan) {
    let of = &plan.service;
    to.id(&of.id);
    to.text(&of.sdk_id);
    to.text(&of.version);
    to.text(of.protocol.id);
    auth(to, &of.auth);
    to.text(&of.endpoint_rules);
    to.text(&of.endpoint_prefix);
    to.bool(of.xml_namespace.is_some());
    if let Some(namespace) = &of.xml_namespace {
        to.pair(namespace);
    }
    let operations: Vec<_> = plan.operations.iter().map(|of| of.name.as_str()).collect();
    to.list(&of.traits, |to, of| one_trait(to, &operations, of));
}

/// Authentication schemes: the trait's id, and the values of its fields in the registry's order.
pub(super) fn auth(to: &mut Encoder<'_>, all: &[Auth]) {
    to.list(all, |to, of| {
        to.text(of.scheme.id);
        for (_, value) in &of.fields {
            match value {
                AuthValue::Boolean(value) => to.bool(*value),
                AuthValue::Text(value) => to.text(value),
            }
        }
    });
}

fn one_trait(to: &mut Encoder<'_>, operations: &[&str], of: &ServiceTrait) {
    match of {
        ServiceTrait::AwsQueryCompatible => to.byte(0),
        ServiceTrait::Sigv4Verbatim => to.byte(1),
        ServiceTrait::Header(name, value) => {
            to.byte(2);
            to.text(name);
            to.text(value);
        }
        ServiceTrait::RegionRedirects {
            header,
            resource,
            member,
            lookup,
            errors,
            creation,
        } => {
            to.byte(3);
            let lookup = operations.iter().find(|name| *name == lookup);
            for text in [
                header.as_str(),
                resource,
                member,
                lookup.copied().unwrap_or_default(),
                creation,
            ] {
                to.text(text);
            }
            to.texts(errors);
        }
        ServiceTrait::EndpointDiscovery(operation, error) => {
            to.byte(4);
            to.text(operation);
            to.text(error);
        }
        ServiceTrait::SessionCredentials {
            operation,
            auth_scheme,
            resource,
            credentials,
            token_header,
        } => {
            to.byte(5);
            for text in [operation, auth_scheme, resource, credentials, token_header] {
                to.text(text);
            }
        }
        ServiceTrait::ExpectContinue(length) => {
            to.byte(6);
            to.number(*length);
        }
        ServiceTrait::Crc32Header(header) => {
            to.byte(7);
            to.text(header);
        }
        ServiceTrait::Retries(attempts, backoff, errors) => {
            to.byte(8);
            to.optional(attempts.map(u64::from));
            to.optional(backoff.map(u64::from));
            to.texts(errors);
        }
        ServiceTrait::OtherCommands(names) => {
            to.byte(9);
            to.list(names, Encoder::pair);
        }
        ServiceTrait::UnsignedWithoutProvider => to.byte(10),
    }
}
