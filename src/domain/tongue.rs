//! Which of our languages somebody reads, by the tag of their own, as phones and systems write it.

/// A language that we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Chinese.
    Chinese,
    /// English.
    English,
}

/// Chinese by its codes in ISO 639-1, 639-2 and 639-3, and the Chinese languages by theirs.
const CHINESE: [&str; 23] = [
    "zh", "zho", "chi", "cmn", "yue", "wuu", "nan", "hak", "gan", "hsn", "cdo", "cjy", "cpx",
    "cnp", "csp", "czh", "czo", "mnp", "lzh", "luh", "hnm", "sjc", "csl",
];
/// Languages of China whose speakers are few elsewhere, by all their codes: Tibetan, Uyghur, Yi,
/// Zhuang, Miao, the Mongolian of Inner Mongolia, then those of smaller peoples.
const OF_CHINA: [&str; 75] = [
    "bo", "bod", "tib", "adx", "khg", "ug", "uig", "ii", "iii", "za", "zha", "zch", "zeh", "zgb",
    "zgm", "zgn", "zhd", "zhn", "zlj", "zln", "zlq", "zqe", "zyb", "zyg", "zyj", "zyn", "zzj",
    "hmn", "hea", "hmd", "hmq", "mvf", "mnc", "sjo", "doc", "kmc", "pcc", "bca", "bfc", "bfs",
    "tji", "tjs", "hni", "lic", "lis", "lhu", "nxq", "nbf", "swi", "khb", "tdd", "sce", "mjg",
    "slr", "peh", "dta", "evn", "orh", "qxs", "cng", "mlm", "mmd", "jiu", "jiy", "vwa", "gio",
    "acn", "blr", "duu", "pmi", "ybe", "yuy", "shx", "srh", "atb",
];
/// Languages that are spoken on both sides of China's border, each by its codes: of China where
/// the tag names the region, or a script in which they are written there alone.
const AT_THE_BORDER: [(&[&str], &str); 9] = [
    (&["mn", "mon", "khk"], "mong"),
    (&["kk", "kaz"], "arab"),
    (&["ky", "kir"], "arab"),
    (&["ko", "kor"], ""),
    (&["uz", "uzb", "uzn"], ""),
    (&["tt", "tat"], ""),
    (&["tg", "tgk"], ""),
    (&["vi", "vie"], ""),
    (&["lo", "lao"], ""),
];
/// The scripts of Chinese.
const CHARACTERS: [&str; 2] = ["hans", "hant"];

/// What somebody reads whose language has this `tag` (BCP 47, or with underscores, as systems
/// write it); none for all other languages.
pub fn reads(tag: &str) -> Option<Reads> {
    let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let says = |part: &str| rest.contains(&part);
    if ["en", "eng"].contains(&primary) {
        return Some(Reads::English);
    }
    let border = AT_THE_BORDER
        .iter()
        .find(|(codes, _)| codes.contains(&primary));
    let in_china = border.is_some_and(|(_, script)| says("cn") || says(script));
    let chinese = CHINESE.contains(&primary)
        || OF_CHINA.contains(&primary)
        || in_china
        || CHARACTERS.iter().any(|script| says(script))
        // The one tag of a Chinese language that begins otherwise (RFC 5646, 2.2.8).
        || tag == "i-hak";
    chinese.then_some(Reads::Chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(tags: &str, expected: Option<Reads>) {
        for tag in tags.split_whitespace() {
            assert_eq!(reads(tag), expected, "{tag}");
        }
    }

    #[test]
    fn chinese_by_any_of_its_codes_is_chinese() {
        all(
            "zh zho chi ZHO zh-Hans zh-Hant-TW zh_CN zho-Hans-CN cmn yue wuu nan hak gan hsn lzh \
             zh-min-nan i-hak und-Hans",
            Some(Reads::Chinese),
        );
    }

    #[test]
    fn the_languages_of_china_are_read_as_chinese_by_any_of_their_codes() {
        all(
            "bo bod tib bo-CN bod_CN ug uig uig-CN ii iii za zha hmn mvf mnc pcc",
            Some(Reads::Chinese),
        );
    }

    #[test]
    fn at_the_border_the_region_or_the_script_decides() {
        all(
            "mn-CN mon-CN mn-Mong mon-Mong-CN ko-CN kor-CN kk-CN kaz-Arab ky-Arab-CN vie-CN",
            Some(Reads::Chinese),
        );
        all("mn mon mn-MN ko kor-KR kk kaz-Cyrl uz-Arab vie lo", None);
    }

    #[test]
    fn english_is_english_by_either_code() {
        all("en eng en-CN eng-GB EN_us", Some(Reads::English));
        all("fr fra ja jpn enm * und", None);
        assert_eq!(reads(""), None);
    }
}
