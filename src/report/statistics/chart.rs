//! Charts as drawings: plain bars with their numbers beside them, dark on white, told apart by their
//! shades and by words, so that they read in print and from a metre away.

use crate::document::model::Image;
use crate::i18n::sections::{Bar, Chart};

/// What a chart is drawn with.
const INK: &str = "#0f1f33";
const FIRST: &str = "#1f5a92";
const SECOND: &str = "#d98a1c";
const LINE: &str = "#c9d2db";
/// The width of a drawing, in its own unit.
const WIDTH: f64 = 680.0;
/// The height of a row of [`Chart::Rows`], and of what is written.
const ROW: f64 = 30.0;
const SIZE: f64 = 17.0;
/// Where the bars of rows begin, and how much is left for their numbers.
const LABELS: f64 = 230.0;
const NUMBERS: f64 = 60.0;
/// The height of the bars of [`Chart::Columns`].
const HEIGHT: f64 = 170.0;

/// The chart as a picture.
pub(super) fn image(chart: &Chart) -> Image {
    Image::Svg(match chart {
        Chart::Rows(bars) => rows(bars),
        Chart::Columns { bars, legend } => columns(bars, legend),
    })
}

fn most(bars: &[Bar]) -> f64 {
    let most = bars.iter().flat_map(|bar| &bar.counts).max();
    most.copied().unwrap_or(0).max(1) as f64
}

fn rows(bars: &[Bar]) -> String {
    let whole = WIDTH - LABELS - NUMBERS;
    let most = most(bars);
    let mut drawn = String::new();
    for (nth, bar) in bars.iter().enumerate() {
        let top = nth as f64 * ROW;
        let count = bar.counts.first().copied().unwrap_or(0);
        let length = whole * count as f64 / most;
        let base = top + ROW / 2.0 + SIZE * 0.36;
        drawn += &text(LABELS - 10.0, base, SIZE, "end", &bar.label);
        drawn += &rect(LABELS, top + 4.0, length, ROW - 8.0, FIRST);
        drawn += &text(
            LABELS + length + 8.0,
            base,
            SIZE,
            "start",
            &count.to_string(),
        );
    }
    svg(bars.len() as f64 * ROW, &drawn)
}

fn columns(bars: &[Bar], legend: &[String]) -> String {
    let most = most(bars);
    let head = if legend.is_empty() { 22.0 } else { 52.0 };
    let step = WIDTH / bars.len().max(1) as f64;
    let base = head + HEIGHT;
    let series = legend.len().max(1) as f64;
    let size = SIZE.min(step * 0.55).max(9.0);
    // Where many follow, only some have room for their names.
    let longest = bars
        .iter()
        .map(|bar| bar.label.chars().map(columns_of).sum::<f64>());
    let needed = longest.fold(0.0, f64::max) * size * 0.56 + 6.0;
    let every = (needed / step).ceil().max(1.0) as usize;
    // Numbers over some bars and not over others would be read as if those had none.
    let digits = most.log10().floor() + 1.0;
    let fits = digits * size * 0.6 <= step * 0.76 / series * 1.15;
    let mut drawn = String::new();
    for (nth, name) in legend.iter().enumerate() {
        let left = 4.0 + nth as f64 * 190.0;
        drawn += &rect(left, 6.0, 16.0, 16.0, colour(nth));
        drawn += &text(left + 24.0, 20.0, SIZE, "start", name);
    }
    for (nth, bar) in bars.iter().enumerate() {
        let left = nth as f64 * step + step * 0.12;
        let width = step * 0.76 / series;
        for (one, count) in bar.counts.iter().enumerate() {
            let height = HEIGHT * *count as f64 / most;
            let at = left + one as f64 * width;
            drawn += &rect(at, base - height, width * 0.94, height, colour(one));
            let said = count.to_string();
            if *count > 0 && fits {
                let middle = at + width * 0.47;
                drawn += &text(middle, base - height - 5.0, size, "middle", &said);
            }
        }
        if nth.is_multiple_of(every) {
            let middle = nth as f64 * step + step / 2.0;
            // The first and the last may not stand over the edge.
            let half = needed / 2.0;
            let middle = middle.clamp(half.min(WIDTH / 2.0), (WIDTH - half).max(WIDTH / 2.0));
            drawn += &text(middle, base + size + 6.0, size, "middle", &bar.label);
        }
    }
    drawn += &rect(0.0, base, WIDTH, 1.5, LINE);
    svg(base + size + 14.0, &drawn)
}

/// How wide a character is beside a digit.
fn columns_of(character: char) -> f64 {
    if character.is_ascii() { 1.0 } else { 1.8 }
}

fn colour(series: usize) -> &'static str {
    if series == 0 { FIRST } else { SECOND }
}

fn rect(left: f64, top: f64, width: f64, height: f64, fill: &str) -> String {
    format!(
        "<rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{fill}\"/>",
        width.max(0.0),
        height.max(0.0),
    )
}

fn text(left: f64, base: f64, size: f64, anchor: &str, said: &str) -> String {
    format!(
        "<text x=\"{left:.2}\" y=\"{base:.2}\" font-size=\"{size:.2}\" text-anchor=\"{anchor}\" fill=\"{INK}\">{}</text>",
        escaped(said),
    )
}

fn escaped(said: &str) -> String {
    let mut escaped = String::with_capacity(said.len());
    for one in said.chars() {
        match one {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            one if one.is_control() => escaped.push(' '),
            one => escaped.push(one),
        }
    }
    escaped
}

fn svg(height: f64, drawn: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.2}\" \
         width=\"{WIDTH}\" height=\"{height:.2}\" font-family=\"Noto Sans SC, sans-serif\">{drawn}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_and_no_markup() {
        let bars = vec![Bar {
            label: "a<b>&\"\u{1}".to_owned(),
            counts: vec![3],
        }];
        let Image::Svg(drawn) = image(&Chart::Rows(bars)) else {
            panic!("no drawing");
        };
        assert!(drawn.contains(">a&lt;b&gt;&amp;&quot; <"), "{drawn}");
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_nothing_is_drawn_for_nothing() {
        let bars = |counts: [usize; 2]| {
            let bars = counts.map(|count| Bar {
                label: count.to_string(),
                counts: vec![count],
            });
            rows(&bars)
        };
        let drawn = bars([10, 5]);
        assert!(drawn.contains("width=\"390.00\""), "{drawn}");
        assert!(drawn.contains("width=\"195.00\""), "{drawn}");
        assert!(bars([0, 0]).contains("width=\"0.00\""));
        assert!(columns(&[], &[]).starts_with("<svg"));
    }
}
