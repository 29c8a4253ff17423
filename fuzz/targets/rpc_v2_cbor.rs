//! Responses of rpc_v2_cbor.
#![no_main]

use swage_client::operation::Protocol;

libfuzzer_sys::fuzz_target!(|data: &[u8]| swage_fuzz::responses::read(Protocol::RpcV2Cbor, data));
