//! Malformed, too deep and too long responses of rpcv2Cbor.

use crate::cbor::{body, broken, bytes, every_kind, read, respond};
use crate::kinds::{KINDS, Kinds};
use swage_client::{Record, Shape};

/// Bodies and the starts of their errors.
const BROKEN: &[(&str, &str)] = &[
    (
        "a1 66'nested' a1 64'list' 82 61'a' 05",
        "nested.list[1]: expected a string, found an integer at byte 17",
    ),
    (
        "a1 64'list' a1 66'secret' 01",
        "list: expected an array, found a map at byte 6",
    ),
    (
        "a1 66'nested' 66'secret'",
        "nested: expected a map, found a string",
    ),
    (
        "a1 63'map' a1 61'k' 81 66'secret'",
        "map.k: expected a string, found an array",
    ),
    (
        "a1 65'vault' a1 66'secret' 66'secret'",
        "vault.*: expected an integer, found a string",
    ),
    (
        "a1 63'map' a1 05 61'v'",
        "map: expected a string as key, found an integer",
    ),
    (
        "a1 05 01",
        "expected a string as key, found an integer at byte 1",
    ),
    (
        "a1 64'byte' 1880",
        "byte: the number is too large for a byte",
    ),
    (
        "a1 64'byte' f93e00",
        "byte: expected an integer of at most 64 bits, found another",
    ),
    (
        "a1 64'byte' 61'1'",
        "byte: expected an integer, found a string",
    ),
    (
        "a1 64'long' 1b8000000000000000",
        "long: expected an integer of at most 64 bits",
    ),
    (
        "a1 64'long' c24101",
        "long: expected an integer, found a tag",
    ),
    (
        "a1 66'double' 66'secret'",
        "double: expected a number, found a string",
    ),
    (
        "a1 67'boolean' 01",
        "boolean: expected a boolean, found an integer",
    ),
    (
        "a1 64'blob' 66'secret'",
        "blob: expected bytes, found a string",
    ),
    (
        "a1 66'string' 46'secret'",
        "string: expected a string, found bytes",
    ),
    (
        "a1 66'string' f4",
        "string: expected a string, found a boolean",
    ),
    (
        "a1 64'time' 01",
        "time: expected a timestamp, found an integer",
    ),
    (
        "a1 64'time' c001",
        "time: expected a timestamp, found another tag",
    ),
    (
        "a1 64'time' c166'secret'",
        "time: expected seconds since 1970, found a string",
    ),
    (
        "a1 64'time' c1fb7ff8000000000000",
        "time: the timestamp is out of range",
    ),
    (
        "a1 64'time' c11bffffffffffffffff",
        "time: the timestamp is out of range",
    ),
    (
        "a1 66'string' 62ff00",
        "string: the text is not UTF-8 at byte 8",
    ),
    (
        "a1 6a'bigDecimal' c401",
        "bigDecimal: expected an array, found an integer",
    ),
    (
        "a1 6a'bigDecimal' c48101",
        "bigDecimal: a decimal fraction has two parts",
    ),
    (
        "a1 6a'bigDecimal' c483010101",
        "bigDecimal[2]: a decimal fraction has two parts",
    ),
    (
        "a1 6a'bigDecimal' c482c2410101",
        "bigDecimal[0]: expected an exponent, found a tag",
    ),
    (
        "a1 6a'bigDecimal' c48200c4822001",
        "bigDecimal: the number is not a decimal fraction",
    ),
    (
        "a1 6a'bigInteger' c6a0",
        "bigInteger: expected a number, found another tag",
    ),
    (
        "a1 64'list' 82 61'a'",
        "list[1]: the document is cut off at byte 9",
    ),
    (
        "a1 64'list' 9f 61'a'",
        "list: the document is cut off at byte 9",
    ),
    ("a0 00", "the document ends before the body does at byte 1"),
    ("80", "expected a map, found an array at byte 0"),
    ("f6", "expected a map, found null at byte 0"),
    ("3c68746d6c3e", "expected a map, found an integer at byte 0"),
];

#[test]
fn broken_bodies_say_where_and_never_what() {
    for (body, expected) in BROKEN {
        let error = broken(body);
        assert!(error.starts_with(expected), "{body}: {error}");
        assert!(!error.contains("secret"), "{body}: {error}");
    }
}

#[test]
fn a_body_cut_anywhere_is_an_error_and_a_changed_one_no_panic() {
    let whole = body(&mut every_kind());
    for end in 1..whole.len() {
        let cut = &whole[..end];
        assert!(read(cut, &mut Kinds::default()).is_err(), "{end}");
        assert!(read(cut, &mut Record::new(&KINDS)).is_err(), "{end}");
    }
    for index in 0..whole.len() {
        for byte in [
            0, 0x1B, 0x3B, 0x5F, 0x7B, 0x9F, 0xBF, 0xC2, 0xC4, 0xF6, 0xF9, 0xFF,
        ] {
            let mut changed = whole.clone();
            changed[index] = byte;
            let _ = read(&changed, &mut Kinds::default());
            let _ = read(&changed, &mut Record::new(&KINDS));
        }
    }
}

#[test]
fn deep_nesting_is_an_error() {
    let deep = |start: &str, item: &str| [bytes(start), bytes(item).repeat(10_000)].concat();
    let cases = [
        ("", "a1 66'nested'"),
        ("", "bf 66'nested'"),
        ("a1 63'new'", "81"),
        ("a1 63'new'", "9f"),
        ("a1 63'new'", "a1 61'a'"),
        ("a1 63'new'", "bf 81"),
        ("a1 63'new'", "c1"),
        ("a1 68'document'", "81"),
        ("a1 68'document'", "bf 61'a'"),
        ("a1 68'document'", "d9d9f7"),
        ("a1 66'choice' a1 65'later'", "82 01"),
        ("a1 6a'bigDecimal'", "c4 82 01"),
    ];
    for (start, item) in cases {
        for output in [
            &mut Kinds::default() as &mut dyn Shape,
            &mut Record::new(&KINDS),
        ] {
            let error = read(&deep(start, item), output).expect_err("too deep");
            assert!(
                error.to_string().contains("nests too deeply"),
                "{item}: {error}"
            );
        }
    }
    let fine = "a1 66'nested'".to_owned().repeat(100) + "a0";
    assert!(respond(&fine).is_ok());
}

#[test]
fn declared_lengths_take_no_memory() {
    let huge = "ffffffffffffffff";
    for (start, major) in [
        ("", "bb"),
        ("a1 64'list'", "9b"),
        ("a1 63'map'", "bb"),
        ("a1 66'string'", "7b"),
        ("a1 64'blob'", "5b"),
        ("a1 64'blob' 5f", "5b"),
        ("a1 6a'bigInteger' c2", "5b"),
        ("a1 68'document'", "9b"),
        ("a1 68'document'", "bb"),
        ("a1 63'new'", "9b"),
        ("a1 63'new'", "bb"),
        ("a1 63'new'", "7b"),
    ] {
        let body = bytes(&format!("{start} {major} {huge}"));
        for output in [
            &mut Kinds::default() as &mut dyn Shape,
            &mut Record::new(&KINDS),
        ] {
            let error = read(&body, output).expect_err("cut off").to_string();
            assert!(error.contains("cut off"), "{start} {major}: {error}");
        }
    }
    let digits = [bytes("a1 6a'bigInteger' c2 590401"), vec![1; 1025]].concat();
    let error = read(&digits, &mut Kinds::default()).expect_err("too big");
    assert!(error.to_string().contains("too many digits"));
}
