//! Operations and their traits.

use super::PackError;
use super::decode::Decoder;
use super::service::auth;
use super::shapes::Source;
use crate::operation::{
    Acceptor, Comparator, Digest, HttpChecksum, Matcher, Operation, OperationTrait, Pagination,
    PresignedUrl, Service, Waiter, WaiterState,
};

type Result<T> = std::result::Result<T, PackError>;

/// Reads an operation with all its shapes.
pub(super) fn read(
    from: &mut Decoder,
    source: Source,
    service: &'static Service,
) -> Result<&'static Operation> {
    let name = from.text()?;
    let mut shapes = vec![from.narrow()?, from.narrow()?];
    shapes.extend(from.items(Decoder::narrow::<usize>)?);
    let schemas = source.read(&shapes)?;
    let Some(([input, output], errors)) = schemas.split_first_chunk() else {
        return Err(PackError::Invalid("shapes of an operation"));
    };
    Ok(Box::leak(Box::new(Operation {
        name,
        service,
        input,
        output,
        errors: Box::leak(errors.into()),
        method: from.text()?,
        uri: from.text()?,
        code: from.narrow()?,
        host_prefix: from.text()?,
        auth: from.optional(auth)?,
        optional_auth: from.bool()?,
        traits: from.list(one_trait)?,
    })))
}

fn one_trait(from: &mut Decoder) -> Result<OperationTrait> {
    Ok(match from.byte()? {
        0 => OperationTrait::Paginated(Pagination {
            input_token: from.text()?,
            output_token: from.text()?,
            more_results: from.text()?,
            items: from.text()?,
            page_size: from.text()?,
        }),
        1 => OperationTrait::Waitable(Box::leak(Box::new(waiter(from)?))),
        2 => OperationTrait::HttpChecksumRequired,
        3 => OperationTrait::HttpChecksum(HttpChecksum {
            request_algorithm_member: from.text()?,
            request_checksum_required: from.bool()?,
            request_validation_mode_member: from.text()?,
            response_algorithms: from.texts()?,
        }),
        4 => OperationTrait::RequestCompression(from.texts()?),
        5 => OperationTrait::StaticContextParam(from.text()?, from.text()?),
        6 => OperationTrait::OperationContextParam(from.text()?, from.text()?),
        7 => OperationTrait::UnsignedPayload,
        8 => OperationTrait::UnwrappedXmlOutput,
        9 => OperationTrait::NoContentType,
        10 => OperationTrait::Sha256TreeHash(from.text()?),
        11 => OperationTrait::Header(from.text()?, from.text()?),
        12 => OperationTrait::PresignedUrl(PresignedUrl {
            url: from.text()?,
            source_region: from.text()?,
            destination_region: from.text()?,
            sends_regions: from.bool()?,
        }),
        13 => OperationTrait::Digest(Digest {
            digest: from.text()?,
            of: from.text()?,
            list: from.text()?,
            input_list: from.text()?,
            key: from.text()?,
            in_input: from.bool()?,
        }),
        14 => OperationTrait::DiscoveredEndpoint {
            required: from.bool()?,
        },
        15 => OperationTrait::EventStreamHttp2,
        16 => OperationTrait::PresignedQuery,
        _ => return Err(PackError::Invalid("trait of an operation")),
    })
}

fn waiter(from: &mut Decoder) -> Result<Waiter> {
    Ok(Waiter {
        name: from.text()?,
        min_delay: from.narrow()?,
        max_delay: from.narrow()?,
        acceptors: from.list(acceptor)?,
    })
}

fn acceptor(from: &mut Decoder) -> Result<Acceptor> {
    let state = match from.byte()? {
        0 => WaiterState::Success,
        1 => WaiterState::Failure,
        2 => WaiterState::Retry,
        _ => return Err(PackError::Invalid("state of a waiter")),
    };
    let matcher = match from.byte()? {
        0 => Matcher::Success(from.bool()?),
        1 => Matcher::ErrorType(from.text()?),
        2 => Matcher::Output(from.text()?, from.text()?, comparator(from)?),
        3 => Matcher::InputOutput(from.text()?, from.text()?, comparator(from)?),
        _ => return Err(PackError::Invalid("matcher of a waiter")),
    };
    Ok(Acceptor::new(state, matcher).message(from.text()?))
}

fn comparator(from: &mut Decoder) -> Result<Comparator> {
    Ok(match from.byte()? {
        0 => Comparator::StringEquals,
        1 => Comparator::BooleanEquals,
        2 => Comparator::AllStringEquals,
        3 => Comparator::AnyStringEquals,
        _ => return Err(PackError::Invalid("comparator of a waiter")),
    })
}
