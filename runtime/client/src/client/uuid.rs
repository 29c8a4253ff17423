//! Random UUIDs (RFC 9562, version 4).

use super::body_traits::hexadecimal;

/// One, in lower case.
pub(crate) fn random() -> String {
    let bits = (fastrand::u128(..) & !(0xF << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let mut text = String::with_capacity(36);
    for (at, digit) in hexadecimal(&bits.to_be_bytes()).chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}
