//! Words that stand in a drawing as a piece of a web page, as diagram programs write them: they
//! are set as lines of ordinary text.

use resvg::usvg::roxmltree::{Document, Node};

use super::flow::{LINE, USUAL_SIZE, escaped, in_place, is, leading, style, wrapped};

/// How such a program ends words that it has cut short for readers of plain SVG.
const CUT: &str = "...";
/// Elements that begin a line.
const BLOCKS: [&str; 13] = [
    "div", "p", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "section",
];
/// The share of a line that is above the baseline, in sizes of a letter.
const ASCENT: f32 = 0.85;

/// `text` with ordinary words in the place of those in a web page; none where there are none that
/// the drawing does not also give as text.
pub(super) fn set(text: &str, document: &Document<'_>) -> Option<String> {
    let pages = document
        .descendants()
        .filter(|node| is(*node, "foreignObject"));
    let replaced = pages.filter_map(|page| Some((replaced(page)?.range(), page)));
    in_place(text, replaced, lines)
}

/// What the words take the place of: the page, or the whole choice between it and a picture of
/// it or words cut short. None where the other choice is as good.
fn replaced<'a, 'i>(page: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let Some(switch) = page.parent().filter(|parent| is(*parent, "switch")) else {
        return Some(page);
    };
    let mut others = switch
        .children()
        .filter(|one| one.is_element() && *one != page);
    let cut = |one: Node<'_, '_>| {
        let words = one.descendants().filter_map(|node| node.text());
        let words: String = words.collect();
        words.trim().ends_with(CUT) || words.trim().is_empty()
    };
    others
        .all(|one| is(one, "image") || (is(one, "text") && cut(one)))
        .then_some(switch)
}

/// How the words are to stand.
struct Layout {
    /// Left, middle or right of the lines, as the anchor says.
    x: f32,
    anchor: &'static str,
    /// The top of the first line.
    top: f32,
}

fn lines(text: &str, page: Node<'_, '_>) -> Option<String> {
    let prefix = text
        .get(page.range())?
        .strip_prefix('<')?
        .split("foreignObject")
        .next()?;
    let size = style_of_words(page, "font-size")
        .and_then(leading)
        .filter(|size| *size > 0.0)
        .unwrap_or(USUAL_SIZE);
    let mut all = String::new();
    collect(page, &mut all);
    let width = width(page);
    let broken: Vec<String> = all
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .flat_map(|line| wrapped(&line, width / size))
        .collect();
    let layout = layout(page, width, broken.len() as f32 * LINE * size);
    let mut spans = String::new();
    for (at, line) in broken.iter().enumerate() {
        let baseline = layout.top + (ASCENT + at as f32 * LINE) * size;
        let (x, line) = (layout.x, escaped(line));
        spans += &format!("<{prefix}tspan x=\"{x}\" y=\"{baseline}\">{line}</{prefix}tspan>");
    }
    let colour = style_of_words(page, "color").unwrap_or("#000000");
    let weight = style_of_words(page, "font-weight").unwrap_or("normal");
    let transform = page.attribute("transform").unwrap_or_default();
    Some(format!(
        "<{prefix}text transform=\"{}\" font-size=\"{}\" fill=\"{}\" stroke=\"none\" \
         font-weight=\"{}\" text-anchor=\"{}\">{spans}</{prefix}text>",
        escaped(transform),
        size,
        escaped(colour),
        escaped(weight),
        layout.anchor
    ))
}

/// The width that lines have, if they are to be broken.
fn width(page: Node<'_, '_>) -> f32 {
    let one_line = style_of_words(page, "white-space").is_some_and(|value| value == "nowrap");
    let width = box_of(page)
        .and_then(|inner| style(inner, "width"))
        .or(page.attribute("width"))
        .filter(|width| !one_line && !width.contains('%'))
        .and_then(leading);
    // Diagram programs give a word that has its place by its middle a width of one.
    width.filter(|width| *width > 1.0).unwrap_or(f32::INFINITY)
}

fn layout(page: Node<'_, '_>, width: f32, height: f32) -> Layout {
    let number = |name| {
        let value = page.attribute(name).filter(|value| !value.contains('%'));
        value.and_then(leading).unwrap_or(0.0)
    };
    let inner = box_of(page);
    let styled = |name| inner.and_then(|inner| style(inner, name));
    let pixels = |name| styled(name).and_then(leading).unwrap_or(0.0);
    let (left, top) = (
        number("x") + pixels("margin-left") + pixels("padding-left"),
        number("y") + pixels("padding-top") + pixels("margin-top"),
    );
    let says = |value: Option<&str>, words: [&str; 2]| {
        value.is_some_and(|value| words.iter().any(|word| value.contains(word)))
    };
    let across = styled("justify-content").or_else(|| style_of_words(page, "text-align"));
    let down = styled("align-items");
    let known = if width.is_finite() { width } else { 0.0 };
    let (x, anchor) = if says(across, ["center", "middle"]) {
        (left + known / 2.0, "middle")
    } else if says(across, ["end", "right"]) {
        (left + known, "end")
    } else {
        (left, "start")
    };
    let top = if says(down, ["center", "middle"]) {
        // In a box of a pixel's height, that is around its top.
        let high = styled("height")
            .and_then(leading)
            .unwrap_or(number("height"));
        top + (high - height) / 2.0
    } else if says(down, ["flex-end", "bottom"]) {
        top - height
    } else {
        top
    };
    Layout { x, anchor, top }
}

/// The outermost box of the page.
fn box_of<'a, 'i>(page: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let mut inside = page.descendants().skip(1);
    inside.find(|node| node.is_element() && !is(*node, "body"))
}

/// What the innermost element around the first words, or one around it, says of its style.
fn style_of_words<'a>(page: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let words = page
        .descendants()
        .find(|node| node.text().is_some_and(|text| !text.trim().is_empty()))?;
    words
        .ancestors()
        .take_while(|node| *node != page)
        .chain([page])
        .find_map(|node| style(node, name))
}

/// The words, with a line for every block.
fn collect(node: Node<'_, '_>, all: &mut String) {
    for child in node.children() {
        let name = child.tag_name().name();
        if child.is_text() {
            // A line break in the file is a space on the page.
            let words = child.text().unwrap_or_default();
            all.push_str(&words.replace(['\n', '\r'], " "));
        } else if !["style", "script", "svg"].contains(&name) {
            let block = BLOCKS.contains(&name);
            if block {
                all.push('\n');
            }
            collect(child, all);
            all.push_str(match name {
                _ if block => "\n",
                "td" | "th" => " ",
                _ => "",
            });
        }
    }
}
