//! What the program costs: `cargo bench`. Figures are times; the README quotes their ratios.

mod journal;
#[path = "../common/lobby.rs"]
mod lobby;
mod lookup;
mod pages;
mod report;
mod screen;
mod seal;
#[path = "../common/served.rs"]
mod served;

fn main() {
    divan::main();
}
