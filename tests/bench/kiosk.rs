//! What the program costs: `cargo bench`. Figures are times; the README quotes their ratios.

mod journal;
mod pages;
mod screen;
mod seal;
#[path = "../common/served.rs"]
mod served;

fn main() {
    divan::main();
}
