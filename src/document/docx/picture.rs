//! Pictures. What is drawn becomes pixels: not every word processor reads drawings.

use maud::{Markup, html};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::measures::Measures;
use super::package;
use crate::document::model::{Image, Picture};
use crate::document::page::INCH;
use crate::document::pixels::{Jpeg, Pixels};
use crate::fonts;

/// Units of a picture's place in a millimetre.
const EMU: f32 = 914_400.0 / INCH;
/// Dots per inch of what is drawn.
const DPI: f32 = 300.0;
/// The most dots across or down of it.
const MOST: f32 = 4096.0;
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// The file of a picture, as it lies beside the text.
pub(super) struct Media {
    pub bytes: Vec<u8>,
    /// What its name ends in, by which its kind is known.
    pub ending: &'static str,
}

impl Media {
    fn png(bytes: Vec<u8>) -> Self {
        let ending = "png";
        Self { bytes, ending }
    }
}

/// A picture that can be read.
pub(super) struct Read {
    /// Its file.
    pub media: Media,
    /// Width and height on paper, in millimetres.
    size: (f32, f32),
}

/// Reads a picture; none where it cannot be read.
pub(super) fn read(picture: &Picture, measures: &Measures) -> Option<Read> {
    let most = measures.width();
    let asked = if picture.width.is_finite() {
        picture.width
    } else {
        most
    };
    let placed = |across: f32, down: f32| {
        let mut width = asked.clamp(1.0, most);
        let mut height = width * down / across;
        if height > measures.height() {
            (width, height) = (width * measures.height() / height, measures.height());
        }
        (width > 0.0 && height > 0.0 && height.is_finite()).then_some((width, height))
    };
    match &picture.image {
        Image::Png(png) => {
            let pixels = Pixels::read(png)?;
            Some(Read {
                media: Media::png(png.clone()),
                size: placed(pixels.width as f32, pixels.height as f32)?,
            })
        }
        Image::Jpeg(jpeg) => {
            let jpeg = Jpeg::read(jpeg)?;
            Some(Read {
                size: placed(jpeg.width as f32, jpeg.height as f32)?,
                media: Media {
                    bytes: jpeg.file,
                    ending: "jpeg",
                },
            })
        }
        Image::Svg(svg) => {
            let options = Options {
                fontdb: fonts::database(),
                font_resolver: fonts::of_drawing(),
                ..Options::default()
            };
            let tree = Tree::from_str(svg, &options).ok()?;
            let size = placed(tree.size().width(), tree.size().height())?;
            let dots = |millimetres: f32| (millimetres / INCH * DPI).clamp(1.0, MOST);
            let (across, down) = (dots(size.0), dots(size.1));
            let mut pixmap = Pixmap::new(across as u32, down as u32)?;
            let scale =
                Transform::from_scale(across / tree.size().width(), down / tree.size().height());
            resvg::render(&tree, scale, &mut pixmap.as_mut());
            let media = Media::png(pixmap.encode_png().ok()?);
            Some(Read { media, size })
        }
    }
}

/// The picture of this number, counted from 1, in a run of its own.
pub(super) fn markup(read: &Read, number: usize, words: &str) -> Markup {
    let emu = |millimetres: f32| ((millimetres * EMU) as i64).max(1);
    let (width, height) = (emu(read.size.0), emu(read.size.1));
    let name = format!("Picture {number}");
    html! {
        w:r {
            w:drawing {
                wp:inline distT="0" distB="0" distL="0" distR="0" {
                    wp:extent cx=(width) cy=(height) {}
                    wp:docPr id=(number) name=(name) descr=(words) {}
                    a:graphic xmlns:a=(MAIN) {
                        a:graphicData uri=(PICTURE) {
                            pic:pic xmlns:pic=(PICTURE) {
                                pic:nvPicPr {
                                    pic:cNvPr id=(number) name=(name) descr=(words) {}
                                    pic:cNvPicPr {}
                                }
                                pic:blipFill {
                                    a:blip r:embed=(package::picture_relation(number)) {}
                                    a:stretch { a:fillRect {} }
                                }
                                pic:spPr {
                                    a:xfrm {
                                        a:off x="0" y="0" {}
                                        a:ext cx=(width) cy=(height) {}
                                    }
                                    a:prstGeom prst="rect" { a:avLst {} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
