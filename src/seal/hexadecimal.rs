//! Bytes as the key file has them: written in hexadecimal, in lower case.

/// `bytes` in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// So many bytes that were written in hexadecimal; none where there are others, or none at all.
pub(super) fn bytes<const LENGTH: usize>(text: &str) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    let read = base16ct::lower::decode(text, &mut bytes).ok()?;
    (read.len() == LENGTH).then_some(bytes)
}
