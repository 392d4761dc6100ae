//! What the codes carry, read back from pictures, and how large they are.

use std::collections::BTreeSet;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::print::{DPI, Item, Kind, Langs, Paper, Poster, PosterError, Sheet, poster};

use super::places::check_places;
use super::{BASE, KINDS, PAPERS, branch, each, payloads, request};

/// Width, height and the red of each pixel.
fn pixels(png: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let each = info.color_type.samples();
    let red = pixels.chunks_exact(each).map(|pixel| pixel[0]).collect();
    (info.width as usize, info.height as usize, red)
}

/// What each code of a sheet's picture carries, read by `rqrr` as a phone held at that code does:
/// of codes of several sizes in one picture this decoder finds only some.
fn read(sheet: &Sheet, (width, _, red): &(usize, usize, Vec<u8>)) -> Vec<String> {
    let dots = |length: f32| (length / 25.4 * DPI as f32).round() as usize;
    let codes = sheet
        .items
        .iter()
        .filter(|item| matches!(item, Item::Code { .. }));
    codes
        .map(|code| {
            let area = code.area();
            let (left, top) = (dots(area.left), dots(area.top));
            let mut picture = rqrr::PreparedImage::prepare_from_greyscale(
                dots(area.width),
                dots(area.height),
                |x, y| red[(top + y) * width + left + x],
            );
            let grids = picture.detect_grids();
            assert_eq!(grids.len(), 1, "{area:?}");
            grids[0].decode().unwrap().1
        })
        .collect()
}

#[test]
fn every_poster_is_read_back_from_its_picture() {
    let (plan, settings) = branch();
    each(&request(&plan, &settings), |kind, request, sheet| {
        let picture = pixels(&sheet.to_png().unwrap());
        let (across, down) = request.paper.size();
        let dots = |length: f32| (length / 25.4 * DPI as f32).round() as usize;
        assert_eq!((picture.0, picture.1), (dots(across), dots(down)));
        let expected = payloads(kind, request);
        let found = read(&sheet, &picture);
        assert_eq!(found.len(), expected.len(), "each once");
        let found: BTreeSet<String> = found.into_iter().collect();
        assert_eq!(found, expected, "{kind:?} {:?}", request.langs);
    });
}

#[test]
fn modules_are_whole_dots_of_the_picture() {
    let (plan, settings) = branch();
    each(&request(&plan, &settings), |kind, _, sheet| {
        let dot = 25.4 / DPI as f32;
        let mut codes = 0;
        for item in &sheet.items {
            let Item::Code { area, matrix } = item else {
                continue;
            };
            codes += 1;
            for length in [area.left, area.top, area.width / matrix.width() as f32] {
                let dots = length / dot;
                assert!((dots - dots.round()).abs() < 0.01, "{kind:?}: {dots}");
            }
        }
        assert!(codes > 0, "{kind:?}");
    });
}

#[test]
fn a_branch_that_has_filled_in_nothing_has_posters_all_the_same() {
    let mut plan = plan_file::built_in();
    for bare in [false, true] {
        if bare {
            plan.roles.clear();
        }
        let settings = Settings::built_in(&plan);
        each(&request(&plan, &settings), |kind, request, sheet| {
            check_places(&sheet);
            assert!(!sheet.title.is_empty());
            if request.langs == Langs::BOTH {
                let picture = pixels(&sheet.to_png().unwrap());
                let found: BTreeSet<String> = read(&sheet, &picture).into_iter().collect();
                assert_eq!(found, payloads(kind, request), "{kind:?}");
            }
        });
    }
}

/// The code of the page: the one with the largest modules.
fn main_code(sheet: &Sheet) -> (f32, usize) {
    let codes = sheet.items.iter().filter_map(|item| match item {
        Item::Code { area, matrix } => Some((area.width, matrix.width())),
        _ => None,
    });
    codes
        .max_by(|one, other| (one.0 / one.1 as f32).total_cmp(&(other.0 / other.1 as f32)))
        .unwrap()
}

#[test]
fn the_code_is_as_wide_as_its_distance_asks() {
    let (plan, settings) = branch();
    for distance in [0.3, 0.45] {
        let request = Poster {
            distance: Some(distance),
            ..request(&plan, &settings)
        };
        each(&request, |kind, request, sheet| {
            if request.paper == Paper::A5 && distance > 0.4 {
                return;
            }
            check_places(&sheet);
            let (width, modules) = main_code(&sheet);
            let asked = distance * 1000.0 * modules as f32 / 285.0;
            let dot = 25.4 / DPI as f32 * modules as f32;
            assert!(
                width > asked - 0.1 && width < asked + dot,
                "{kind:?}: {width} for {asked}"
            );
        });
    }
}

#[test]
fn a_distance_that_does_not_fit_names_the_largest_that_does() {
    let (plan, settings) = branch();
    for kind in KINDS {
        let mut largest = Vec::new();
        for paper in PAPERS {
            let request = Poster {
                paper,
                distance: Some(5.0),
                ..request(&plan, &settings)
            };
            let Err(PosterError::TooFar { asked, most, .. }) = poster(kind, &request) else {
                panic!("{kind:?} on {paper:?} for five metres");
            };
            assert_eq!(asked, 5.0);
            let at = |distance| {
                let distance = Some(distance);
                poster(
                    kind,
                    &Poster {
                        distance,
                        ..request
                    },
                )
            };
            assert!(at(most).is_ok(), "{kind:?} on {paper:?} at {most}");
            assert!(at(most + 0.06).is_err(), "{kind:?} on {paper:?}");
            largest.push(most);
        }
        assert!(largest[0] > largest[1], "more on A4: {largest:?}");
    }
    for nonsense in [0.0, -1.0, f32::NAN] {
        let request = Poster {
            distance: Some(nonsense),
            ..request(&plan, &settings)
        };
        let refused = poster(Kind::Complaint, &request);
        assert!(
            matches!(refused, Err(PosterError::BadDistance(_))),
            "{refused:?}"
        );
    }
}

#[test]
fn addresses_that_no_code_carries_are_refused() {
    let (plan, settings) = branch();
    let with = |base: &str| {
        poster(
            Kind::Complaint,
            &Poster {
                base: Some(base),
                ..request(&plan, &settings)
            },
        )
    };
    for base in [
        "",
        "192.168.1.20",
        "ftp://a.cn",
        "http://",
        "http://大堂.cn",
        "http://a b.cn",
        "http://a@evil.cn",
        "http://a.cn/lobby",
        "http://a.cn?b=c",
        "http://a.cn#b",
        "http://a.cn:0",
        "javascript://a.cn",
        "http://0.0.0.0:8080",
        "http://169.254.1.1",
    ] {
        let refused = with(base);
        assert!(
            matches!(refused, Err(PosterError::BadAddress(_))),
            "{base}: {refused:?}"
        );
    }
    // Fifty bytes and ten for "/complaint" are as many as a code may have.
    let longest = format!("https://{}.cn", "a".repeat(39));
    assert_eq!(longest.len(), 50);
    assert!(with(&longest).is_ok());
    let longer = format!("https://{}.cn", "a".repeat(40));
    let refused = with(&longer);
    assert!(
        matches!(
            refused,
            Err(PosterError::LongAddress {
                bytes: 61,
                most: 60,
                ..
            })
        ),
        "{refused:?}"
    );
    assert_eq!(
        with("http://192.168.1.20:8080/"),
        with(BASE),
        "a slash at the end is no matter"
    );
}
