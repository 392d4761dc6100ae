//! Codes are read back by a decoder that is not the encoder's.

use lobby_kiosk::qr::{
    MOST_ADDRESS_BYTES, MOST_BYTES, MOST_NEAR_ADDRESS_BYTES, Medium, NoCode, encode, encode_alike,
};

#[test]
fn what_is_written_is_read() {
    let texts = [
        "tel:110",
        "SMSTO:12110021:证券大道1号三楼，有人持刀",
        "疏散出口：东侧楼梯、西侧楼梯。集合点：广场北侧旗杆。不要乘电梯。",
        "https://kiosk.example.cn/e?l=en",
        "点茗髙㐂 — 标点「」…",
    ];
    for text in texts {
        for medium in [Medium::Screen, Medium::Near, Medium::Paper] {
            assert_eq!(
                crate::decoded::drawn(&encode(text, medium).unwrap(), 3),
                text
            );
        }
    }
}

#[test]
fn every_length_up_to_the_limit() {
    for length in (1..=MOST_BYTES).step_by(23).chain([MOST_BYTES]) {
        let text = "a".repeat(length);
        assert_eq!(
            crate::decoded::drawn(&encode(&text, Medium::Screen).unwrap(), 4),
            text
        );
    }
}

#[test]
fn an_address_is_longer_only_where_it_is_scanned_from_nearby() {
    let address = format!("https://{}", "a".repeat(MOST_NEAR_ADDRESS_BYTES - 8));
    let code = encode(&address, Medium::Near).unwrap();
    assert_eq!(crate::decoded::drawn(&code, 3), address);
    for (text, medium) in [
        (address.clone(), Medium::Screen),
        (address.clone(), Medium::Paper),
        (format!("{address}a"), Medium::Near),
    ] {
        let refused = encode(&text, medium);
        assert!(matches!(refused, Err(NoCode::TooLong { .. })), "{medium:?}");
    }
}

#[test]
fn a_code_for_180_bytes_has_at_most_53_modules() {
    let matrix = encode(&"文".repeat(60), Medium::Screen).unwrap();
    assert!(matrix.width() <= 53, "{}", matrix.width());
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(encode("", Medium::Screen), Err(NoCode::Empty));
    let bytes = MOST_BYTES + 1;
    let long = "a".repeat(bytes);
    let most = MOST_BYTES;
    assert_eq!(
        encode(&long, Medium::Paper),
        Err(NoCode::TooLong { bytes, most })
    );
    let address = format!("https://{}", "a".repeat(53));
    let refused = encode(&address, Medium::Screen).unwrap_err();
    assert_eq!(
        refused,
        NoCode::TooLong {
            bytes: 61,
            most: MOST_ADDRESS_BYTES
        }
    );
    assert!(refused.to_string().contains("60"), "{refused}");
    assert!(encode(&address[..60], Medium::Screen).is_ok());
}

#[test]
fn codes_beside_each_other_are_of_one_size_and_still_read() {
    let texts = ["a".to_owned(), "文".repeat(60)];
    let both = encode_alike(&texts, Medium::Screen).unwrap();
    assert_eq!(both[0].width(), both[1].width());
    for (matrix, text) in both.iter().zip(&texts) {
        assert_eq!(&crate::decoded::drawn(matrix, 3), text);
    }
}
