//! What the parts of a document are to each other, for whoever has it read aloud.

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Role {
    Heading {
        /// Its rank, from 1.
        level: u8,
        /// What it says.
        title: String,
    },
    Paragraph,
    List {
        numbered: bool,
    },
    Item,
    Label,
    ItemBody,
    Table,
    TableHead,
    TableBody,
    Row,
    HeadCell,
    Cell,
    Figure {
        /// What it shows.
        words: String,
    },
    /// A part of a text that stands out or is in a language of its own.
    Run {
        strong: bool,
        lang: Option<String>,
    },
}

/// A part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub role: Role,
    /// The number of the part that it is of; none where it is of the document itself.
    pub parent: Option<usize>,
}

/// All parts in the order in which they are read. A part comes after the one that it is of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Structure {
    pub nodes: Vec<Node>,
}

impl Structure {
    /// Adds a part, and says its number.
    pub(crate) fn add(&mut self, role: Role, parent: Option<usize>) -> usize {
        self.nodes.push(Node { role, parent });
        self.nodes.len() - 1
    }
}

/// What something drawn belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// Nothing that is read: lines, grounds, the names of columns on the pages after the first.
    Nothing,
    /// What stands above the text of every page.
    Head,
    /// What stands beneath it.
    Foot,
    /// The part of the document with this number.
    Node(usize),
}
