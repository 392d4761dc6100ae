//! `lobby-kiosk people`: who works at the branch, what each may do, and their PINs.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::anyhow;
use clap::{Subcommand, ValueEnum};
use zeroize::Zeroizing;

use super::pin::{next_line, typed};
use crate::domain::lang::Lang;
use crate::domain::person::{Person, Role};
use crate::i18n::{people as words, pin as pin_words};
use crate::service::clock::Clock;
use crate::service::ids::Ids;
use crate::service::people::{People, PeopleError};
use crate::service::seals::Seals;

/// Arguments of `people`.
#[derive(Clone, Debug, clap::Args)]
pub struct PeopleArgs {
    /// What to do
    #[command(subcommand)]
    pub command: PeopleCommand,
}

/// What `people` can do.
#[derive(Clone, Debug, Subcommand)]
pub enum PeopleCommand {
    /// List them
    List,
    /// Put somebody on the list
    Add {
        /// What they are called
        name: String,
        /// What they may do
        #[arg(long, value_enum, default_value_t = RoleArg::LobbyManager)]
        role: RoleArg,
        /// They have learned first aid
        #[arg(long)]
        first_aider: bool,
        /// How they are reached, such as an extension
        #[arg(long, default_value = "")]
        reach: String,
    },
    /// Change what is known of somebody
    Change {
        /// What they are called
        name: String,
        /// What they are called from now on
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// What they may do
        #[arg(long, value_enum)]
        role: Option<RoleArg>,
        /// Whether they have learned first aid
        #[arg(long)]
        first_aider: Option<bool>,
        /// How they are reached
        #[arg(long)]
        reach: Option<String>,
    },
    /// Take somebody off the list, with all that is known of them
    Remove {
        /// What they are called
        name: String,
    },
    /// Set somebody's PIN: typed twice, or the first line of standard input; the administrator PIN is
    /// typed after it, or is the second line
    Pin {
        /// What they are called
        name: String,
    },
}

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleArg {
    /// Handles incidents and complaints
    LobbyManager,
    /// Also releases replies and keeps complaints from being erased
    BranchHead,
    /// Also sets the tablet up
    Administrator,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::LobbyManager => Self::LobbyManager,
            RoleArg::BranchHead => Self::BranchHead,
            RoleArg::Administrator => Self::Administrator,
        }
    }
}

/// Does what is asked for in the data directory `data`, beside a kiosk that runs or without one, and
/// says so in `lang`.
///
/// # Errors
/// The list cannot be read or written, or what was given fits none.
pub fn run(args: &PeopleArgs, data: &Path, lang: &Lang, out: &mut dyn Write) -> anyhow::Result<()> {
    let worded = |error: PeopleError| anyhow!(words::people_error(lang, &error));
    let mut people = People::read(data).map_err(worded)?;
    let said = match &args.command {
        PeopleCommand::List => return Ok(list(&people, lang, out)?),
        PeopleCommand::Pin { name } => return set_pin(people, name, data, lang, out),
        PeopleCommand::Add {
            name,
            role,
            first_aider,
            reach,
        } => {
            let person = Person {
                id: Ids::new().next(Clock::system().now()).into(),
                name: name.clone(),
                role: (*role).into(),
                first_aider: *first_aider,
                reach: reach.clone(),
            };
            people.add(person).map_err(worded)?;
            words::added(lang, name)
        }
        PeopleCommand::Change {
            name,
            to,
            role,
            first_aider,
            reach,
        } => {
            let before = people.named(name).map_err(worded)?.clone();
            let person = Person {
                id: before.id,
                name: to.clone().unwrap_or(before.name),
                role: role.map_or(before.role, Role::from),
                first_aider: first_aider.unwrap_or(before.first_aider),
                reach: reach.clone().unwrap_or(before.reach),
            };
            let name = person.name.clone();
            people.change(person).map_err(worded)?;
            words::changed(lang, &name)
        }
        PeopleCommand::Remove { name } => {
            let id = people.named(name).map_err(worded)?.id.clone();
            people.remove(&id).map_err(worded)?;
            words::removed(lang, name)
        }
    };
    people.write().map_err(worded)?;
    writeln!(out, "{said}")?;
    Ok(())
}

fn list(people: &People, lang: &Lang, out: &mut dyn Write) -> io::Result<()> {
    let with_pin: Vec<_> = people.with_pin().map(|one| &one.id).collect();
    let mut any = false;
    for one in people.all() {
        any = true;
        let detail = words::detail(lang, one, with_pin.contains(&&one.id));
        let cells = [one.name.as_str(), words::role(lang, one.role), &detail];
        let cells: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        writeln!(out, "{}", cells.join("  "))?;
    }
    if !any {
        writeln!(out, "{}", words::nobody(lang))?;
    }
    Ok(())
}

/// Sets somebody's PIN, and puts the branch's key under it where the administrator PIN opens that.
fn set_pin(
    mut people: People,
    name: &str,
    data: &Path,
    lang: &Lang,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let worded = |error: PeopleError| anyhow!(words::people_error(lang, &error));
    let id = people.named(name).map_err(worded)?.id.clone();
    let unread = |error: io::Error| anyhow!(pin_words::unread(lang, &error.to_string()));
    let (chosen, administrator) = if io::stdin().is_terminal() {
        let mut ask = |prompt: &str| rpassword::prompt_password(prompt);
        let chosen = Zeroizing::new(typed(lang, &mut ask)?);
        let administrator = ask(words::ask_administrator(lang)).map_err(unread)?;
        (chosen, Zeroizing::new(administrator))
    } else {
        let chosen = next_line().map_err(unread)?;
        (chosen, next_line().map_err(unread)?)
    };
    let seals = Seals::of(data);
    let given = Some(administrator.as_str()).filter(|pin| !pin.is_empty());
    let opened = seals.unlock(given);
    let key = opened.ok().and_then(|()| seals.key_for(&chosen));
    let opens = key.is_some();
    people.set_pin(&id, &chosen, key).map_err(worded)?;
    people.write().map_err(worded)?;
    writeln!(out, "{}", words::pin_set(lang, name, opens))?;
    Ok(())
}
