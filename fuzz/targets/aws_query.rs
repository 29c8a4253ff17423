//! Responses of aws_query.
#![no_main]

use swage_client::protocol::query;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(query::AWS_QUERY, data));
