//! Items look as if prettyplease had formatted them, wherever their lines break.

use super::{item, spaced};
use crate::code::{Code, code};
use proc_macro2::TokenStream;

/// Items in which `A` and `B` stand for names of all lengths.
const ITEMS: &[&str] = &[
    "use a::A;",
    "use ::std::{A, B, C};",
    "pub use crate::A::{B, Bb, Bbb, Bbbb};",
    "use a::{A}; use a::{self, A};",
    "use crate::{A, b::B, c::d::C}; use crate::{a::A};",
    "pub mod A {}",
    "#[doc = \" Text\"] pub mod A { #[doc = \" Text\"] #[allow(B)] pub type B = A<C>; pub mod C { pub use super::{A, B, C}; } }",
    "pub mod A { pub static B: &str = env!(\"A\"); pub use a::B; } mod C { struct B; #[a] enum A { B } }",
    "pub mod A; mod B; #[doc = \" Text\"] mod c;",
    "#![doc = \" Text \\\"quoted\\\" \\u{e9}  \"] #![doc = \"\"] use A; static B: u8 = 1; static C: u8 = 2;",
    "pub struct A;",
    "#[derive(A, B)] #[shape(A, setters = B<B>)] #[must_use = \"A\"] #[non_exhaustive] pub struct A {}",
    "#[doc = \" A\"] #[deprecated(note = \"A\\\\n\", since = \"B\")] pub struct C { \
     #[doc = \" Text\"] #[sensitive] pub A: Option<B>, #[default_value(C::from(\"A\", 1))] pub(crate) b: HashMap<A, Vec<B>>, }",
    "#[derive(Clone)] pub enum A { #[wire(\"B\")] A, #[doc = \" Text\"] B(Option<Box<A>>), Unknown(String) }",
    "pub(crate) static A: B = B::new();",
    "pub(crate) static A: ::a::B<C, A> = B;",
    "static A: S = S::structure(\"A\", &[M::new(\"A\", &schema::B), M::new(\"B\", &A).required().with(&[T::Length(Some(1), None)])]);",
    "static A: S = S::structure(\"A\", &[]).flag().json_name(&\"B\");",
    "static A: S = S::list(\"A\", &[M::new(\"member\", &B)]).with(&[T::A(\"B\"), T::Range(Some(-1), Some(2.5))]);",
    "static A: S = A(&[B]).b([A, B]);",
    "static A: S = S::new(\"A\", &crate::SERVICE, &B, &OUTPUT).http(\"POST\", \"/A/{B}\", 200).errors(&[&types::A::B, &types::b::B]);",
    "static A: S = S::p(P { input_token: \"A\", more: B, items: \"\" });",
    "static A: S = S::p(1, P { input_token: \"A\", B });",
    "static A: S = A { B: 1 };",
    "static A: S = A { name: \"B\", version: env!(\"A\"), rules: include_str!(\"B\"), list: &[T::A { name: \"B\" }], traits: &[] };",
    "static A: S = A { name: Some((\"A\", \"B\")), pair: (A, B::b(\"A\")) };",
    "static A: S = w(&[A::new(S::B, M::Output(\"A\", \"B\", C::D)).message(\"A\"), A::new(S::B, M::C(true))]);",
    "pub type A = B;",
    "type A<B> = C<B>;",
    "#[doc = \" Text\"] pub type C = crate::a::A<B>;",
    "pub type A = ::a::b::C<super::A, super::B, E<super::F>>; type B = A<A<B>>;",
    "#[doc = \" A\\n\\n B\"] #[doc = \" c \\n\"] pub struct C { #[doc = \" A\\n B\"] pub a: A }",
    "#![doc = \" A\\n B\"] pub struct C; #[doc = \" A\\n B\"] impl A { #[doc = \" A\\n B\"] fn b() {} }",
    "#[doc(hidden)] pub static A: Str = \"B\";",
    "impl A { pub fn b(&self) -> B { B::new(self.0.clone()) } } pub struct B(A); static C: A = A;",
    "pub struct C<A = ()> { a: B<A> }",
    "impl C { #[doc = \" A\"] #[deprecated] pub fn A(&self) -> b::A::c::B { b::A::B::new(self.0.clone()) } pub fn b(self) -> B { A::new(a, ()) } }",
    "impl ::a::A for B { type C = A<B>; fn a(self) -> Vec<Self::A> { self.A.B().unwrap_or_default() } }",
    "impl A for B { fn a(&self) { abcd.A(B).b(A) } fn b(&self) -> A { abcde.A(B).b } fn B(&self) { A.b(A, B) } }",
    "impl A for B { fn a(&self) { self.A.map(|inner| inner.B) } fn b(&mut self) {} fn c(&self, a: A) { b } }",
    "impl<A> B<A> {} impl A {} impl !A for B {}",
    "static A: S = a + b;",
    "static A: S = a.b;",
    "static A: S = a.await;",
    "static A: S = a?.b();",
    "static A: S = \"a\".len();",
    "static A: S = a::<B>();",
    "static A: S = [1, 2];",
    "static A: S = [true];",
    "static A: S = -a;",
    "static A: S = (a);",
    "static A: S = A { ..b };",
    "static A: S = A {};",
    "static A: [S; 2] = a;",
    "static A: &'static S = a;",
    "static A: &mut S = a;",
    "mod a { impl B {} }",
    "mod a { #![allow(b)] use c; }",
    "static A: A<B = C> = a;",
    "static mut A: S = a;",
    "pub type A = &'static B;",
    "pub type A = (B, C);",
    "pub(super) struct A;",
    "pub enum A { B = 1 }",
    "pub enum A { B { c: D } }",
    "use a::{self};",
    "use a::{b as c, d};",
    "use a::{b, c::{d, e}};",
    "use a::*;",
    "use a as b;",
    "#[doc = \"/ a\"] struct A;",
    "#[a::b] struct A;",
    "#[a(b[c])] struct A;",
];

fn name(first: char, length: usize) -> String {
    std::iter::once(first)
        .chain(std::iter::repeat_n('x', length))
        .collect()
}

#[test]
fn lines_break_where_prettyplease_breaks_them() {
    for item in ITEMS {
        for length in 0..110 {
            let (a, b) = (name('A', length), name('B', length * 37 % 83));
            let text: String = item
                .split_inclusive(|c: char| !c.is_alphanumeric())
                .map(
                    |word| match word.trim_end_matches(|c: char| !c.is_alphanumeric()) {
                        "A" => word.replacen('A', &a, 1),
                        "B" => word.replacen('B', &b, 1),
                        _ => word.to_owned(),
                    },
                )
                .collect();
            let tokens: TokenStream = text
                .parse()
                .unwrap_or_else(|error| panic!("{text}: {error}"));
            let code = Code::from(tokens);
            let expected =
                spaced(code.tokens(), "").unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(
                item::file(code.tokens(), "").as_deref(),
                Some(expected.as_str()),
                "{text}"
            );
        }
    }
}

#[test]
fn where_a_constant_ends_is_left_to_prettyplease() {
    let code = Code::of(&|out: &mut Code| code!(out; const A: u8 = 1;));
    assert_eq!(item::file(code.tokens(), ""), None);
}
