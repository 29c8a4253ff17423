//! Members of shapes.

use super::{Schema, Trait};
use std::fmt;

/// A member of a structure, union, list (one, named `member`) or map (two, `key` and `value`).
pub struct Member {
    name: &'static str,
    /// Thin, so that a member stays small: most have no other name than their own.
    wire: Option<&'static &'static str>,
    traits: &'static [Trait],
    target: Target,
}

/// The target, with what fits beside it in 16 bytes.
#[derive(Clone, Copy)]
enum Target {
    Known {
        location: Location,
        flags: u16,
        schema: &'static Schema,
    },
    Deferred {
        location: Location,
        flags: u16,
        index: u32,
        source: &'static &'static dyn SchemaSource,
    },
}

/// Schemas by index, for [`Member::deferred`].
pub trait SchemaSource: Sync {
    /// The schema with that index. It is asked for often: a source makes each schema once and keeps it.
    fn schema(&self, index: u32) -> &'static Schema;
}

/// Where a member goes in an HTTP message (Smithy 2.0, "HTTP bindings") or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the document that the protocol makes of all members without another place.
    Body,
    /// `@httpLabel`: in the path.
    Label,
    /// `@httpQuery`: one query parameter.
    Query,
    /// `@httpQueryParams`: a map of query parameters.
    QueryParams,
    /// `@httpHeader`.
    Header,
    /// `@httpPrefixHeaders`: a map of headers.
    PrefixHeaders,
    /// `@httpPayload`: the whole body.
    Payload,
    /// `@httpResponseCode`.
    ResponseCode,
    /// `@eventHeader`.
    EventHeader,
    /// `@eventPayload`.
    EventPayload,
}

const REQUIRED: u16 = 1;
const IDEMPOTENCY_TOKEN: u16 = 1 << 1;
const XML_FLATTENED: u16 = 1 << 2;
const XML_ATTRIBUTE: u16 = 1 << 3;
const HOST_LABEL: u16 = 1 << 4;
const DEPRECATED: u16 = 1 << 5;
const CLIENT_OPTIONAL: u16 = 1 << 6;
const LAST_SEGMENT: u16 = 1 << 7;
const NULLABLE: u16 = 1 << 8;
const JSON_UNKNOWN: u16 = 1 << 9;
const ASCII: u16 = 1 << 10;
const ENDPOINT_URL: u16 = 1 << 11;
const JSON_TEXT: u16 = 1 << 12;
const ZIP_FILE: u16 = 1 << 13;
const ENDPOINT_ID: u16 = 1 << 14;

flags! { Member:
    required is_required REQUIRED "@required";
    client_optional is_client_optional CLIENT_OPTIONAL "@clientOptional";
    idempotency_token is_idempotency_token IDEMPOTENCY_TOKEN "@idempotencyToken";
    xml_flattened is_xml_flattened XML_FLATTENED "@xmlFlattened";
    xml_attribute is_xml_attribute XML_ATTRIBUTE "@xmlAttribute";
    host_label is_host_label HOST_LABEL "@hostLabel";
    deprecated is_deprecated DEPRECATED "@deprecated";
    last_segment is_last_segment LAST_SEGMENT "`swage.api#lastSegment`";
    nullable is_nullable NULLABLE "alloy#nullable";
    json_unknown is_json_unknown JSON_UNKNOWN "alloy#jsonUnknown";
    ascii is_ascii ASCII "`swage.api#ascii`";
    endpoint_url is_endpoint_url ENDPOINT_URL "`swage.api#endpointUrl`";
    endpoint_id is_endpoint_id ENDPOINT_ID "`aws.api#clientEndpointDiscoveryId`";
    json_text is_json_text JSON_TEXT "`swage.cli#json`";
    zip_file is_zip_file ZIP_FILE "`swage.cli#zipFile`";
}

impl Member {
    /// A member in the body, without traits.
    pub const fn new(name: &'static str, target: &'static Schema) -> Self {
        Self {
            name,
            wire: None,
            traits: &[],
            target: Target::Known {
                location: Location::Body,
                flags: 0,
                schema: target,
            },
        }
    }

    /// A member in the body, without traits, whose target is looked up each time that it is asked for. Tables that are
    /// made at run time can be recursive this way, and name only those shapes that are used.
    pub const fn deferred(
        name: &'static str,
        source: &'static &'static dyn SchemaSource,
        index: u32,
    ) -> Self {
        Self {
            name,
            wire: None,
            traits: &[],
            target: Target::Deferred {
                location: Location::Body,
                flags: 0,
                index,
                source,
            },
        }
    }

    /// With these traits; they go before those of the target.
    pub const fn with(mut self, traits: &'static [Trait]) -> Self {
        self.traits = traits;
        self
    }

    const fn flag(mut self, flag: u16) -> Self {
        match &mut self.target {
            Target::Known { flags, .. } | Target::Deferred { flags, .. } => *flags |= flag,
        }
        self
    }

    const fn flags(&self) -> u16 {
        match self.target {
            Target::Known { flags, .. } | Target::Deferred { flags, .. } => flags,
        }
    }

    const fn at(mut self, place: Location, wire: Option<&'static &'static str>) -> Self {
        match &mut self.target {
            Target::Known { location, .. } | Target::Deferred { location, .. } => *location = place,
        }
        self.wire = wire;
        self
    }

    /// With `@jsonName`.
    pub const fn json_name(mut self, name: &'static &'static str) -> Self {
        self.wire = Some(name);
        self
    }

    /// In the path: `@httpLabel`.
    pub const fn label(self) -> Self {
        self.at(Location::Label, None)
    }

    /// In the query: `@httpQuery`.
    pub const fn query(self, name: &'static &'static str) -> Self {
        self.at(Location::Query, Some(name))
    }

    /// In the query, a map: `@httpQueryParams`.
    pub const fn query_params(self) -> Self {
        self.at(Location::QueryParams, None)
    }

    /// In a header: `@httpHeader`.
    pub const fn header(self, name: &'static &'static str) -> Self {
        self.at(Location::Header, Some(name))
    }

    /// In headers, a map: `@httpPrefixHeaders`.
    pub const fn prefix_headers(self, prefix: &'static &'static str) -> Self {
        self.at(Location::PrefixHeaders, Some(prefix))
    }

    /// The body: `@httpPayload`.
    pub const fn payload(self) -> Self {
        self.at(Location::Payload, None)
    }

    /// The status of the response: `@httpResponseCode`.
    pub const fn response_code(self) -> Self {
        self.at(Location::ResponseCode, None)
    }

    /// In a header of an event: `@eventHeader`.
    pub const fn event_header(self) -> Self {
        self.at(Location::EventHeader, None)
    }

    /// The payload of an event: `@eventPayload`.
    pub const fn event_payload(self) -> Self {
        self.at(Location::EventPayload, None)
    }

    /// The name in the model.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The shape that it targets.
    pub fn target(&self) -> &'static Schema {
        match self.target {
            Target::Known { schema, .. } => schema,
            Target::Deferred { source, index, .. } => source.schema(index),
        }
    }

    /// The name at its location: `@jsonName`, the header, the query parameter, the prefix; else its own.
    pub const fn wire(&self) -> &'static str {
        match self.wire {
            Some(wire) => wire,
            None => self.name,
        }
    }

    /// Where it goes.
    pub const fn location(&self) -> Location {
        match self.target {
            Target::Known { location, .. } | Target::Deferred { location, .. } => location,
        }
    }

    /// The traits that have a value: its own, then those of its target.
    pub fn traits(&self) -> impl Iterator<Item = &'static Trait> {
        self.traits.iter().chain(self.target().traits())
    }

    /// Its own traits that have a value.
    pub const fn own_traits(&self) -> &'static [Trait] {
        self.traits
    }
}

/// Shows the target's id alone: shapes can be recursive.
impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member")
            .field("name", &self.name)
            .field("target", &self.target().id())
            .field("location", &self.location())
            .field("wire", &self.wire())
            .field("flags", &self.flags())
            .field("traits", &self.traits)
            .finish()
    }
}
