//! A colour means one thing, for every eye: those that stand for something are told apart by eyes
//! without the cones for red or for green, and what is touched on a coloured band stands out.

use lobby_kiosk::{AppWindow, Palette, Tone};
use slint::{Color, ComponentHandle, Model};

use crate::contrast::{contrast, linear};

/// How far two colours that stand for something are apart at least, in CIE 1976 L*a*b*. What is
/// just seen to differ side by side is about 2.3 (Mahy, Van Eycken and Oosterlinck 1994); from one
/// screen to the next it takes several times as much.
const APART: f64 = 15.0;
/// What is touched keeps this contrast with the band beneath it (WCAG 2.2, 1.4.11).
const EDGE: f64 = 3.0;

type Matrix = [[f64; 3]; 3];

/// Eyes as they are mostly.
const ALL_CONES: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
/// Eyes without the cones for red, and without those for green, on linear sRGB: severity 1.0 of
/// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), 1291–1298.
const PROTANOPIA: Matrix = [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
];
const DEUTERANOPIA: Matrix = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];
/// From linear sRGB to CIE XYZ (IEC 61966-2-1), and its white, D65.
const TO_XYZ: Matrix = [
    [0.412_456, 0.357_576, 0.180_438],
    [0.212_673, 0.715_152, 0.072_175],
    [0.019_334, 0.119_192, 0.950_304],
];
const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];

fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(one, by)| one * by).sum())
}

/// The colour as such eyes see it, in CIE 1976 L*a*b*.
fn seen(color: Color, eyes: &Matrix) -> [f64; 3] {
    let channels = [color.red(), color.green(), color.blue()].map(linear);
    let seen = times(eyes, channels).map(|channel| channel.clamp(0.0, 1.0));
    let xyz = times(&TO_XYZ, seen);
    let [x, y, z] = [0, 1, 2].map(|at| {
        let share = xyz[at] / WHITE[at];
        if share > 216.0 / 24_389.0 {
            share.cbrt()
        } else {
            (24_389.0 / 27.0 * share + 16.0) / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(one: Color, other: Color, eyes: &Matrix) -> f64 {
    let (one, other) = (seen(one, eyes), seen(other, eyes));
    let squares = one
        .iter()
        .zip(other)
        .map(|(one, other)| (one - other).powi(2));
    squares.sum::<f64>().sqrt()
}

/// Runs `look` on the theme by day and by night.
fn by_day_and_night(look: impl Fn(&Palette<'_>, &str)) {
    crate::kiosk::backend();
    let window = AppWindow::new().unwrap();
    let palette = window.global::<Palette<'_>>();
    for (dark, when) in [(false, "by day"), (true, "by night")] {
        palette.set_dark(dark);
        look(&palette, when);
    }
}

#[test]
fn the_measure_knows_black_from_white_and_whom_red_and_green_deceive() {
    let (black, white) = (
        Color::from_rgb_u8(0, 0, 0),
        Color::from_rgb_u8(255, 255, 255),
    );
    assert!((apart(black, white, &ALL_CONES) - 100.0).abs() < 0.1);
    assert!((apart(black, white, &PROTANOPIA) - 100.0).abs() < 0.1);
    // The two that an earlier palette used.
    let (red, green) = (
        Color::from_rgb_u8(0xa8, 0, 0x1c),
        Color::from_rgb_u8(0x0b, 0x5b, 0x36),
    );
    assert!(apart(red, green, &ALL_CONES) > 90.0);
    assert!(apart(red, green, &PROTANOPIA) < APART);
}

#[test]
fn no_eye_takes_one_meaning_for_another() {
    by_day_and_night(|palette, when| {
        let tones: Vec<Tone> = palette.get_telling().iter().collect();
        assert!(
            tones.len() >= 9,
            "danger, go, time, chosen and five classes"
        );
        let mut faults = Vec::new();
        for (eyes, of) in [
            (ALL_CONES, "all cones"),
            (PROTANOPIA, "no red"),
            (DEUTERANOPIA, "no green"),
        ] {
            for (at, one) in tones.iter().enumerate() {
                for other in &tones[at + 1..] {
                    let far = apart(one.ground, other.ground, &eyes);
                    if far < APART {
                        let (one, other) = (&one.name, &other.name);
                        faults.push(format!("{one} and {other} ({of}, {when}): {far:.1}"));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    });
}

#[test]
fn what_is_touched_on_a_coloured_band_stands_out() {
    by_day_and_night(|palette, when| {
        let (bands, touched) = (palette.get_bands(), palette.get_on_bands());
        assert!(bands.row_count() >= 7 && touched.row_count() >= 4);
        let mut faults = Vec::new();
        for band in bands.iter() {
            for one in touched.iter() {
                let edge = contrast(one.edge, band.ground);
                let most = edge.max(contrast(one.ground, band.ground));
                if most < EDGE {
                    let (one, band) = (&one.name, &band.name);
                    faults.push(format!("{one} on {band} ({when}): {most:.2}"));
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    });
}

#[test]
fn the_way_out_has_an_edge_of_its_own_on_every_band() {
    by_day_and_night(|palette, when| {
        let leave = palette.get_leave();
        assert!(contrast(leave.edge, leave.ground) >= EDGE, "{when}");
    });
    let source = std::fs::read_to_string("ui/screens/shell/top-bar.slint").unwrap();
    let button = source.split("component EvacuateButton").nth(1).unwrap();
    let button = button.split("\n}").next().unwrap();
    assert!(button.contains("tone: Palette.leave;") && button.contains("edge: 4 * Scale.u;"));
}
