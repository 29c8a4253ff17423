//! Responses of `rest_xml`.
#![no_main]

use swage_client::protocol::rest_xml;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(rest_xml::REST_XML, data));
