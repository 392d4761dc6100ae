//! The head of a WAV file or stream: 16 bits a sample, one channel.

use super::tone::RATE;

/// Bytes of data that a stream without an end says it has: more than six hours, and still a number
/// that players take as a length.
const ENDLESS: u32 = 0x7fff_f000;
/// Bytes of one sample.
pub const SAMPLE_BYTES: usize = 2;

/// The head before `samples` samples; before a stream without an end where none are named.
pub fn head(samples: Option<usize>) -> Vec<u8> {
    let bytes = samples.and_then(|count| u32::try_from(count * SAMPLE_BYTES).ok());
    let data = bytes.unwrap_or(ENDLESS);
    let mut head = Vec::with_capacity(44);
    head.extend(b"RIFF");
    head.extend((data + 36).to_le_bytes());
    head.extend(b"WAVEfmt ");
    head.extend(16_u32.to_le_bytes());
    // PCM, one channel.
    head.extend(1_u16.to_le_bytes());
    head.extend(1_u16.to_le_bytes());
    head.extend(RATE.to_le_bytes());
    head.extend((RATE * 2).to_le_bytes());
    head.extend(2_u16.to_le_bytes());
    head.extend(16_u16.to_le_bytes());
    head.extend(b"data");
    head.extend(data.to_le_bytes());
    head
}

/// Samples as the bytes that follow the head.
pub fn bytes(samples: impl IntoIterator<Item = i16>) -> Vec<u8> {
    samples.into_iter().flat_map(i16::to_le_bytes).collect()
}
