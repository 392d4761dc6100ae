//! Whom a guide says to call stands beside it.

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Alone;

#[test]
fn a_number_that_a_step_names_is_one_tap_away_and_customers_may_read_it() {
    let plan = plan_file::built_in();
    let mut named = 0;
    for kind in &plan.incidents {
        for step in &kind.steps {
            let mut told = vec![&step.command, &step.detail];
            told.extend(step.condition.iter().chain(&step.say));
            if let Alone::Reads(words) = &step.alone {
                told.extend([&words.command, &words.detail]);
            }
            let runs = told.iter().flat_map(|text| {
                let words = text.in_lang(&Lang::ZH_CN);
                words.split(|c: char| !c.is_ascii_digit())
            });
            for run in runs {
                let role = plan
                    .roles
                    .iter()
                    .find(|one| one.number.as_deref() == Some(run));
                let Some(role) = role else { continue };
                let is_beside = step.contacts.contains(&role.id) || kind.cards.contains(&role.id);
                assert!(is_beside, "{}.{} names {run}", kind.id, step.id);
                assert!(role.public, "{run} is a number of the whole country");
                named += 1;
            }
        }
    }
    assert!(named > 50, "{named}");
}
