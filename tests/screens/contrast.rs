//! Contrast of every text and background pair in the theme, by day and by night.

use lobby_kiosk::{AppWindow, Palette};
use slint::{Color, ComponentHandle, Model};

/// A channel of a colour, in proportion to its light.
pub fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

/// Relative luminance after WCAG 2.2.
fn luminance(color: Color) -> f64 {
    0.2126 * linear(color.red()) + 0.7152 * linear(color.green()) + 0.0722 * linear(color.blue())
}

/// The contrast of two colours after WCAG 2.2.
pub fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn black_on_white_is_twenty_one() {
    let ratio = contrast(
        Color::from_rgb_u8(0, 0, 0),
        Color::from_rgb_u8(255, 255, 255),
    );
    assert!((ratio - 21.0).abs() < 0.01);
}

#[test]
fn every_pair_of_the_theme() {
    crate::kiosk::backend();
    let window = AppWindow::new().unwrap();
    let palette = window.global::<Palette<'_>>();
    let mut faults = Vec::new();
    for dark in [false, true] {
        palette.set_dark(dark);
        let tones: Vec<_> = palette.get_all().iter().collect();
        assert!(tones.len() >= 15, "the theme has a list of its tones");
        for tone in &tones {
            for (rank, color, least) in [
                ("ink", tone.ink, 7.0),
                ("soft", tone.soft, 7.0),
                ("dim", tone.dim, 4.5),
            ] {
                let ratio = contrast(color, tone.ground);
                if ratio < least {
                    faults.push(format!("{} {rank} (dark: {dark}): {ratio:.2}", tone.name));
                }
            }
        }
        let page = tones
            .iter()
            .find(|tone| tone.name == "page")
            .unwrap()
            .ground;
        for tone in tones.iter().filter(|tone| tone.name == "control") {
            let ratio = contrast(tone.edge, page);
            if ratio < 3.0 {
                faults.push(format!(
                    "{} edge on the page (dark: {dark}): {ratio:.2}",
                    tone.name
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_tone_is_listed_and_no_colour_stands_elsewhere() {
    let palette = std::fs::read_to_string("ui/theme/palette.slint").unwrap();
    let list = palette.split("property <[Tone]> all: [").nth(1).unwrap();
    let list = list.split(']').next().unwrap();
    let listed: Vec<&str> = list
        .split([',', '\n'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .collect();
    for line in palette.lines() {
        if let Some(rest) = line.trim().strip_prefix("out property <Tone> ") {
            let name = rest.split(':').next().unwrap();
            assert!(
                listed.contains(&name),
                "{name} is not in the list that is audited"
            );
        }
    }
    let faces = std::fs::read_dir("ui/screens").unwrap();
    let faces: Vec<_> = faces.map(|face| face.unwrap().path()).collect();
    assert!(faces.iter().all(|face| face.is_dir()));
    let others = ["ui/widgets", "ui/adapters", "ui/types"].map(std::path::PathBuf::from);
    for folder in faces.into_iter().chain(others) {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let source = std::fs::read_to_string(&path).unwrap();
            for (number, line) in source.lines().enumerate() {
                let code = line.split("//").next().unwrap();
                assert!(
                    !code.contains('#'),
                    "{}:{}: a colour outside the theme",
                    path.display(),
                    number + 1
                );
            }
        }
    }
}
