//! The structure of a document as a PDF file tells it (tagged PDF).

use std::num::NonZeroU16;

use krilla::tagging::{
    Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};

use crate::document::structure::{Role, Structure};

/// What a part consists of.
enum Child {
    /// Another part.
    Part(usize),
    /// Something drawn.
    Drawn(Identifier),
}

/// Gathers what is drawn by the parts that it belongs to.
pub(super) struct Tags {
    structure: Structure,
    /// Of each part, in the order in which they are read.
    children: Vec<Vec<Child>>,
    /// The parts that belong to the document itself.
    roots: Vec<usize>,
    /// Whether a part has been given to the one that it is of.
    given: Vec<bool>,
}

impl Tags {
    pub(super) fn of(structure: Structure) -> Self {
        let count = structure.nodes.len();
        let mut tags = Self {
            structure,
            children: std::iter::repeat_with(Vec::new).take(count).collect(),
            roots: Vec::new(),
            given: vec![false; count],
        };
        for number in 0..count {
            let node = tags.structure.nodes.get(number);
            // A run comes where it is drawn, between the others of its paragraph.
            if !node.is_some_and(|node| matches!(node.role, Role::Run { .. })) {
                tags.give(number);
            }
        }
        tags
    }

    fn give(&mut self, number: usize) {
        let Some(given) = self.given.get_mut(number) else {
            return;
        };
        if std::mem::replace(given, true) {
            return;
        }
        let parent = self.structure.nodes.get(number).and_then(|one| one.parent);
        match parent.and_then(|parent| self.children.get_mut(parent)) {
            Some(children) => children.push(Child::Part(number)),
            None => self.roots.push(number),
        }
    }

    /// Something was drawn that belongs to the part with this number.
    pub(super) fn drawn(&mut self, number: usize, what: Identifier) {
        self.give(number);
        if let Some(children) = self.children.get_mut(number) {
            children.push(Child::Drawn(what));
        }
    }

    /// All of it. Its language is the file's.
    pub(super) fn tree(mut self) -> TagTree {
        let mut tree = TagTree::new();
        for root in std::mem::take(&mut self.roots) {
            if let Some(group) = self.group(root) {
                tree.push(group);
            }
        }
        tree
    }

    fn group(&mut self, number: usize) -> Option<TagGroup> {
        let role = &self.structure.nodes.get(number)?.role;
        let mut group = TagGroup::new(kind(role));
        for child in std::mem::take(self.children.get_mut(number)?) {
            match child {
                Child::Drawn(what) => group.push(what),
                Child::Part(part) => group.children.extend(self.group(part).map(Node::Group)),
            }
        }
        Some(group)
    }
}

fn kind(role: &Role) -> TagKind {
    match role {
        Role::Heading { level, title } => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List { numbered: true } => Tag::L(ListNumbering::Decimal).into(),
        Role::List { numbered: false } => Tag::L(ListNumbering::Disc).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::ItemBody => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::HeadCell => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure { words } => Tag::Figure(Some(words.clone())).into(),
        Role::Run { strong: true, lang } => Tag::Strong.with_lang(lang.clone()).into(),
        Role::Run { lang, .. } => Tag::Span.with_lang(lang.clone()).into(),
    }
}
