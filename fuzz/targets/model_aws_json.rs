//! Models in the AWS JSON format.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::models::load_and_check("json", data));
