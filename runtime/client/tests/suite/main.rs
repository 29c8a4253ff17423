//! The client against real servers on loopback. A module is only compiled with the features that its tests need.

#[cfg(all(feature = "client", feature = "rest-json"))]
mod auth;
#[cfg(all(feature = "aws-json", feature = "rest-json", feature = "rpc-v2-json"))]
mod aws_json;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod bad_http;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod buckets;
#[cfg(feature = "rpc-v2-cbor")]
mod cbor;
#[cfg(all(feature = "checksum", feature = "rest-json"))]
mod checksums;
#[cfg(all(feature = "checksum", feature = "rest-json", feature = "tls"))]
mod checksums_tls;
#[cfg(all(feature = "compression", feature = "rest-json"))]
mod compression;
#[cfg(all(
    feature = "aws-json",
    feature = "aws-query",
    feature = "event-stream",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor",
    feature = "rpc-v2-json",
    feature = "tls"
))]
mod connections;
mod derives;
#[cfg(all(feature = "checksum", feature = "rest-json", feature = "waiters"))]
mod digests;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod discovery;
mod endpoint;
#[cfg(feature = "rest-json")]
mod endpoint_params;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod error_texts;
#[cfg(all(
    feature = "aws-json",
    feature = "aws-query",
    feature = "event-stream",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor",
    feature = "rpc-v2-json",
    feature = "tls"
))]
mod events;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod expect;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod failed_calls;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod failures;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod http_client;
#[cfg(all(feature = "client", feature = "rest-json", feature = "tls"))]
mod kept_connections;
#[cfg(feature = "rest-json")]
mod kinds;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod labels;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod log;
#[cfg(all(feature = "aws-query", feature = "rest-xml"))]
mod markup;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod moving_over;
#[cfg(all(feature = "client", feature = "rest-json", not(feature = "tls")))]
mod no_tls;
#[cfg(all(
    feature = "aws-json",
    feature = "aws-query",
    feature = "client",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor",
    feature = "rpc-v2-json"
))]
mod odd_answers;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod overlay_traits;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod pages;
#[cfg(all(feature = "aws-query", feature = "client", feature = "rest-json"))]
mod presigned;
#[cfg(all(
    feature = "aws-query",
    feature = "client",
    feature = "rest-json",
    feature = "rest-xml"
))]
mod presigning;
#[cfg(all(feature = "client", feature = "rest-json", feature = "tls"))]
mod proxies;
#[cfg(all(feature = "aws-query", feature = "rest-xml"))]
mod query_request;
#[cfg(all(feature = "aws-query", feature = "rest-xml"))]
mod query_response;
mod records;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod redirects;
#[cfg(feature = "rest-json")]
mod rest_json_request;
#[cfg(feature = "rest-json")]
mod rest_json_response;
#[cfg(all(feature = "aws-query", feature = "rest-xml"))]
mod rest_xml_request;
#[cfg(all(feature = "aws-query", feature = "rest-xml"))]
mod rest_xml_response;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod retries;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod retry_hints;
#[cfg(all(
    feature = "aws-json",
    feature = "aws-query",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor",
    feature = "rpc-v2-json"
))]
mod round_trip;
#[cfg(all(feature = "rest-json", feature = "rpc-v2-cbor"))]
mod rpc_v2_cbor;
#[cfg(all(feature = "rest-json", feature = "rpc-v2-cbor"))]
mod rpc_v2_cbor_hostile;
mod rules;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod sdk_config;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod secrets;
#[cfg(all(feature = "rest-json", feature = "serde"))]
mod serde;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod server;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod sessions;
#[cfg(all(feature = "client", feature = "rest-json", feature = "tls"))]
mod stalled_streams;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod tables;
#[cfg(all(feature = "client", feature = "rest-json", feature = "tls"))]
mod tls;
#[cfg(all(feature = "transfer", feature = "rest-json"))]
mod transfers;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod transport;
#[cfg(all(feature = "checksum", feature = "rest-json", feature = "tls"))]
mod uploads;
#[cfg(feature = "rest-json")]
mod validate;
#[cfg(all(feature = "rest-json", feature = "rest-xml", feature = "waiters"))]
mod waiters;
#[cfg(all(feature = "client", feature = "rest-json"))]
mod wire;
