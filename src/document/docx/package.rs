//! The parts of the container, and how they name each other.

use maud::{Markup, html};

use super::blocks::Body;
use super::measures::{Measures, twips};
use super::picture::Media;
use crate::document::layout::cleaned;
use crate::document::model::{Document, Orientation};

/// The names that the elements of a text are of.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The same of relations.
pub(super) const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The same of where a picture stands.
const PLACED: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// The relations of a container.
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// The relation of a container to what says of itself what it is.
const CORE: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
/// The beginning of every kind of content.
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// The parts beside the text: their relations and files.
const PARTS: [(&str, &str); 6] = [
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
];

/// The relation of the part with this place among [`PARTS`].
fn relation(place: usize) -> String {
    format!("rId{}", place + 1)
}

/// The relation of a picture, counted from 1.
pub(super) fn picture_relation(number: usize) -> String {
    relation(PARTS.len() + number - 1)
}

/// Where a picture lies beside the text, counted from 0.
pub(super) fn picture(index: usize, media: &Media) -> String {
    format!("media/image{}.{}", index + 1, media.ending)
}

pub(super) fn content_types() -> Markup {
    html! {
        Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types" {
            Default Extension="rels"
                ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            Default Extension="png" ContentType="image/png" {}
            Default Extension="jpeg" ContentType="image/jpeg" {}
            Override PartName="/word/document.xml"
                ContentType=(format!("{KIND}document.main+xml")) {}
            @for (kind, file) in PARTS {
                Override PartName=(format!("/word/{file}"))
                    ContentType=(format!("{KIND}{kind}+xml")) {}
            }
            Override PartName="/docProps/core.xml"
                ContentType="application/vnd.openxmlformats-package.core-properties+xml" {}
        }
    }
}

pub(super) fn relations() -> Markup {
    html! {
        Relationships xmlns=(PACKAGE) {
            Relationship Id="rId1" Type=(format!("{RELATIONS}/officeDocument"))
                Target="word/document.xml" {}
            Relationship Id="rId2" Type=(CORE) Target="docProps/core.xml" {}
        }
    }
}

/// What the text names beside itself.
pub(super) fn targets(pictures: &[Media]) -> Markup {
    html! {
        Relationships xmlns=(PACKAGE) {
            @for (place, (kind, file)) in PARTS.iter().enumerate() {
                Relationship Id=(relation(place)) Type=(format!("{RELATIONS}/{kind}"))
                    Target=(file) {}
            }
            @for (index, media) in pictures.iter().enumerate() {
                Relationship Id=(picture_relation(index + 1)) Type=(format!("{RELATIONS}/image"))
                    Target=(picture(index, media)) {}
            }
        }
    }
}

/// What the file says of itself.
pub(super) fn properties(document: &Document) -> Markup {
    let made = format!("{}T00:00:00Z", document.date);
    html! {
        cp:coreProperties
            xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:dcterms="http://purl.org/dc/terms/"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {
            dc:title { (cleaned(&document.title)) }
            dc:creator { (env!("CARGO_PKG_NAME")) }
            dc:language { (cleaned(&document.lang)) }
            dcterms:created xsi:type="dcterms:W3CDTF" { (made) }
        }
    }
}

/// The text itself, with its paper.
pub(super) fn whole(document: &Document, body: &Body) -> Markup {
    let measures = Measures::of(document);
    let (width, height) = measures.page;
    let [left, edge] = [measures.margin, measures.edge].map(twips);
    let turned = (document.orientation == Orientation::Landscape).then_some("landscape");
    html! {
        w:document xmlns:w=(MAIN) xmlns:r=(RELATIONS) xmlns:wp=(PLACED) {
            w:body {
                (body.markup)
                w:sectPr {
                    w:headerReference w:type="default" r:id=(relation(4)) {}
                    w:footerReference w:type="default" r:id=(relation(5)) {}
                    w:pgSz w:w=(twips(width)) w:h=(twips(height)) w:orient=[turned] {}
                    w:pgMar w:top=(left) w:right=(left) w:bottom=(left) w:left=(left)
                        w:header=(edge) w:footer=(edge) w:gutter="0" {}
                }
            }
        }
    }
}
