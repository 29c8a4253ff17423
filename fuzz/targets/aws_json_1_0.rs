//! Responses of aws_json_1_0.
#![no_main]

use swage_client::protocol::aws_json;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(
    aws_json::AWS_JSON_1_0,
    data
));
