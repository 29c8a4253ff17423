//! The record of an operation.

use super::encode::Encoder;
use super::service::auth;
use super::shapes::Shapes;
use crate::plan::{
    Acceptor, Comparator, Matcher, Operation, OperationTrait, Pages, Waiter, WaiterState,
};

/// The operation's own table. `index` is its place in the plan.
pub(super) fn write(to: &mut Encoder<'_>, shapes: &Shapes<'_>, index: usize, of: &Operation) {
    to.text(&of.name);
    for side in shapes.sides(index) {
        to.size(side);
    }
    to.list(&of.errors, |to, name| to.size(shapes.of_type(name)));
    to.text(&of.method);
    to.text(&of.uri);
    to.number(u64::from(of.code));
    to.text(&of.host_prefix);
    to.bool(of.auth.is_some());
    if let Some(of) = &of.auth {
        auth(to, of);
    }
    to.bool(of.optional_auth);
    to.size(usize::from(of.pages.is_some()) + of.waiters.len() + of.traits.len());
    if let Some(pages) = &of.pages {
        paginated(to, pages);
    }
    of.waiters.iter().for_each(|of| waiter(to, of));
    of.traits.iter().for_each(|of| one_trait(to, of));
}

fn paginated(to: &mut Encoder<'_>, of: &Pages) {
    to.byte(0);
    for text in [
        &of.input_token,
        &of.output_token,
        &of.more_results,
        &of.items,
        &of.page_size,
    ] {
        to.text(text);
    }
}

fn waiter(to: &mut Encoder<'_>, of: &Waiter) {
    to.byte(1);
    to.text(&of.name);
    to.number(u64::from(of.min_delay));
    to.number(u64::from(of.max_delay));
    to.list(&of.acceptors, acceptor);
}

fn acceptor(to: &mut Encoder<'_>, of: &Acceptor) {
    to.byte(match of.state {
        WaiterState::Success => 0,
        WaiterState::Failure => 1,
        WaiterState::Retry => 2,
    });
    match &of.matcher {
        Matcher::Success(success) => {
            to.byte(0);
            to.bool(*success);
        }
        Matcher::ErrorType(error) => {
            to.byte(1);
            to.text(error);
        }
        Matcher::Output(path, expected, comparator) => {
            compared(to, 2, path, expected, *comparator);
        }
        Matcher::InputOutput(path, expected, comparator) => {
            compared(to, 3, path, expected, *comparator);
        }
    }
    to.text(&of.message);
}

fn compared(to: &mut Encoder<'_>, tag: u8, path: &str, expected: &str, comparator: Comparator) {
    to.byte(tag);
    to.text(path);
    to.text(expected);
    to.byte(match comparator {
        Comparator::StringEquals => 0,
        Comparator::BooleanEquals => 1,
        Comparator::AllStringEquals => 2,
        Comparator::AnyStringEquals => 3,
    });
}

fn one_trait(to: &mut Encoder<'_>, of: &OperationTrait) {
    match of {
        OperationTrait::HttpChecksumRequired => to.byte(2),
        OperationTrait::HttpChecksum {
            request_algorithm,
            request_required,
            validation_mode,
            response_algorithms,
        } => {
            to.byte(3);
            to.text(request_algorithm);
            to.bool(*request_required);
            to.text(validation_mode);
            to.texts(response_algorithms);
        }
        OperationTrait::RequestCompression(encodings) => {
            to.byte(4);
            to.texts(encodings);
        }
        OperationTrait::StaticContextParam(name, json) => texts(to, 5, &[name, json]),
        OperationTrait::OperationContextParam(name, path) => texts(to, 6, &[name, path]),
        OperationTrait::UnsignedPayload => to.byte(7),
        OperationTrait::UnwrappedXmlOutput => to.byte(8),
        OperationTrait::NoContentType => to.byte(9),
        OperationTrait::PresignedQuery => to.byte(16),
        OperationTrait::Sha256TreeHash(header) => texts(to, 10, &[header]),
        OperationTrait::Header(name, value) => texts(to, 11, &[name, value]),
        OperationTrait::PresignedUrl {
            url,
            source_region,
            destination_region,
            sends_regions,
        } => {
            texts(to, 12, &[url, source_region, destination_region]);
            to.bool(*sends_regions);
        }
        OperationTrait::Digest {
            digest,
            of,
            list,
            in_input,
            input_list,
            key,
        } => {
            texts(to, 13, &[digest, of, list, input_list, key]);
            to.bool(*in_input);
        }
        OperationTrait::DiscoveredEndpoint(required) => {
            to.byte(14);
            to.bool(*required);
        }
        OperationTrait::EventStreamHttp2 => to.byte(15),
    }
}

fn texts(to: &mut Encoder<'_>, tag: u8, texts: &[&String]) {
    to.byte(tag);
    for text in texts {
        to.text(text);
    }
}
