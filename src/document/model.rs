//! What a document says, whatever kind of file it becomes. Nothing in here knows of a file, a
//! clock or the language of the program's own words: the caller brings all of them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::page::Paper;

/// A report or a list to be printed, filed or read on a screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What the file is called inside; it does not stand on the first page by itself.
    pub title: String,
    /// The language of most of it, as a tag (`zh-CN`, `en`).
    pub lang: String,
    /// The day it is made, in the branch's time zone.
    pub date: NaiveDate,
    /// The paper.
    pub paper: Paper,
    /// Which way the paper is held.
    pub orientation: Orientation,
    /// Above the text of every page.
    pub head: Running,
    /// Beneath it.
    pub foot: Running,
    /// What it says, from the beginning to the end.
    pub body: Vec<Block>,
}

impl Document {
    /// An upright A4 document that says nothing yet.
    pub fn new(title: impl Into<String>, lang: impl Into<String>, date: NaiveDate) -> Self {
        Self {
            title: title.into(),
            lang: lang.into(),
            date,
            paper: Paper::A4,
            orientation: Orientation::Portrait,
            head: Running::default(),
            foot: Running::default(),
            body: Vec::new(),
        }
    }

    /// Width and height of a page in millimetres.
    pub fn page_size(&self) -> (f32, f32) {
        let (width, height) = self.paper.size();
        match self.orientation {
            Orientation::Portrait => (width, height),
            Orientation::Landscape => (height, width),
        }
    }
}

/// Which way paper is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// Across.
    Landscape,
}

/// What stands at the edge of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// On the left.
    pub left: Vec<RunningPart>,
    /// On the right.
    pub right: Vec<RunningPart>,
}

/// A part of what stands at the edge of every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunningPart {
    /// Words.
    TextRun(String),
    /// The number of the page, from 1.
    Page,
    /// How many pages there are.
    Pages,
    /// The last heading of the first rank that stands on the page or before it.
    Title,
}

impl RunningPart {
    /// The parts of a sentence in which `{0}` stands for the number of the page and `{1}` for how
    /// many there are, such as `Page {0} of {1}`.
    pub fn numbered(sentence: &str) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut rest = sentence;
        while let Some(at) = rest.find("{0}").into_iter().chain(rest.find("{1}")).min() {
            let (before, behind) = rest.split_at(at);
            if !before.is_empty() {
                parts.push(Self::TextRun(before.to_owned()));
            }
            let page = behind.starts_with("{0}");
            parts.push(if page { Self::Page } else { Self::Pages });
            rest = behind.get(3..).unwrap_or_default();
        }
        if !rest.is_empty() {
            parts.push(Self::TextRun(rest.to_owned()));
        }
        parts
    }
}

/// What a document consists of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A heading, which stays with what follows it.
    Heading {
        /// Its rank, from 1 to 6.
        level: u8,
        /// What it says.
        text: Text,
    },
    /// A paragraph.
    Paragraph(Text),
    /// Items beneath each other, with a number or a point each.
    List {
        /// Whether they are numbered, from 1.
        numbered: bool,
        /// What they say.
        items: Vec<Text>,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Picture),
    /// What follows begins on a new page.
    PageBreak,
    /// Blocks that stay on one page where they fit on one.
    Together(Vec<Block>),
}

/// A text of one or several runs. A line feed in it begins a new line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text(pub Vec<Run>);

/// A part of a text that is of one language and looks alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Whether it stands out.
    pub strong: bool,
    /// Its language as a tag, where it is not the document's.
    pub lang: Option<String>,
}

impl Text {
    /// A text of one run.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    /// With some more behind it.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.0.push(Run {
            text: text.into(),
            ..Run::default()
        });
        self
    }

    /// With something that stands out behind it.
    #[must_use]
    pub fn and_strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Run {
            text: text.into(),
            strong: true,
            lang: None,
        });
        self
    }

    /// With something in another language behind it.
    #[must_use]
    pub fn and_in(mut self, lang: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.push(Run {
            text: text.into(),
            strong: false,
            lang: Some(lang.into()),
        });
        self
    }

    /// All it says.
    pub fn said(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

/// Rows of cells beneath the names of their columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Its columns from left to right. Cells beyond them get columns of their own.
    pub columns: Vec<Column>,
    /// The rows that name the columns; they stand again at the top of every page.
    pub head: Vec<Vec<Text>>,
    /// The others. A row of fewer cells than columns ends with empty ones.
    pub rows: Vec<Vec<Text>>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its width, in parts of what the others have; 1 where it is no number above 0.
    pub share: f32,
    /// On which side its cells stand.
    pub side: Side,
}

impl Column {
    /// A column with so many parts of the width.
    pub fn of(share: f32) -> Self {
        Self {
            share,
            ..Self::default()
        }
    }

    /// On the right side, for numbers.
    #[must_use]
    pub fn right(self) -> Self {
        Self {
            side: Side::Right,
            ..self
        }
    }

    /// Its parts of the width, a number above 0 in any case.
    pub(super) fn parts(&self) -> f32 {
        if self.share.is_finite() && self.share > 0.0 {
            self.share.clamp(0.001, 1000.0)
        } else {
            1.0
        }
    }
}

impl Default for Column {
    fn default() -> Self {
        Self {
            share: 1.0,
            side: Side::Left,
        }
    }
}

/// On which side of its width something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Words.
    #[default]
    Left,
    /// Numbers to be compared.
    Right,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// What is to be seen.
    pub image: Image,
    /// Its width in millimetres; it is made smaller where it fits on no page.
    pub width: f32,
    /// What it shows, in words: for whoever cannot see it, and in its place where it cannot be
    /// read.
    pub words: String,
}

/// The file of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Image {
    /// A drawing, as an SVG document that needs nothing beside itself.
    Svg(String),
    /// A picture of pixels, as a PNG file.
    Png(#[serde(with = "super::base64")] Vec<u8>),
    /// A photo, as a JPEG file in colours of light or greys, which goes into each kind of file as it is.
    Jpeg(#[serde(with = "super::base64")] Vec<u8>),
}
