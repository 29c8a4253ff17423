//! Streams of events, of all protocols.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::events::read(data));
