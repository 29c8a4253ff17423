//! Responses of rest_json.
#![no_main]

use swage_client::protocol::rest_json;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(
    rest_json::REST_JSON_1,
    data
));
