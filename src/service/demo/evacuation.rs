//! An invented evacuation: what the staff see to, and who is counted.

use chrono::TimeDelta;

use super::Scene;
use super::incident::{IncidentPlayer, Stage};
use crate::domain::evacuation::End;

impl IncidentPlayer {
    /// People leave; does what comes next.
    pub(super) fn leave(&mut self, scene: &Scene) -> TimeDelta {
        let incidents = &scene.incidents;
        let Stage::Leaving(counted) = self.stage else {
            return self.to(Stage::Guide, 10, 40);
        };
        if self.chance.percent(60)
            && let Some(sweep) = next_sweep(scene)
        {
            incidents.sweep(&sweep, true);
            return self.seconds(10, 45);
        }
        match counted {
            0 if incidents.next_order() => {}
            0..=3 => {
                let more = i32::try_from(self.chance.between(4, 19)).unwrap_or(4);
                incidents.count_heads(more);
            }
            4 => {
                let missing = u32::from(self.chance.percent(20));
                incidents.miss(missing);
            }
            5 => {
                incidents.miss(0);
            }
            _ => {
                let end = match self.chance.percent(20) {
                    true => End::FalseAlarm,
                    false => End::AllClear,
                };
                incidents.end(end);
                return self.to(Stage::Guide, 30, 120);
            }
        }
        self.to(Stage::Leaving(counted + 1), 20, 110)
    }
}

/// The first of the staff's steps that nobody has done.
fn next_sweep(scene: &Scene) -> Option<String> {
    let incidents = &scene.incidents;
    let one = incidents.evacuating()?;
    let running = one.running_evacuation()?;
    let hazard = incidents.hazard(&one);
    let mut steps = scene.plan.sweeps_for(hazard.as_ref()).iter();
    let next = steps.find(|step| !running.swept.contains_key(&step.id))?;
    Some(next.id.clone())
}
