//! Pages as a stream, and where they end.

use crate::server::{LISTS, Server, client, reply};
use swage_client::operation::{OperationTrait, Pagination};
use swage_client::schema::{self, Member, Schema};
use swage_client::{Any, Failure, Operation, Paginator, Record, Shape};

/// A page of [`LISTS`], with a type as in generated code.
#[derive(Debug)]
struct Page(Record);

impl Shape for Page {
    fn schema(&self) -> &'static swage_client::Schema {
        self.0.schema()
    }

    fn member(&self, index: usize) -> Option<&dyn swage_client::Value> {
        self.0.member(index)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn swage_client::Value> {
        self.0.member_mut(index)
    }

    fn blank() -> Self {
        Self(Record::new(LISTS.output))
    }
}

impl swage_client::PageItems for Page {
    type Item = String;

    fn into_items(mut self) -> Vec<String> {
        let Some(Any::List(names)) = self.0.take(1) else {
            return Vec::new();
        };
        names
            .into_iter()
            .filter_map(|name| {
                if let Any::String(name) = name {
                    Some(name)
                } else {
                    None
                }
            })
            .collect()
    }
}

fn pages(answers: &[&str]) -> (Server, Paginator<Record, Page, Failure>) {
    let server = Server::new(answers.iter().map(|body| reply(200, &[], body)).collect());
    let paginator = Paginator::new(&client(&server), &LISTS, Record::new(LISTS.input), |_| None);
    (server, paginator)
}

#[tokio::test]
async fn all_pages() {
    let answers = [
        r#"{"NextToken": "two", "Names": ["a", "b"]}"#,
        r#"{"NextToken": "three"}"#,
        r#"{"NextToken": "", "Names": ["c"]}"#,
    ];
    let (server, paginator) = pages(&answers);
    assert_eq!(
        paginator
            .page_size(2)
            .items()
            .try_collect()
            .await
            .expect("pages"),
        ["a", "b", "c"]
    );
    let bodies: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.body.replace(' ', ""))
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"MaxResults":2}"#,
            r#"{"NextToken":"two","MaxResults":2}"#,
            r#"{"NextToken":"three","MaxResults":2}"#,
        ]
    );
    let (_server, paginator) = pages(&answers);
    assert_eq!(
        paginator.send().try_collect().await.expect("pages").len(),
        3
    );
}

/// The number of pages if the caller sets this first token, and the last page.
async fn walk(
    answers: &[&str],
    first: Option<&str>,
    change: impl FnOnce(Paginator<Record, Page, Failure>) -> Paginator<Record, Page, Failure>,
) -> (usize, Vec<String>) {
    let server = Server::new(answers.iter().map(|body| reply(200, &[], body)).collect());
    let mut input = Record::new(LISTS.input);
    if let Some(first) = first {
        input.set(0, Any::String(first.to_owned()));
    }
    let paginator = change(Paginator::new(&client(&server), &LISTS, input, |_| None));
    let items = paginator.items().send().try_collect().await.expect("items");
    (server.requests().len(), items)
}

const A: &str = r#"{"NextToken": "a", "Names": ["x"]}"#;
const B: &str = r#"{"NextToken": "b", "Names": ["y"]}"#;

#[tokio::test]
async fn a_token_that_comes_again_is_the_end() {
    let same = |paginator| paginator;
    // The page with a repeated token is the last one.
    let (requests, items) = walk(&[A], None, same).await;
    assert_eq!((requests, items), (2, vec!["x".to_owned(), "x".to_owned()]));
    // The caller's own first token counts.
    assert_eq!(walk(&[A], Some("a"), same).await.0, 1);
    assert_eq!(walk(&[B, A], Some("a"), same).await.0, 3);
    // Only the last sent token is compared, as in the official crates.
    let (requests, _) = walk(&[A, B, A, B, B], None, same).await;
    assert_eq!(requests, 5);
}

#[tokio::test]
async fn a_token_that_comes_again_can_be_followed() {
    let follow = |paginator: Paginator<_, _, _>| paginator.stop_on_duplicate_token(false);
    let end = r#"{"Names": ["z"]}"#;
    assert_eq!(walk(&[A, A, A, end], Some("a"), follow).await.0, 4);
    let empty = r#"{"NextToken": "", "Names": ["z"]}"#;
    assert_eq!(walk(&[A, A, empty], None, follow).await.0, 3);
    let stop = |paginator: Paginator<_, _, _>| paginator.stop_on_duplicate_token(true);
    assert_eq!(walk(&[A, A, A, end], None, stop).await.0, 2);
}

static MARKS: Schema = Schema::map(
    "test#Marks",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
static KEY: Schema = Schema::structure("test#Key", &[Member::new("Id", &schema::STRING)]);
static INPUT: Schema = Schema::structure(
    "test#WalkInput",
    &[
        Member::new("Text", &schema::STRING),
        Member::new("Number", &schema::INTEGER),
        Member::new("Float", &schema::DOUBLE),
        Member::new("Blob", &schema::BLOB),
        Member::new("Map", &MARKS),
        Member::new("Key", &KEY),
        Member::new("Time", &schema::TIMESTAMP),
    ],
);
static RESULT: Schema = Schema::structure(
    "test#Result",
    &[
        Member::new("More", &schema::BOOLEAN),
        Member::new("Text", &schema::STRING),
        Member::new("Number", &schema::LONG),
        Member::new("Float", &schema::DOUBLE),
        Member::new("Blob", &schema::BLOB),
        Member::new("Map", &MARKS),
        Member::new("Key", &KEY),
        Member::new("Time", &schema::TIMESTAMP),
    ],
);
static OUTPUT: Schema = Schema::structure("test#WalkOutput", &[Member::new("Result", &RESULT)]);

/// The output of an operation whose token is in a nested structure.
#[derive(Debug)]
struct Nested(Record);

impl Shape for Nested {
    fn schema(&self) -> &'static Schema {
        self.0.schema()
    }

    fn member(&self, index: usize) -> Option<&dyn swage_client::Value> {
        self.0.member(index)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn swage_client::Value> {
        self.0.member_mut(index)
    }

    fn blank() -> Self {
        Self(Record::new(&OUTPUT))
    }
}

macro_rules! walks {
    ($name:literal, $output:literal, $more:literal) => {{
        static WALK: Operation = Operation {
            name: "Walk",
            input: &INPUT,
            output: &OUTPUT,
            traits: &[OperationTrait::Paginated(Pagination {
                input_token: $name,
                output_token: $output,
                more_results: $more,
                items: "",
                page_size: "",
            })],
            ..LISTS
        };
        &WALK
    }};
}

/// The result of each page, and the number of requests.
async fn nested(
    operation: &'static Operation,
    answers: &[String],
) -> (Vec<Result<Nested, Failure>>, usize) {
    let server = Server::new(answers.iter().map(|body| reply(200, &[], body)).collect());
    let input = Record::new(&INPUT);
    let paginator =
        Paginator::<_, Nested, Failure>::new(&client(&server), operation, input, |_| None);
    (paginator.send().collect().await, server.requests().len())
}

#[tokio::test]
async fn tokens_of_every_kind() {
    let cases = [
        (walks!("Text", "Result.Text", ""), "Text", r#""t""#, r#""""#),
        (walks!("Number", "Result.Number", ""), "Number", "7", "0"),
        (walks!("Float", "Result.Float", ""), "Float", "0.5", "0.0"),
        (
            walks!("Blob", "Result.Blob", ""),
            "Blob",
            r#""AQ==""#,
            r#""""#,
        ),
        (
            walks!("Map", "Result.Map", ""),
            "Map",
            r#"{"a": "b"}"#,
            "{}",
        ),
        (
            walks!("Key", "Result.Key", ""),
            "Key",
            r#"{"Id": "a"}"#,
            "{}",
        ),
        (walks!("Time", "Result.Time", ""), "Time", "12.5", "null"),
    ];
    for (operation, name, token, none) in cases {
        let page = |token| format!(r#"{{"Result": {{"{name}": {token}}}}}"#);
        let (pages, requests) = nested(operation, &[page(token), page(none)]).await;
        assert!(pages.iter().all(Result::is_ok), "{name}");
        assert_eq!(requests, 2, "{name}: a blank token is none");
        let (_, requests) = nested(operation, &[page(token)]).await;
        assert_eq!(requests, 2, "{name}: the same again is the end");
        let (_, requests) =
            nested(operation, &[page(token), r#"{"Result": null}"#.to_owned()]).await;
        assert_eq!(requests, 2, "{name}: nothing is none");
    }
}

#[tokio::test]
async fn the_flag_says_whether_there_is_more() {
    let operation = walks!("Text", "Result.Text", "Result.More");
    let page = |more: &str| {
        format!(
            r#"{{"Result": {{"Text": "{}", "More": {more}}}}}"#,
            more.len()
        )
    };
    for last in ["false", "null"] {
        let (pages, requests) = nested(operation, &[page("true"), page(last)]).await;
        assert_eq!((pages.len(), requests), (2, 2), "{last}");
    }
    let silent = r#"{"Result": {"Text": "t"}}"#.to_owned();
    assert_eq!(nested(operation, &[page("true"), silent]).await.1, 2);
    // A flag without a token doesn't fetch another page.
    let lost = r#"{"Result": {"More": true}}"#.to_owned();
    assert_eq!(nested(operation, &[lost]).await.1, 1);
}

static TYPED: Schema = Schema::structure(
    "test#TypedInput",
    &[Member::new("Number", &schema::INTEGER)],
);

/// An input with only numbers, as in generated code.
#[derive(Clone, Debug, PartialEq, Default, swage_client::__private::Shape)]
#[shape(TYPED)]
struct Typed {
    number: Option<i32>,
}

#[tokio::test]
async fn a_token_that_does_not_fit_is_an_error() {
    let operation = walks!("Number", "Result.Number", "");
    for token in ["5000000000", "-5000000000"] {
        let page = format!(r#"{{"Result": {{"Number": {token}}}}}"#);
        let server = Server::new(vec![reply(200, &[], &page)]);
        let input = Typed::default();
        let paginator =
            Paginator::<_, Nested, Failure>::new(&client(&server), operation, input, |_| None);
        let mut pages = paginator.send();
        assert!(matches!(pages.next().await, Some(Ok(_))));
        let error = pages.next().await.map(Result::err);
        let told = format!("{:?}", error.flatten().expect("an error"));
        assert!(told.contains("Number: the number is too"), "{told}");
        assert!(pages.next().await.is_none());
        assert_eq!(server.requests().len(), 1);
    }
}
