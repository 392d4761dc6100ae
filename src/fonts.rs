//! The program's own typeface, for all that is drawn without the window's toolkit: it covers the
//! GBK repertoire, so that names of people and streets are drawn whole.

/// Noto Sans SC at its regular weight.
pub static REGULAR: &[u8] = include_bytes!("../ui/fonts/NotoSansSC-Regular.ttf");
/// Noto Sans SC at its bold weight.
pub static BOLD: &[u8] = include_bytes!("../ui/fonts/NotoSansSC-Bold.ttf");
