//! Responses of aws_json_1_0.
#![no_main]

use swage_client::operation::Protocol;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(Protocol::AwsJson1_0, data));
