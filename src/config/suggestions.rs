//! Which of the known words somebody may have meant.

/// The words of `known` that differ from `word` by a slip of the finger or two, the nearest first.
pub fn near<'a>(word: &str, known: &'a [String]) -> Vec<&'a str> {
    // No known word is longer; a long stray value must not cost its length times theirs.
    if word.len() > 200 {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = known
        .iter()
        .map(|one| (distance(&fold(word), &fold(one)), one.as_str()))
        .filter(|(distance, one)| *distance <= allowed(word, one))
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().map(|(_, one)| one).collect()
}

/// One slip in a short word, two in a longer one.
fn allowed(word: &str, known: &str) -> usize {
    match word.chars().count().min(known.chars().count()) {
        0 | 1 => 0,
        2..=4 => 1,
        _ => 2,
    }
}

/// Case and the choice between hyphen and underscore are no difference.
fn fold(word: &str) -> Vec<char> {
    word.chars()
        .map(|c| {
            if c == '_' {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

/// Characters to insert, remove, replace or swap with their neighbour (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
