//! Names of any length: on the board, at the door, on the list.

use std::path::Path;

use lobby_kiosk::domain::person::{NAME_LENGTH, Person, Role};
use lobby_kiosk::service::people::People;

use super::{everywhere, wordy};
use crate::people::{LI, branch, come_in};

/// A branch of many people with names as long as they may be.
fn staffed(data: &Path) {
    wordy(data);
    branch(data);
    let mut people = People::read(data).unwrap();
    let latin = "Wilhelmina Featherst";
    let names = [
        "欧阳寻南".to_owned(),
        "甲".repeat(NAME_LENGTH),
        latin.to_owned(),
    ];
    let more = (0..20).map(|number| format!("张三丰{number}"));
    for (number, name) in names.into_iter().chain(more).enumerate() {
        let person = Person {
            id: format!("0199a0c4-0000-7000-9000-{number:012}")
                .as_str()
                .into(),
            name,
            role: Role::ALL[number % 3],
            first_aider: true,
            reach: "乙".repeat(38),
        };
        people.add(person).unwrap();
    }
    people.write().unwrap();
}

#[test]
fn the_people() {
    everywhere(staffed, |kiosk, _, look| {
        look("board, nobody on duty");
        kiosk.tap("on-duty");
        look("who is on duty");
        // In the order in which they came: the longest name is the fourth.
        for place in [3, 4, 5] {
            kiosk.tap(&format!("person-{place}"));
            look(&format!("board with {place} on duty"));
            kiosk.tap("on-duty");
            look(&format!("{place} is on duty"));
        }
        kiosk.screens.state().enter_staff();
        kiosk.screens.draw();
        look("who is at the door");
        kiosk.tap("person-1");
        kiosk.wait_for_staff();
        look("the PIN of somebody");
        kiosk.type_pin("771205");
        look("a wrong PIN of somebody");
        come_in(kiosk, 2, LI);
        for id in ["to-numbers", "staff-people"] {
            kiosk.tap(id);
            look(&format!("refused {id}"));
        }
        kiosk.screens.state().unlock();
        kiosk.screens.state().show_people();
        kiosk.screens.draw();
        look("the list");
        std::fs::write(kiosk.data.join("people.json"), "7").unwrap();
        let services = kiosk.screens.services();
        services.staff.people_teller(&kiosk.data, &services.people)();
        kiosk.screens.process_notices();
        kiosk.screens.state().unlock();
        kiosk.screens.state().show_people();
        kiosk.screens.draw();
        look("a list that cannot be read");
    });
}
