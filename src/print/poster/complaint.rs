//! How to complain. A branch posts its complaint telephone, fax and e-mail; the investors'
//! hotline stands beside them.

use super::parts::{BLUE, Desk};
use crate::i18n::poster::{self as words, Topic};
use crate::print::block::{Align, Block};
use crate::settings::INVESTOR_HOTLINE;

/// The parts of the sheet from top to bottom.
pub(super) fn parts(desk: &Desk<'_>, code: Block) -> Vec<Block> {
    let code = Block::stack(
        [
            desk.caption(Topic::Complaint, 11.0, desk.width, Align::Centre),
            code,
            desk.typed(4.6, desk.width, Align::Centre),
        ],
        0.0,
        Align::Centre,
    );
    vec![
        desk.heading(Topic::Complaint, BLUE),
        code,
        ways(desk),
        desk.foot(),
    ]
}

/// The other ways; those that the branch has not named are left out.
fn ways(desk: &Desk<'_>) -> Block {
    let (plan, settings) = (desk.poster.plan, desk.poster.settings);
    let complaint = &settings.complaint;
    desk.cells(2, |width| {
        let phone = complaint.phone.as_deref().map(|phone| desk.digits(phone));
        let phone = phone.map(|phone| desk.number(words::phone, &phone, None, width));
        let hotline = plan.role(INVESTOR_HOTLINE).and_then(|role| {
            let contacts = settings.contacts_of(&role.id, plan);
            let first = contacts.into_iter().find(|one| one.public)?;
            let hours = |lang: &str| role.when.in_lang(lang);
            let name = |lang: &str| role.name.in_lang(lang);
            Some(desk.number(name, &desk.digits(first.number), Some(&hours), width))
        });
        let fax = complaint.fax.as_deref();
        let fax = fax.map(|fax| desk.number(words::fax, &desk.digits(fax), None, width));
        let email = complaint.email.as_deref();
        let email = email.map(|email| desk.number(words::email, email, None, width));
        [phone, hotline, fax, email].into_iter().flatten().collect()
    })
}
