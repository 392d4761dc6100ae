//! Every text of a file, with its line, for those who ask what is in it and not what it means.

use toml::de::{DeTable, DeValue};

use super::Report;

/// The texts that stand as values in `text`, each with its line, counted from 1. What the parser
/// cannot read is left out.
pub fn texts(text: &str) -> Vec<(usize, String)> {
    let (root, _) = DeTable::parse_recoverable(text);
    let report = Report::new("", text);
    let mut found = Vec::new();
    for value in root.get_ref().values() {
        collect(value.get_ref(), value.span().start, &report, &mut found);
    }
    found.sort();
    found
}

fn collect(value: &DeValue<'_>, at: usize, report: &Report, found: &mut Vec<(usize, String)>) {
    match value {
        DeValue::String(text) => found.push((report.line(at), text.clone().into_owned())),
        DeValue::Array(values) => {
            for value in values {
                collect(value.get_ref(), value.span().start, report, found);
            }
        }
        DeValue::Table(table) => {
            for value in table.values() {
                collect(value.get_ref(), value.span().start, report, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_lists_and_tables_are_found_with_their_lines_and_comments_are_not() {
        let text = "a = \"1\" # x\n[b]\nc = [\n\"2\",\n{ d = \"3\" }]\n[[e]]\nf = 4\ng = '5'\n";
        let expected = [(1, "1"), (4, "2"), (5, "3"), (8, "5")];
        let expected = expected.map(|(line, text)| (line, text.to_owned()));
        assert_eq!(texts(text), expected);
    }
}
