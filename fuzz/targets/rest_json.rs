//! Responses of rest_json.
#![no_main]

use swage_client::operation::Protocol;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(Protocol::RestJson1, data));
