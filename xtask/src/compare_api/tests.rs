//! Small crates, one in the place of the official crate.

use super::compare::{Difference, What, compare};
use super::docs::Docs;
use std::path::Path;
use std::process::Command;

/// What ours lacks: `kind path`, with `~` before what has another signature.
fn lacks(theirs: &str, ours: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let (theirs, ours) = (docs(folder.path(), theirs), docs(folder.path(), ours));
    let found = compare(&theirs, &ours, |_| true);
    found.differences.iter().map(line).collect()
}

const EQUAL: [&str; 0] = [];

fn line(of: &Difference) -> String {
    let mark = if matches!(of.what, What::Missing { .. }) {
        ""
    } else {
        "~"
    };
    format!("{mark}{} {}", of.kind.name(), of.path)
}

fn docs(folder: &Path, text: &str) -> Docs {
    let source = folder.join("sample.rs");
    std::fs::write(&source, text).unwrap();
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or("rustdoc".into());
    let status = Command::new(rustdoc)
        .args([
            "--edition=2024",
            "--crate-name=sample",
            "-Zunstable-options",
        ])
        .args([
            "--output-format=json",
            "--document-hidden-items",
            "--out-dir",
        ])
        .arg(folder)
        .arg(&source)
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .unwrap();
    assert!(status.success());
    let mut docs = Docs::default();
    docs.add(&folder.join("sample.json")).unwrap();
    docs
}

#[test]
fn what_is_missing_is_listed_by_kind() {
    let theirs = "
        pub mod types {
            #[derive(Clone)]
            pub struct Item { pub name: String, pub size: i32 }
            impl Item { pub fn name(&self) -> &str { &self.name } }
            pub enum Colour { Red, Green }
        }
        pub mod meta { pub static VERSION: &str = \"1\"; }";
    let ours = "
        pub mod types {
            pub struct Item { pub name: String, pub size: Option<i32> }
            pub enum Colour { Red }
        }";
    assert_eq!(
        lacks(theirs, ours),
        [
            "module meta",
            "const meta::VERSION",
            "variant types::Colour::Green",
            "trait impl types::Item: core::clone::Clone",
            "method types::Item::name()",
            "~field types::Item::size",
        ]
    );
}

#[test]
fn an_alias_is_the_type_that_it_stands_for() {
    let theirs = "
        pub struct Invalid;
        pub enum SendError { Invalid(Invalid) }
        impl SendError { pub fn is_invalid(&self) -> bool { true } pub fn of_send(&self) -> &Self { self } }
        pub fn send() -> Result<(), SendError> { Ok(()) }";
    let ours = "
        use std::marker::PhantomData;
        pub struct Invalid;
        pub struct Send(());
        pub struct Receive(());
        pub enum OperationError<Op> { Invalid(Invalid), Other(PhantomData<Op>) }
        impl<Op> OperationError<Op> { pub fn is_invalid(&self) -> bool { true } }
        impl OperationError<Send> { pub fn of_send(&self) -> &Self { self } }
        pub type SendError = OperationError<Send>;
        pub fn send() -> Result<(), OperationError<Send>> { Ok(()) }";
    assert_eq!(lacks(theirs, ours), EQUAL);
    // Another implementation's methods are not the alias's.
    let other = ours.replace("impl OperationError<Send>", "impl OperationError<Receive>");
    assert_eq!(lacks(theirs, &other), ["method SendError::of_send()"]);
}

#[test]
fn an_alias_of_a_general_type_has_its_implementations() {
    let theirs = "
        pub enum SendError { Other }
        pub struct Error;
        impl From<SendError> for Error { fn from(_: SendError) -> Self { Self } }
        pub mod error {
            mod inner { pub struct SdkError<E, R>(pub E, pub R); }
            pub type SdkError<E, R = u8> = inner::SdkError<E, R>;
        }
        impl From<error::SdkError<SendError, u8>> for Error { fn from(_: error::SdkError<SendError, u8>) -> Self { Self } }";
    let ours = "
        use std::marker::PhantomData;
        pub struct Send(());
        #[derive(PartialEq)]
        pub enum OperationError<Op> { Other, Never(PhantomData<Op>) }
        pub type SendError = OperationError<Send>;
        pub struct Error;
        impl<Op> From<OperationError<Op>> for Error { fn from(_: OperationError<Op>) -> Self { Self } }
        pub mod error { pub struct SdkError<E, R = u8>(pub E, pub R); }
        impl<E, R> From<error::SdkError<E, R>> for Error { fn from(_: error::SdkError<E, R>) -> Self { Self } }";
    assert_eq!(lacks(theirs, ours), EQUAL);
}

#[test]
fn signatures_are_compared_by_meaning() {
    let theirs = "
        pub struct Client;
        impl Client {
            pub fn name(self, value: impl Into<String>) -> Self { drop(value.into()); self }
            pub fn text(&self, value: String) { drop(value) }
            pub fn count(&self) -> Option<i32> { None }
            pub async fn send<T: Into<String>>(self, value: T) -> String { value.into() }
        }";
    let ours = "
        use std::future::Future;
        pub struct Client;
        impl Client {
            pub fn name<S>(self, value: S) -> Client where S: Into<String> { drop(value.into()); self }
            pub fn text(&self, value: impl Into<String>) { drop(value.into()) }
            pub fn count(&self) -> i32 { 0 }
            pub fn send(self, value: impl Into<String>) -> impl Future<Output = String> { std::future::ready(value.into()) }
        }";
    assert_eq!(lacks(theirs, ours), ["~method Client::count()"]);
    assert_eq!(
        lacks(ours, theirs),
        ["~method Client::count()", "~method Client::text()"]
    );
}

#[test]
fn paths_of_re_exports_count_and_hidden_items_do_not() {
    let theirs = "
        mod inner {
            pub struct Shown; pub struct Unnameable;
            impl Shown { pub fn inner(&self) -> Unnameable { Unnameable } #[doc(hidden)] pub fn hidden(&self) {} }
        }
        pub use inner::Shown;
        #[doc(hidden)] pub struct Hidden;
        pub mod again { pub use crate::inner::Shown as Renamed; }";
    let ours = "
        pub struct Shown; pub struct Other;
        impl Shown { pub fn inner(&self) -> Other { Other } }
        pub mod again { pub use super::*; pub type Renamed = Shown; }";
    assert_eq!(lacks(theirs, ours), EQUAL);
    assert_eq!(lacks(theirs, "pub mod again {}").len(), 4);
}

#[test]
fn a_general_implementation_covers_others() {
    let theirs = "
        pub struct SdkError<E>(pub E); pub struct One; pub struct Two; pub struct Error;
        impl From<SdkError<One>> for Error { fn from(_: SdkError<One>) -> Self { Self } }
        impl From<SdkError<Two>> for Error { fn from(_: SdkError<Two>) -> Self { Self } }";
    let ours = "
        pub struct SdkError<E>(pub E); pub struct One; pub struct Two; pub struct Error;
        impl<E> From<SdkError<E>> for Error { fn from(_: SdkError<E>) -> Self { Self } }";
    assert_eq!(lacks(theirs, ours), EQUAL);
    assert_eq!(
        lacks(ours, theirs),
        ["trait impl Error: core::convert::From<SdkError<_>>"]
    );
}

#[test]
fn arguments_that_are_defaults_may_be_left_out() {
    let theirs = "
        pub struct Builder;
        impl Builder { pub fn name(self) -> Self { self } pub fn send(self) {} }
        pub struct Until;
        pub struct Waiter;
        impl Waiter { pub fn name(self) -> Self { self } pub fn wait(self) {} }
        pub struct Other;
        impl Other { pub fn name(self) -> Self { self } pub fn wait(self) {} }
        pub fn start() -> Builder { Builder }
        pub fn first() -> Waiter { Waiter }";
    let ours = "
        pub struct Builder<U = ()>(U);
        impl<U> Builder<U> { pub fn name(self) -> Self { self } }
        impl Builder { pub fn send(self) {} }
        pub struct Until;
        impl Builder<Until> { pub fn wait(self) {} }
        pub type Waiter = Builder<Until>;
        pub type Other = Builder<Until>;
        pub fn start() -> Builder { Builder(()) }
        pub fn first() -> Other { Builder(Until) }";
    assert_eq!(lacks(theirs, ours), EQUAL);
}

#[test]
fn an_alias_may_give_the_last_arguments() {
    let theirs = "
        pub struct Call<T>(T);
        impl<T> Call<T> { pub fn name(self) -> Self { self } }
        pub fn start() -> Call<i32> { Call(1) }";
    let ours = "
        pub mod inner {
            pub struct Call<T, B>(pub T, pub B);
            impl<T, B> Call<T, B> { pub fn name(self) -> Self { self } }
        }
        pub struct Builder;
        pub type Call<T> = inner::Call<T, Builder>;
        pub fn start() -> Call<i32> { inner::Call(1, Builder) }";
    assert_eq!(lacks(theirs, ours), EQUAL);
}

#[test]
fn what_converts_into_a_wider_integer_can_be_given() {
    let theirs = "pub fn size(of: i32) {}";
    let ours = "pub fn size(of: impl Into<i64>) {}";
    assert_eq!(lacks(theirs, ours), EQUAL);
    assert_eq!(lacks("pub fn size(of: u64) {}", ours), ["~fn size"]);
}
