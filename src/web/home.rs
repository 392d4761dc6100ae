//! `/`: the choices. `/contacts`: whom to call. `/privacy`: the notice that PIPL 17 asks for.

use maud::{Markup, html};

use super::layout::{LIFE_SAVERS, dial, mail_to, spoken, write_to};
use super::request_context::RequestContext;
use super::site::Site;
use crate::config::settings::{INVESTOR_HOTLINE, PublicNumber};
use crate::domain::lang::Lang;
use crate::domain::phone;
use crate::domain::plan::{Group, POLICE_SMS};
use crate::i18n::contacts::group;
use crate::i18n::pages::{self, Common, Complaining, Privacy};
use crate::i18n::posted::complaint_line;

/// The choices.
pub fn home(site: &Site, visit: &RequestContext) -> Markup {
    let lang = visit.lang;
    let choices = [
        ("/evacuate", Common::WayOut, Common::WayOutLead, "go"),
        ("/complaint", Common::Complain, Common::ComplainLead, ""),
        ("/status", Common::FollowUp, Common::FollowUpLead, ""),
        ("/contacts", Common::Numbers, Common::NumbersLead, ""),
    ];
    let content = html! {
        (site.danger(visit))
        ul.choices {
            @for (path, name, lead, class) in choices {
                li {
                    a class=(class) href=(visit.href(path)) {
                        (name.say(lang)) small { (lead.say(lang)) }
                    }
                }
            }
        }
    };
    site.wrap(visit, "/", Common::Title.say(lang), content)
}

/// Whom to call, one tap away.
pub fn contacts(site: &Site, visit: &RequestContext) -> Markup {
    let lang = visit.lang;
    let (settings, plan) = (site.settings(), site.plan());
    let numbers = settings.public_numbers(&plan);
    let groups = [Group::Now, Group::People, Group::Partners, Group::Regulator];
    // What stands in one row above is not said twice.
    let of = |wanted: Group| -> Vec<&PublicNumber<'_>> {
        numbers
            .iter()
            .filter(|one| one.role.map_or(Group::People, |role| role.group) == wanted)
            .filter(|one| !LIFE_SAVERS.contains(&one.number))
            .collect()
    };
    let content = html! {
        (site.danger(visit))
        p { (Common::NumbersLead.say(lang)) }
        @for (one, numbers) in groups.map(|one| (one, of(one))) {
            @if !numbers.is_empty() {
                section {
                    h2 { (group(lang, one)) }
                    ul.numbers { @for one in numbers { (entry(one, lang)) } }
                }
            }
        }
    };
    site.wrap(visit, "/contacts", Common::Numbers.say(lang), content)
}

fn entry(one: &PublicNumber<'_>, lang: &Lang) -> Markup {
    let name = one
        .role
        .map_or_else(|| complaint_line(lang), |role| role.name.in_lang(lang));
    // When to call; of the hotline, when it answers.
    let when = one.role.map_or("", |role| role.when.in_lang(lang));
    html! {
        li {
            (name)
            @if !when.is_empty() { small { (when) } }
            @if one.role.is_some_and(|role| role.id == POLICE_SMS) { (write_to(one.number)) } @else { (dial(lang, one.number)) }
        }
    }
}

/// The privacy notice.
pub fn privacy(site: &Site, visit: &RequestContext) -> Markup {
    let lang = visit.lang;
    let settings = site.settings();
    let years = settings.complaint.retention_years;
    let firm = settings.firm.responsible();
    let parts = [
        (Privacy::Why, Privacy::WhyWords),
        (Privacy::What, Privacy::WhatWords),
        (Privacy::Sensitive, Privacy::SensitiveWords),
        (Privacy::Readers, Privacy::ReadersWords),
        (Privacy::Device, Privacy::DeviceWords),
    ];
    let complaint = &settings.complaint;
    let named = complaint.phone.is_some() || complaint.fax.is_some() || complaint.email.is_some();
    let reached = if firm.is_some() || named {
        Privacy::ReachBelow
    } else {
        Privacy::ReachStaff
    };
    let content = html! {
        h2 { (Privacy::Who.say(lang)) }
        p { (Privacy::WhoWords.say(lang)) }
        p { (reached.say(lang)) }
        @if let Some(firm) = firm { (responsible(lang, firm)) }
        @if firm.is_none() { p.plain { (Privacy::NoFirm.say(lang)) } }
        @if let Some(name) = &settings.branch.name {
            p { strong { (name) } @if let Some(address) = &settings.branch.address { br; (address) } }
        }
        (ways(site, lang, false))
        @for (title, words) in parts {
            h2 { (title.say(lang)) }
            p { (words.say(lang)) }
        }
        h2 { (Privacy::Long.say(lang)) }
        p { (pages::kept_for(lang, years)) }
        h2 { (Privacy::Rights.say(lang)) }
        p { (Privacy::RightsWords.say(lang)) }
    };
    site.wrap(visit, "/privacy", Common::Privacy.say(lang), content)
}

/// The company that is responsible for personal data, and where it is reached about that.
pub fn responsible(lang: &Lang, (name, contact): (&str, &str)) -> Markup {
    let number = phone::read(contact).ok();
    html! {
        dl #responsible {
            dt { (Complaining::Responsible.say(lang)) }
            dd { (name) }
            dt { (Complaining::Reach.say(lang)) }
            dd {
                @if phone::is_email(contact) {
                    (mail_to(contact))
                } @else if let Some(number) = number {
                    (dial(lang, &number.shown))
                } @else {
                    (contact)
                }
            }
        }
    }
}

/// The branch's phone, fax and e-mail for complaints, with the investors' hotline where asked.
pub fn ways(site: &Site, lang: &Lang, hotline: bool) -> Markup {
    let (settings, plan) = (site.settings(), site.plan());
    let complaint = &settings.complaint;
    let numbers = settings.public_numbers(&plan);
    let hotline = numbers
        .iter()
        .find(|one| hotline && one.role.is_some_and(|role| role.id == INVESTOR_HOTLINE));
    html! {
        dl {
            @if let Some(phone) = &complaint.phone {
                dt { (Complaining::Phone.say(lang)) } dd { (dial(lang, phone)) }
            }
            @if let Some(fax) = &complaint.fax {
                dt { (Complaining::Fax.say(lang)) } dd { (spoken(lang, fax)) }
            }
            @if let Some(email) = &complaint.email {
                dt { (Complaining::Email.say(lang)) }
                dd { (mail_to(email)) }
            }
            @if let Some(hotline) = hotline {
                dt { (Complaining::Hotline.say(lang)) }
                dd {
                    (dial(lang, hotline.number))
                    @if let Some(role) = hotline.role { " " span.hint { (role.when.in_lang(lang)) } }
                }
            }
        }
    }
}
