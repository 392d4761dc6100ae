//! `cargo bench`
fn main() {
    divan::main();
}
