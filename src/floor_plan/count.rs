//! How many elements an SVG stands for once every reference is followed: ten lines of references
//! to references can stand for a thousand million.

use std::collections::HashMap;

use resvg::usvg::roxmltree::{Document, Node, NodeId};

/// The elements of `document`, each counted as often as it is drawn. None for more than `most`,
/// and for what is nested deeper than `deepest` or refers to itself.
pub(super) fn elements(document: &Document<'_>, most: u32, deepest: u32) -> Option<u64> {
    let mut ids = HashMap::new();
    let mut rules = Vec::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_insert(node);
        }
        if node.tag_name().name() == "style" {
            rules.extend(node.children().filter_map(|one| one.text()).flat_map(read));
        }
    }
    let most = u64::from(most);
    let mut counter = Counter {
        ids,
        rules,
        known: HashMap::new(),
        most,
        deepest,
    };
    let all = counter.count(document.root_element(), 0)?;
    // A marker is drawn once for each point, and a point takes two bytes.
    let points = document.input_text().len() as u64 / 2;
    let markers: u64 = document
        .descendants()
        .filter(|node| node.tag_name().name() == "marker")
        .filter_map(|node| counter.known.get(&node.id()))
        .sum();
    (markers.saturating_mul(points) <= 10 * most).then_some(all)
}

struct Counter<'a, 'i> {
    ids: HashMap<&'a str, Node<'a, 'i>>,
    rules: Vec<Rule<'a>>,
    known: HashMap<NodeId, u64>,
    most: u64,
    deepest: u32,
}

/// A rule of a style sheet that refers to elements.
struct Rule<'a> {
    selector: &'a str,
    ids: Vec<&'a str>,
}

impl<'a, 'i> Counter<'a, 'i> {
    fn count(&mut self, node: Node<'a, 'i>, depth: u32) -> Option<u64> {
        if let Some(known) = self.known.get(&node.id()) {
            return Some(*known);
        }
        // What refers to itself ends here too.
        if depth > self.deepest {
            return None;
        }
        let mut all = 1_u64;
        for child in node.children().filter(Node::is_element) {
            all += self.count(child, depth + 1)?;
        }
        for target in self.targets(node) {
            all += self.count(target, depth + 1)?;
        }
        (all <= self.most).then(|| self.known.insert(node.id(), all))?;
        Some(all)
    }

    /// The elements that are drawn once more wherever `node` is. A gradient or filter is not.
    fn targets(&self, node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
        let used = node
            .attributes()
            .filter(|one| node.tag_name().name() == "use" && one.name() == "href")
            .filter_map(|one| one.value().trim().strip_prefix('#'));
        let own = node.attributes().flat_map(|one| urls(one.value()));
        let styled = self.rules.iter().filter(|rule| rule.may_mean(node));
        used.chain(own)
            .chain(styled.flat_map(|rule| rule.ids.iter().copied()))
            .filter_map(|id| self.ids.get(id).copied())
            .filter(|target| {
                let name = target.tag_name().name();
                !["linearGradient", "radialGradient", "filter"].contains(&name)
            })
            .collect()
    }
}

impl Rule<'_> {
    /// Whether the selector may select `node`; said too often rather than too seldom.
    fn may_mean(&self, node: Node<'_, '_>) -> bool {
        let named = |mark: &str, name: &str| self.selector.contains(&[mark, name].concat());
        let classes = node.attribute("class").unwrap_or_default();
        classes.split_whitespace().any(|class| named(".", class))
            || node.attribute("id").is_some_and(|id| named("#", id))
            || self
                .selector
                .split(|c: char| c.is_whitespace() || ",>+~{/".contains(c))
                .any(|part| {
                    part.starts_with(['*', '[', ':']) || part.starts_with(node.tag_name().name())
                })
    }
}

/// The rules of a style sheet that refer to elements.
fn read(sheet: &str) -> impl Iterator<Item = Rule<'_>> {
    sheet.split('}').filter_map(|rule| {
        let (selector, declarations) = rule.rsplit_once('{')?;
        let ids: Vec<&str> = urls(declarations).collect();
        (!ids.is_empty()).then_some(Rule { selector, ids })
    })
}

/// The ids in every `url(#id)` of `value`.
fn urls(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let id = rest.split(')').next()?;
        id.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'')
            .strip_prefix('#')
    })
}
