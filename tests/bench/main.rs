//! `cargo bench`
mod journal;

fn main() {
    divan::main();
}
