//! Responses of rpc_v2_cbor.
#![no_main]

use swage_client::protocol::rpc_v2;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(rpc_v2::RPC_V2_CBOR, data));
