//! The file of the people.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::ids::PersonId;
use crate::domain::person::{MOST_PEOPLE, Person, Standing, is_name, is_reach};
use crate::own_file;
use crate::seal::PersonalKey;
use crate::service::pin::{self, PinError};
use crate::versioned_file::{self, Unfit};

/// The version of the file that this program writes.
const VERSION: u64 = 1;
/// Some seven hundred bytes a person.
const MOST_BYTES: usize = 256 << 10;

/// Why nothing is known of the people, or nothing could be changed. `i18n::people` words it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PeopleError {
    /// The file says something else.
    #[error("{path}: no list of people", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A newer program wrote it.
    #[error("{path}: written by a newer version", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// The disk refuses.
    #[error("{path}: {detail}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// It cannot be a name.
    #[error("no name")]
    NoName,
    /// It does not say how somebody is reached.
    #[error("too long to say how somebody is reached")]
    NoReach,
    /// Somebody is called so already.
    #[error("another has this name")]
    SameName,
    /// Nobody is called so.
    #[error("nobody has this name")]
    Nobody,
    /// There are as many as there can be.
    #[error("too many people")]
    TooMany,
    /// The PIN.
    #[error(transparent)]
    Pin(#[from] PinError),
}

/// The people of a data directory, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    path: PathBuf,
    known: Vec<Known>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    version: u64,
    people: Vec<Known>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    #[serde(flatten)]
    person: Person,
    /// The slow hash of their PIN; none before one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin: Option<String>,
    /// The branch's key under that PIN; none where it was not at hand when the PIN was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<PersonalKey>,
}

impl People {
    /// Those of the data directory `data`; nobody where there is no file.
    ///
    /// # Errors
    /// [`PeopleError::Damaged`], [`PeopleError::Newer`], [`PeopleError::Io`].
    pub fn read(data: &Path) -> Result<Self, PeopleError> {
        let path = data.join(own_file::PEOPLE);
        let damaged = || PeopleError::Damaged { path: path.clone() };
        let content: Content = match versioned_file::read(&path, MOST_BYTES, VERSION) {
            Ok(content) => content,
            Err(Unfit::Missing) => {
                let known = Vec::new();
                return Ok(Self { path, known });
            }
            Err(Unfit::Damaged) => return Err(damaged()),
            Err(Unfit::Newer(_)) => return Err(PeopleError::Newer { path }),
            Err(Unfit::Io(error)) => return Err(io(&path, &error)),
        };
        let are_whole = |one: &Known| is_name(&one.person.name) && is_reach(&one.person.reach);
        let mut ids: Vec<_> = content.people.iter().map(|one| &one.person.id).collect();
        ids.sort();
        ids.dedup();
        let is_right = ids.len() == content.people.len()
            && ids.len() <= MOST_PEOPLE
            && content.people.iter().all(are_whole);
        if !is_right {
            return Err(damaged());
        }
        Ok(Self {
            path,
            known: content.people,
        })
    }

    /// Writes the file anew.
    ///
    /// # Errors
    /// [`PeopleError::Io`]; it is as it was then.
    pub fn write(&self) -> Result<(), PeopleError> {
        let content = Content {
            version: VERSION,
            people: self.known.clone(),
        };
        own_file::make_way(self.path.parent().unwrap_or(Path::new(".")));
        versioned_file::write(&self.path, &content).map_err(|error| io(&self.path, &error))
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Person> {
        self.known.iter().map(|one| &one.person)
    }

    /// Those who have a PIN.
    pub fn with_pin(&self) -> impl Iterator<Item = &Person> {
        let with = self.known.iter().filter(|one| one.pin.is_some());
        with.map(|one| &one.person)
    }

    /// Whoever the journal knows by this.
    pub fn get(&self, id: &PersonId) -> Option<&Person> {
        self.find(id).map(|one| &one.person)
    }

    /// Whoever is called so.
    ///
    /// # Errors
    /// [`PeopleError::Nobody`].
    pub fn named(&self, name: &str) -> Result<&Person, PeopleError> {
        let found = self.all().find(|one| one.name == name);
        found.ok_or(PeopleError::Nobody)
    }

    /// What the journal says of them.
    pub fn standing(&self) -> Vec<Standing> {
        let all = self.all().map(|one| Standing {
            person: one.id.clone(),
            role: one.role,
        });
        all.collect()
    }

    /// Takes somebody in, without a PIN.
    ///
    /// # Errors
    /// [`PeopleError::NoName`], [`PeopleError::NoReach`], [`PeopleError::SameName`],
    /// [`PeopleError::TooMany`].
    pub fn add(&mut self, person: Person) -> Result<(), PeopleError> {
        self.must_fit(&person)?;
        if self.known.len() >= MOST_PEOPLE {
            return Err(PeopleError::TooMany);
        }
        self.known.push(Known {
            person,
            pin: None,
            key: None,
        });
        Ok(())
    }

    /// Puts what is said of somebody in place of what was; their PIN stays.
    ///
    /// # Errors
    /// Those of [`People::add`], and [`PeopleError::Nobody`].
    pub fn change(&mut self, person: Person) -> Result<(), PeopleError> {
        self.must_fit(&person)?;
        let known = self.find_mut(&person.id)?;
        known.person = person;
        Ok(())
    }

    /// Takes somebody off the list, with all that is known of them.
    ///
    /// # Errors
    /// [`PeopleError::Nobody`].
    pub fn remove(&mut self, id: &PersonId) -> Result<(), PeopleError> {
        self.find_mut(id)?;
        self.known.retain(|one| one.person.id != *id);
        Ok(())
    }

    /// Gives somebody a PIN in place of the one before, with the branch's key under it where that is
    /// at hand. It takes its time.
    ///
    /// # Errors
    /// [`PeopleError::Nobody`], [`PeopleError::Pin`].
    pub fn set_pin(
        &mut self,
        id: &PersonId,
        pin: &str,
        key: Option<PersonalKey>,
    ) -> Result<(), PeopleError> {
        let hash = pin::hash(pin)?;
        let known = self.find_mut(id)?;
        known.pin = Some(hash);
        known.key = key;
        Ok(())
    }

    /// Whether `pin` is theirs. It is slow on purpose.
    ///
    /// # Errors
    /// They have none, or it cannot be looked at.
    pub fn is_pin_of(&self, id: &PersonId, pin: &str) -> Result<bool, PinError> {
        let path = || self.path.clone();
        let hash = self.find(id).and_then(|one| one.pin.as_deref());
        let hash = hash.ok_or_else(|| PinError::NotSet { path: path() })?;
        pin::is_of(&self.path, hash, pin)
    }

    /// What tells their PIN from any other.
    pub fn mark_of(&self, id: &PersonId) -> Option<String> {
        let hash = self.find(id)?.pin.as_deref()?;
        Some(pin::mark_of(hash))
    }

    /// The branch's key under their PIN.
    pub fn key_of(&self, id: &PersonId) -> Option<&PersonalKey> {
        self.find(id)?.key.as_ref()
    }

    fn find(&self, id: &PersonId) -> Option<&Known> {
        self.known.iter().find(|one| one.person.id == *id)
    }

    fn find_mut(&mut self, id: &PersonId) -> Result<&mut Known, PeopleError> {
        let found = self.known.iter_mut().find(|one| one.person.id == *id);
        found.ok_or(PeopleError::Nobody)
    }

    fn must_fit(&self, person: &Person) -> Result<(), PeopleError> {
        if !is_name(&person.name) {
            return Err(PeopleError::NoName);
        }
        if !is_reach(&person.reach) {
            return Err(PeopleError::NoReach);
        }
        let same = |one: &Person| one.name == person.name && one.id != person.id;
        if self.all().any(same) {
            return Err(PeopleError::SameName);
        }
        Ok(())
    }
}

fn io(path: &Path, error: &std::io::Error) -> PeopleError {
    PeopleError::Io {
        path: path.to_owned(),
        detail: error.to_string(),
    }
}
