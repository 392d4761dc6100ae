//! How things look: styles that whoever goes on writing can change in one place, lists, settings and
//! typefaces.

use maud::{Markup, PreEscaped, html};

use super::measures::{Measures, leading};
use super::package::MAIN;
use super::runs::Languages;
use crate::document::model::Document;

/// The typefaces of text: what Word and WPS have on every machine.
const TEXT: Faces = Faces {
    latin: "Times New Roman",
    eastern: "SimSun",
};
/// Those of headings.
const HEADING: Faces = Faces {
    latin: "Arial",
    eastern: "SimHei",
};
/// Words to read.
const INK: &str = "0F1F33";
/// Words second in rank.
const SOFT: &str = "3A4856";
/// A line between parts.
const LINE: &str = "C9D2DB";

struct Faces {
    latin: &'static str,
    eastern: &'static str,
}

impl Faces {
    fn markup(&self) -> Markup {
        html! {
            w:rFonts w:ascii=(self.latin) w:eastAsia=(self.eastern) w:hAnsi=(self.latin)
                w:cs=(self.latin) {}
        }
    }
}

/// A size of letters in half points.
fn sized(size: i32) -> Markup {
    html! { w:sz w:val=(size) {} w:szCs w:val=(size) {} }
}

/// Room above and beneath, in twentieths of a point, and the distance of lines for letters of this
/// size.
fn spaced(before: i32, after: i32, line: i32) -> Markup {
    html! {
        w:spacing w:before=(before) w:after=(after) w:line=(line) w:lineRule="atLeast" {}
    }
}

/// The styles.
pub(super) fn styles(document: &Document) -> Markup {
    let measures = Measures::of(document);
    let size = measures.size;
    let languages = Languages::of(&document.lang);
    let body = leading(size, 1.5);
    html! {
        w:styles xmlns:w=(MAIN) {
            w:docDefaults {
                w:rPrDefault {
                    w:rPr {
                        (TEXT.markup())
                        w:color w:val=(INK) {}
                        (sized(size))
                        w:lang w:val=(languages.latin) w:eastAsia=(languages.eastern)
                            w:bidi="ar-SA" {}
                    }
                }
                w:pPrDefault { w:pPr { w:widowControl {} (spaced(60, 60, body)) } }
            }
            w:style w:type="paragraph" w:default="1" w:styleId="Normal" {
                w:name w:val="Normal" {}
                w:qFormat {}
            }
            @for level in 1..=6 { (heading(level, &measures)) }
            w:style w:type="character" w:styleId="Strong" {
                w:name w:val="Strong" {}
                w:qFormat {}
                w:rPr { w:b {} w:bCs {} }
            }
            w:style w:type="paragraph" w:styleId="ListParagraph" {
                w:name w:val="List Paragraph" {}
                w:basedOn w:val="Normal" {}
                w:qFormat {}
                w:pPr { (spaced(20, 20, body)) }
            }
            (of_cells("Cell", "Table Cell", measures.cell(), false))
            (of_cells("CellName", "Table Heading", measures.cell(), true))
            (running("Header", "header", "bottom", &measures))
            (running("Footer", "footer", "top", &measures))
            w:style w:type="table" w:default="1" w:styleId="TableNormal" {
                w:name w:val="Normal Table" {}
                w:tblPr { (margins()) }
            }
            w:style w:type="table" w:styleId="Lines" {
                w:name w:val="Table Lines" {}
                w:basedOn w:val="TableNormal" {}
                w:tblPr {
                    w:tblBorders {
                        (border("top"))
                        (border("bottom"))
                        (border("insideH"))
                    }
                    (margins())
                }
            }
        }
    }
}

fn heading(level: u8, measures: &Measures) -> Markup {
    let size = measures.heading(level);
    html! {
        w:style w:type="paragraph" w:styleId=(format!("Heading{level}")) {
            w:name w:val=(format!("heading {level}")) {}
            w:basedOn w:val="Normal" {}
            w:next w:val="Normal" {}
            w:uiPriority w:val="9" {}
            w:qFormat {}
            w:pPr {
                w:keepNext {}
                w:keepLines {}
                (spaced(size * 9, size * 3, leading(size, 1.35)))
                w:outlineLvl w:val=(level - 1) {}
            }
            w:rPr { (HEADING.markup()) w:b {} w:bCs {} (sized(size)) }
        }
    }
}

fn of_cells(id: &str, name: &str, size: i32, bold: bool) -> Markup {
    html! {
        w:style w:type="paragraph" w:customStyle="1" w:styleId=(id) {
            w:name w:val=(name) {}
            w:basedOn w:val="Normal" {}
            w:pPr { (spaced(0, 0, leading(size, 1.3))) }
            w:rPr {
                @if bold { w:b {} w:bCs {} }
                (sized(size))
            }
        }
    }
}

fn running(id: &str, name: &str, side: &str, measures: &Measures) -> Markup {
    let size = measures.running();
    html! {
        w:style w:type="paragraph" w:styleId=(id) {
            w:name w:val=(name) {}
            w:basedOn w:val="Normal" {}
            w:pPr {
                w:pBdr { (border(side)) }
                (spaced(0, 0, leading(size, 1.4)))
            }
            w:rPr { w:color w:val=(SOFT) {} (sized(size)) }
        }
    }
}

/// A thin line at one side: the name of a side is an element.
fn border(side: &str) -> Markup {
    let line = "w:val=\"single\" w:sz=\"4\" w:space=\"2\"";
    PreEscaped(format!("<w:{side} {line} w:color=\"{LINE}\"/>"))
}

/// White around the words of a cell.
fn margins() -> Markup {
    html! {
        w:tblCellMar {
            w:top w:w="45" w:type="dxa" {}
            w:left w:w="75" w:type="dxa" {}
            w:bottom w:w="45" w:type="dxa" {}
            w:right w:w="75" w:type="dxa" {}
        }
    }
}

/// Points, and numbers for each numbered list.
pub(super) fn numbering(numbered: usize) -> Markup {
    let of = |id: usize, format: &str, text: &str| {
        html! {
            w:abstractNum w:abstractNumId=(id) {
                w:multiLevelType w:val="singleLevel" {}
                w:lvl w:ilvl="0" {
                    w:start w:val="1" {}
                    w:numFmt w:val=(format) {}
                    w:lvlText w:val=(text) {}
                    w:lvlJc w:val="left" {}
                    w:pPr { w:ind w:left="420" w:hanging="420" {} }
                }
            }
        }
    };
    html! {
        w:numbering xmlns:w=(MAIN) {
            (of(0, "bullet", "•"))
            (of(1, "decimal", "%1."))
            w:num w:numId="1" { w:abstractNumId w:val="0" {} }
            @for number in 1..=numbered {
                w:num w:numId=(number + 1) {
                    w:abstractNumId w:val="1" {}
                    w:lvlOverride w:ilvl="0" { w:startOverride w:val="1" {} }
                }
            }
        }
    }
}

/// What the word processor is told: Chinese marks beside each other take less room, and the file is
/// of no older version.
pub(super) fn settings() -> Markup {
    html! {
        w:settings xmlns:w=(MAIN) {
            w:characterSpacingControl w:val="compressPunctuation" {}
            w:compat {
                w:compatSetting w:name="compatibilityMode"
                    w:uri="http://schemas.microsoft.com/office/word" w:val="15" {}
            }
            w:themeFontLang w:val="en-US" w:eastAsia="zh-CN" {}
        }
    }
}

/// What stands in for the Chinese typefaces where they are missing.
pub(super) fn fonts() -> Markup {
    let of = |name: &str, others: &str, family: &str, charset: &str| {
        html! {
            w:font w:name=(name) {
                w:altName w:val=(others) {}
                w:charset w:val=(charset) {}
                w:family w:val=(family) {}
                w:pitch w:val="variable" {}
            }
        }
    };
    html! {
        w:fonts xmlns:w=(MAIN) {
            (of("SimSun", "宋体,Noto Serif CJK SC,Source Han Serif SC", "auto", "86"))
            (of("SimHei", "黑体,Noto Sans CJK SC,Source Han Sans SC", "modern", "86"))
            (of("Times New Roman", "Liberation Serif", "roman", "00"))
            (of("Arial", "Liberation Sans", "swiss", "00"))
        }
    }
}
