//! Responses of `rest_xml`, with errors in both of its forms.
#![no_main]

use swage_client::operation::Protocol;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let no_error_wrapping = data.first().is_some_and(|choice| choice & 16 == 16);
    swage_fuzz::responses::read(Protocol::RestXml { no_error_wrapping }, data);
});
