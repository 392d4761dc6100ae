//! How to complain. A branch posts its complaint telephone, fax and e-mail; the investors'
//! hotline stands beside them.

use super::parts::{BLUE, Composer};
use crate::config::settings::INVESTOR_HOTLINE;
use crate::domain::lang::Lang;
use crate::i18n::poster::{self as words, Topic};
use crate::print::layout_box::{Align, LayoutBox};

/// The parts of the sheet from top to bottom.
pub(super) fn parts(composer: &Composer<'_>, code: LayoutBox) -> Vec<LayoutBox> {
    let code = LayoutBox::stack(
        [
            composer.caption(Topic::Complaint, 11.0, composer.width, Align::Centre),
            code,
            composer.typed(4.6, composer.width, Align::Centre),
        ],
        0.0,
        Align::Centre,
    );
    vec![
        composer.heading(Topic::Complaint, BLUE),
        code,
        ways(composer),
        composer.foot(),
    ]
}

/// The other ways; those that the branch has not named are left out.
fn ways(composer: &Composer<'_>) -> LayoutBox {
    let (plan, settings) = (composer.poster.plan, composer.poster.settings);
    let complaint = &settings.complaint;
    composer.cells(2, |width| {
        let phone = complaint
            .phone
            .as_deref()
            .map(|phone| composer.digits(phone));
        let phone = phone.map(|phone| composer.number(words::phone, &phone, None, width));
        let hotline = plan.role(INVESTOR_HOTLINE).and_then(|role| {
            let contacts = settings.contacts_of(&role.id, plan);
            let first = contacts.into_iter().find(|one| one.public)?;
            let hours = |lang: &Lang| role.when.in_lang(lang);
            let name = |lang: &Lang| role.name.in_lang(lang);
            Some(composer.number(name, &composer.digits(first.number), Some(&hours), width))
        });
        let fax = complaint.fax.as_deref();
        let fax = fax.map(|fax| composer.number(words::fax, &composer.digits(fax), None, width));
        let email = complaint.email.as_deref();
        let email = email.map(|email| composer.number(words::email, email, None, width));
        [phone, hotline, fax, email].into_iter().flatten().collect()
    })
}
