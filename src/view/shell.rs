//! What all screens share: language, clock, the state of the record, the banner.

use std::borrow::Cow;
use std::path::Path;
use std::rc::Rc;

use slint::{ComponentHandle, SharedString};

use super::Screens;
use crate::domain::fault::{Fault, Problem};
use crate::domain::pieces::bounded;
use crate::i18n::{self, contacts, keeping, screen as words};
use crate::service::language;
use crate::service::recorder::Recorded;
use crate::settings::{Settings, Theme, UnsetVital};
use crate::{Palette, Recorded as RecordedMark, Screen, Shell, Texts, Touch};

/// Lines that the banner has room for.
const NOTICE_LINES: usize = 2;

/// The language to begin with: the one that was chosen when the program last stopped in the midst
/// of its work, if the branch still has it, or else the branch's first.
pub(super) fn first_lang(settings: &Settings, data: Option<&Path>) -> String {
    let languages = &settings.screen.languages;
    data.and_then(language::kept)
        .filter(|kept| languages.contains(kept))
        .or_else(|| languages.first().cloned())
        .unwrap_or_else(|| i18n::DEFAULT_LANG.to_owned())
}

impl Screens {
    pub(super) fn bind_shell(self: &Rc<Self>) {
        let shell = self.window.global::<Shell<'_>>();
        shell.set_notices(self.rows.notices.model());
        let dark = self.services.settings().screen.theme == Theme::Dark;
        self.window.global::<Palette<'_>>().set_dark(dark);
        let texts = self.window.global::<Texts<'_>>();
        // Most texts are within the bound: those are handed on as they are.
        texts.on_bounded(|text, wraps| match bounded(&text, wraps) {
            Cow::Borrowed(_) => text.clone(),
            Cow::Owned(cut) => cut.into(),
        });

        let me = Rc::downgrade(self);
        shell.on_next_lang(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.keep_lang(&me.next_lang()));
            }
        });
        let me = Rc::downgrade(self);
        self.window.global::<Touch<'_>>().on_touched(move || {
            if let Some(me) = me.upgrade() {
                me.await_idleness();
            }
        });
        let me = Rc::downgrade(self);
        shell.on_heard(move || {
            if let Some(me) = me.upgrade() {
                me.process_notices();
            }
        });
        let me = Rc::downgrade(self);
        shell.on_floor_made(move || {
            if let Some(me) = me.upgrade() {
                me.see_floor();
            }
        });
        let me = Rc::downgrade(self);
        shell.on_to_board(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show(Screen::Board));
            }
        });
        let me = Rc::downgrade(self);
        shell.on_show_contacts(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.visit(Screen::Contacts));
            }
        });
        let me = Rc::downgrade(self);
        shell.on_show_codes(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.visit(Screen::Codes));
            }
        });
        let me = Rc::downgrade(self);
        shell.on_show_posted(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show(Screen::Posted));
            }
        });
        let me = Rc::downgrade(self);
        shell.on_back(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.go_back());
            }
        });
        let me = Rc::downgrade(self);
        shell.on_evacuate(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.evacuate());
            }
        });
    }

    /// Keeps in mind what is shown now, to come back to it.
    pub(super) fn remember(&self) {
        let here = self.screen.get();
        if !matches!(here, Screen::Contacts | Screen::Codes) {
            self.before.set(here);
        }
    }

    /// Shows a screen that is visited and left again.
    pub fn visit(&self, screen: Screen) {
        self.remember();
        self.show(screen);
    }

    /// Back to where a visit began.
    pub(super) fn go_back(self: &Rc<Self>) {
        match self.before.get() {
            Screen::Guide => {
                let shown = self.guide.incident.borrow().clone();
                match shown {
                    Some(id) if self.services.incidents.get(&id).is_some() => self.show_guide(&id),
                    _ => self.show(Screen::Board),
                }
            }
            Screen::Evacuation if self.services.incidents.evacuating().is_none() => {
                self.show(Screen::Board);
            }
            Screen::Complaint => self.return_to_complaint(),
            // Past the PIN again: others may have stood here meanwhile.
            Screen::Inbox | Screen::Numbers => {
                self.wish_for(None);
                self.enter_staff();
            }
            before => self.show(before),
        }
    }

    /// The language that one tap leads to.
    fn next_lang(&self) -> String {
        let (settings, lang) = (self.services.settings(), self.lang());
        let languages = &settings.screen.languages;
        let here = languages.iter().position(|one| *one == lang).unwrap_or(0);
        languages
            .get((here + 1) % languages.len().max(1))
            .cloned()
            .unwrap_or(lang)
    }

    /// Speaks `lang` from now on.
    pub fn choose_lang(self: &Rc<Self>, lang: &str) {
        self.lang.replace(lang.to_owned());
        self.retranslate();
    }

    /// The same, and at the next start as well: the kiosk's own choice, not a picture's.
    pub(super) fn keep_lang(self: &Rc<Self>, lang: &str) {
        self.keeper.keep(lang);
        self.choose_lang(lang);
    }

    /// Puts the language in force into everything that does not change by itself.
    pub(super) fn retranslate(&self) {
        let lang = self.lang();
        // English is what the screens are written in, and any language without a catalogue
        // falls back to it.
        if slint::select_bundled_translation(&lang).is_err() {
            slint::select_bundled_translation("").ok();
        }
        let shell = self.window.global::<Shell<'_>>();
        shell.set_lang(lang.as_str().into());
        let next = self.next_lang();
        let next = if next == lang {
            ""
        } else {
            words::language_name(&next)
        };
        shell.set_next_language(next.into());
        self.draw_types();
        self.draw_codes();
        self.draw_place();
    }

    pub(super) fn draw_shell(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let settings = self.services.settings();
        let branch = &settings.branch;
        let shell = self.window.global::<Shell<'_>>();
        shell.set_branch(
            branch
                .name
                .as_deref()
                .unwrap_or(i18n::tr(&lang, "Lobby emergency kiosk"))
                .into(),
        );
        shell.set_clock(words::time_of_day(now, branch.time_zone).into());
        shell.set_date(words::date(&lang, now, branch.time_zone).into());
        shell.set_recorded(match self.services.recorder.recorded() {
            Recorded::Yes => RecordedMark::Yes,
            Recorded::Pending => RecordedMark::Pending,
            Recorded::Failed => RecordedMark::Failed,
        });
        self.draw_wanting(&shell, &lang, now);
        shell.set_evacuating(self.services.incidents.evacuating().is_some());
        shell.set_turned(self.is_turned());
        let lines = self.notices(&lang);
        shell.set_notice_words(lines.join("\n").into());
        self.rows
            .notices
            .set(lines.into_iter().map(SharedString::from));
    }

    /// What the staff must know, the most pressing first, each in one line.
    fn notices(&self, lang: &str) -> Vec<String> {
        if self.display_only {
            return Vec::new();
        }
        let mut lines = Vec::new();
        if self.services.recorder.failure().is_some() {
            lines.push(words::not_recorded(lang).to_owned());
        }
        let file = &self.services.journal_file;
        lines.extend(i18n::journal::file(lang, file));
        // That all of it is gone has been said.
        if self.services.broken.is_some() && !file.was_lost() {
            lines.push(words::broken_journal(lang).to_owned());
        }
        let unset = self.services.settings().unset(&self.services.plan());
        if !unset.is_empty() {
            let names: Vec<String> = unset.iter().map(|what| self.vital(lang, what)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            lines.push(words::unset(lang, &names));
        }
        let of_files = self.services.faults();
        let of_floor = self.services.floor.faults();
        // One that is not there has been named with its line.
        let of_floor = of_floor
            .iter()
            .filter(|fault| fault.problem != Problem::NotFound);
        let faults: Vec<&Fault> = of_files.iter().chain(of_floor).collect();
        let (old, faults): (Vec<_>, Vec<_>) = faults
            .into_iter()
            .partition(|one| one.problem.is_correction());
        lines.extend(
            faults
                .first()
                .map(|first| words::faults(lang, first, faults.len())),
        );
        lines.extend(
            old.first()
                .map(|first| words::corrected(lang, first, old.len())),
        );
        let pages = self.services.pages.get();
        lines.extend(
            pages
                .trouble
                .and_then(|trouble| i18n::pages::trouble::short(lang, &trouble)),
        );
        lines.extend(i18n::jobs::short(lang, &self.services.jobs.health()));
        let stale = self.stale_numbers();
        if stale > 0 {
            lines.push(contacts::stale(lang, stale));
        }
        let zone = self.services.settings().branch.time_zone;
        lines.extend(keeping::short(lang, &self.services.keeping.outlook(), zone));
        // The least of it: every number works until somebody finds that it does not.
        lines.extend(self.unconfirmed_numbers(lang));
        if lines.len() > NOTICE_LINES {
            let hidden = lines.split_off(NOTICE_LINES - 1).len();
            lines.push(words::more_notices(lang, hidden));
        }
        lines
    }

    fn stale_numbers(&self) -> usize {
        let settings = self.services.settings();
        let today = self.today(&settings);
        settings.stale(&self.services.plan(), today).len()
    }

    fn unconfirmed_numbers(&self, lang: &str) -> Option<String> {
        let settings = self.services.settings();
        let plan = &self.services.plan();
        let never = settings.unconfirmed(plan, self.today(&settings));
        let (role, _) = never.first()?;
        let first = plan
            .role(role)
            .map_or(*role, |role| role.name.in_lang(lang));
        Some(contacts::unconfirmed(lang, never.len(), first))
    }

    fn vital(&self, lang: &str, what: &UnsetVital) -> String {
        match what {
            UnsetVital::Address => i18n::tr(lang, "address").to_owned(),
            UnsetVital::Number(id) => {
                let plan = self.services.plan();
                let role = plan.role(id);
                role.map_or(id.as_str(), |role| role.name.in_lang(lang))
                    .to_owned()
            }
        }
    }
}
