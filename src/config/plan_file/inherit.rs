//! What a branch's own plan takes over from the built-in one where it is silent.
//!
//! Plans outlive versions of the program. One that was written before there were contact groups,
//! public notices, hazards, sweeps, replies and first-aid cards must neither be refused for it nor leave a screen empty.

use std::sync::LazyLock;

use crate::domain::plan::{Aid, Crew, Hazard, IncidentType, Plan, Reply, Role, Step};

/// The built-in plan, read once it is first needed: most plans say everything themselves.
static BUILT_IN: LazyLock<Plan> = LazyLock::new(super::built_in);

/// The plan that stands behind the one being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FallbackPlan {
    /// None: the built-in plan cannot take over from itself.
    None,
    /// The built-in plan. What comes from it has that plan's languages only; `Text::in_lang`
    /// shows those where a branch has others, so that nothing is blank.
    BuiltIn,
}

impl FallbackPlan {
    fn plan(self) -> Option<&'static Plan> {
        match self {
            Self::None => None,
            Self::BuiltIn => Some(&BUILT_IN),
        }
    }

    /// Where a role that says nothing of the contacts screen stands there.
    pub(super) fn complete_role(self, role: &mut Role) {
        if let Some(known) = self.plan().and_then(|plan| plan.role(&role.id)) {
            role.group = known.group;
            role.ask.clone_from(&known.ask);
            role.report = known.report;
        }
    }

    /// Who is called when a role that says nothing about it does not answer.
    pub(super) fn next_of(self, role: &str) -> Option<String> {
        self.plan()?.role(role)?.next.clone()
    }

    /// Those a step can be handed to, where the plan names nobody.
    pub(super) fn crew(self) -> Vec<Crew> {
        self.plan().map_or_else(Vec::new, |plan| plan.crew.clone())
    }

    /// The reply of this id: what one says of itself that does not say so.
    pub(super) fn reply(self, id: &str) -> Option<&'static Reply> {
        self.plan()?.reply(id)
    }

    /// What customers may learn of a type that says nothing about it.
    pub(super) fn complete_incident(self, incident: &mut IncidentType) {
        if let Some(known) = self.plan().and_then(|plan| plan.incident(&incident.id)) {
            incident.notice.clone_from(&known.notice);
            incident.notice_code = known.notice_code;
            incident.discreet = known.discreet;
        }
    }

    /// What the police are told of a type that says nothing about it.
    pub(super) fn complete_police_words(self, incident: &mut IncidentType) {
        if let Some(known) = self.plan().and_then(|plan| plan.incident(&incident.id)) {
            incident.police_words.clone_from(&known.police_words);
        }
    }

    /// Whether the guide of a type that says nothing about it has the market's clock.
    pub(super) fn has_market_clock(self, incident: &str) -> bool {
        let known = self.plan().and_then(|plan| plan.incident(incident));
        known.is_some_and(|known| known.market_clock)
    }

    /// What the public may learn of a hazard that says nothing about it. Where it was written, every
    /// command was public, those for hiding as well: the public gets the built-in ones instead,
    /// and the branch's own stay with the staff.
    pub(super) fn complete_hazard(self, hazard: &mut Hazard, incidents: &[IncidentType]) {
        let Some(plan) = self.plan() else {
            return;
        };
        let Some(known) = plan.hazard(&hazard.id) else {
            // A branch's own hazard is as discreet as the guide that carries on.
            let guide = incidents
                .iter()
                .find(|one| hazard.incident.as_ref() == Some(&one.id));
            hazard.discreet = guide.is_some_and(|one| one.discreet);
            return;
        };
        hazard.public_name.clone_from(&known.public_name);
        hazard.discreet = known.discreet;
        hazard.no_codes = known.no_codes;
        hazard.staff_commands = if known.discreet {
            std::mem::replace(&mut hazard.commands, known.commands.clone())
        } else {
            known.staff_commands.clone()
        };
    }

    /// The name that the public reads of a discreet hazard that has none for them: no public face
    /// says what it is, and so it goes by that of the built-in one.
    pub(super) fn complete_public_name(self, hazard: &mut Hazard) {
        if !hazard.discreet || hazard.public_name.is_some() {
            return;
        }
        let Some(plan) = self.plan() else {
            return;
        };
        let mut discreet = plan.hazards.iter().filter(|one| one.discreet);
        let known = discreet
            .clone()
            .find(|one| one.id == hazard.id || one.incident == hazard.incident)
            .or_else(|| discreet.next());
        hazard.public_name = known.and_then(|one| one.public_name.clone());
    }

    /// What staff see to with a hazard that says nothing about it. Where the list for all could
    /// hurt them, as one that sends them into each room while somebody goes about with a knife,
    /// a branch's own does not stand for this hazard as well.
    pub(super) fn complete_sweeps(self, hazard: &mut Hazard) {
        let Some(plan) = self.plan().filter(|_| hazard.sweeps.is_empty()) else {
            return;
        };
        let known = plan.hazard(&hazard.id).or_else(|| {
            let mut alike = plan.hazards.iter();
            alike.find(|one| one.discreet && hazard.discreet)
        });
        if let Some(known) = known {
            hazard.sweeps.clone_from(&known.sweeps);
        }
    }

    /// The step of this id in the guide of the incident type of this id.
    pub(super) fn step(self, incident: &str, step: &str) -> Option<&'static Step> {
        self.plan()?.incident(incident)?.step(step)
    }

    /// The first-aid cards of a plan that has none.
    pub(super) fn aids(self) -> Vec<Aid> {
        self.plan().map_or_else(Vec::new, |plan| plan.aids.clone())
    }

    /// What customers are told once a step is done that says nothing about it.
    pub(super) fn complete_step(self, incident: &str, step: &mut Step) {
        if let Some(known) = self.step(incident, &step.id) {
            step.notice.clone_from(&known.notice);
        }
    }

    /// The hazards, sweeps, replies and settlements of a plan that has none.
    pub(super) fn complete_plan(self, plan: &mut Plan) {
        let is_whole = !plan.hazards.is_empty()
            && !plan.sweeps.is_empty()
            && !plan.replies.is_empty()
            && !plan.settlements.is_empty();
        if is_whole {
            return;
        }
        let Some(known) = self.plan() else {
            return;
        };
        if plan.hazards.is_empty() {
            let hazards = known.hazards.iter().map(|hazard| Hazard {
                // The branch may have dropped or renamed the type.
                incident: hazard
                    .incident
                    .clone()
                    .filter(|id| plan.incident(id).is_some()),
                ..hazard.clone()
            });
            plan.hazards = hazards.collect();
        }
        if plan.sweeps.is_empty() {
            plan.sweeps.clone_from(&known.sweeps);
            for hazard in &mut plan.hazards {
                self.complete_sweeps(hazard);
            }
        }
        if plan.replies.is_empty() {
            plan.replies.clone_from(&known.replies);
        }
        if plan.settlements.is_empty() {
            plan.settlements.clone_from(&known.settlements);
        }
    }
}
