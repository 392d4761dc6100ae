//! What the program costs: `cargo bench`. Figures are times; the README quotes their ratios.

mod journal;
mod pages;
mod screen;

fn main() {
    divan::main();
}
