//! Who acted, as an entry of the journal names them.

use super::ids::PersonId;

/// Somebody of the staff. What a customer does, and what the program does by itself, has no actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever handles incidents on the lobby floor: nobody is asked for a name there.
    OnDuty,
    /// Whoever has given a PIN.
    SignedIn,
}

impl Actor {
    const ALL: [Self; 2] = [Self::OnDuty, Self::SignedIn];

    /// The name in the journal's `actor`, without a person's.
    pub fn id(self) -> &'static str {
        match self {
            Self::OnDuty => "on-duty",
            Self::SignedIn => "signed-in",
        }
    }

    /// What stands in the journal's `actor`: `on-duty`, or `on-duty:0199…` where it is known who is.
    /// The first administrator's PIN is nobody's name.
    pub fn named(self, person: Option<&PersonId>) -> String {
        match person {
            Some(person) => format!("{}:{person}", self.id()),
            None => self.id().to_owned(),
        }
    }

    /// What the journal's `actor` says; none where a newer program wrote it.
    pub fn read(written: &str) -> Option<(Self, Option<PersonId>)> {
        Self::ALL.into_iter().find_map(|actor| {
            let rest = written.strip_prefix(actor.id())?;
            match rest.strip_prefix(':') {
                Some(person) => Some((actor, Some(person.into()))),
                None if rest.is_empty() => Some((actor, None)),
                None => None,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let person = PersonId::from("0199a0c4-0000-7000-8000-000000000001");
        for actor in Actor::ALL {
            for who in [None, Some(person.clone())] {
                let written = actor.named(who.as_ref());
                assert_eq!(Actor::read(&written), Some((actor, who)));
            }
        }
        assert_eq!(Actor::read("signed-in-elsewhere"), None);
        assert_eq!(Actor::read("robot"), None);
    }
}
