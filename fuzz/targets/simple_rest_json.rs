//! Responses of simple_rest_json.
#![no_main]

use swage_client::protocol::simple_rest_json;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(
    simple_rest_json::SIMPLE_REST_JSON,
    data
));
