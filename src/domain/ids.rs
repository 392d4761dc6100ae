//! What incidents, complaints, entries and people are known by. Each is a type of its own, so that none is
//! taken for another; `service::ids` makes them.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$what:meta])* $name:ident) => {
        $(#[$what])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// As it is stored: UUIDv7, hyphenated lower case.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }
    };
}

id! {
    /// By which an incident is known.
    IncidentId
}
id! {
    /// By which a complaint is known, to the staff alone: customers have a receipt.
    ComplaintId
}
id! {
    /// By which an entry of the journal is known.
    EntryId
}

id! {
    /// By which the journal knows somebody of the branch, whose name it never holds.
    PersonId
}

id! {
    /// By which a link to somebody's own phone is known. It opens nothing: the secret does.
    LinkId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_id_is_its_text_alone() {
        let id = IncidentId::from("0199a0c4-0000-7000-8000-000000000001");
        let stored = serde_json::to_string(&id).unwrap();
        assert_eq!(stored, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<IncidentId>(&stored).unwrap(), id);
    }
}
