//! Pagination of a generated client with a real server, and the flag for more pages in both formats of
//! models.

use golden_pages::Client;
use swage_codegen::{Options, Source, generate, render_diagnostics};
use swage_tests::server::{Answer, Server};

/// The file of the operation `List`.
fn list(sources: &[(&str, String)]) -> String {
    file(sources, "src/operation/list.rs")
}

/// A file of the crate.
fn file(sources: &[(&str, String)], path: &str) -> String {
    let source = |(name, text): &(&str, String)| Source {
        name: (*name).to_owned(),
        text: text.clone(),
    };
    let sources: Vec<_> = sources.iter().map(source).collect();
    let generated = generate(&sources, &Options::default());
    let generated = generated
        .unwrap_or_else(|problems| panic!("{}", render_diagnostics(&problems, &sources, false)));
    let mut files = generated.files.into_iter();
    files.find(|file| file.path == path).expect(path).text
}

/// The flag in the table of `@paginated`.
fn flag(text: &str) -> &str {
    let (_, table) = text.split_once("Paginated(Pagination {").expect("a table");
    let (_, rest) = table.split_once("more_results: \"").expect("the flag");
    rest.split_once('"').expect("its end").0
}

/// A service whose token is in `Page`, with these members beside it.
fn smithy(members: &str, operation: &str) -> [(&'static str, String); 1] {
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "a.b#In": {{"type": "structure", "members": {{"token": {{"target": "smithy.api#String"}}}}}},
            "a.b#Page": {{"type": "structure", "members": {{"next": {{"target": "smithy.api#String"}}, {members}}}}},
            "a.b#Out": {{"type": "structure", "members": {{
                "page": {{"target": "a.b#Page"}}, "next": {{"target": "smithy.api#String"}}, {members}
            }}}},
            "a.b#List": {{
                "type": "operation", "input": {{"target": "a.b#In"}}, "output": {{"target": "a.b#Out"}},
                "traits": {{{operation}}}
            }},
            "a.b#Store": {{
                "type": "service", "version": "1", "operations": [{{"target": "a.b#List"}}],
                "traits": {{"aws.protocols#awsJson1_0": {{}}}}
            }}
        }}}}"#
    );
    [("model.json", text)]
}

#[test]
fn a_smithy_model_says_it_by_a_name() {
    let of = |name: &str, target: &str, token: &str| {
        let member = format!(r#""{name}": {{"target": "smithy.api#{target}"}}"#);
        let pages = format!(
            r#""smithy.api#paginated": {{"inputToken": "token", "outputToken": "{token}"}}"#
        );
        flag(&list(&smithy(&member, &pages))).to_owned()
    };
    assert_eq!(of("IsTruncated", "Boolean", "next"), "IsTruncated");
    assert_eq!(
        of("isTruncated", "Boolean", "page.next"),
        "page.isTruncated"
    );
    assert_eq!(of("Truncated", "PrimitiveBoolean", "next"), "Truncated");
    assert_eq!(of("IsTruncated", "String", "next"), "");
    assert_eq!(of("IsTruncatedByUs", "Boolean", "next"), "");
}

#[test]
fn an_overlay_can_say_it() {
    let traits = |more: &str| {
        format!(
            r#""smithy.api#paginated": {{"inputToken": "token", "outputToken": "next"}},
            "swage.api#pages": {{"inputTokens": ["token"], "outputTokens": ["next"], "results": ["page"]{more}}}"#
        )
    };
    let members = r#""IsTruncated": {"target": "smithy.api#Boolean"}, "more": {"target": "smithy.api#Boolean"}"#;
    let named = list(&smithy(members, &traits(r#", "moreResults": "page.more""#)));
    assert_eq!(flag(&named), "page.more");
    // Missing properties are not in the table.
    assert_eq!(flag(&list(&smithy(members, &traits("")))), "");
    let computed = smithy(members, &traits(r#", "moreResults": "!more""#));
    assert_eq!(flag(&list(&computed)), "", "only the command computes");
    let command = file(&computed, "src/cli.rs");
    assert!(command.contains(r#"more_results: "!more""#), "{command}");
}

#[test]
fn the_aws_json_format_names_it() {
    let pages = |token: &str, more: &str| {
        let pages = format!(
            r#"{{"pagination": {{"List": {{
                "input_token": "Marker", "output_token": "{token}", "more_results": "{more}", "result_key": "Names"
            }}}}}}"#
        );
        let service = r#"{
            "version": "2.0",
            "metadata": {
                "apiVersion": "2020-02-02", "endpointPrefix": "store", "protocol": "query", "serviceId": "Store",
                "signatureVersion": "v4", "uid": "store-2020-02-02"
            },
            "operations": {"List": {
                "name": "List", "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "In"}, "output": {"shape": "Out"}
            }},
            "shapes": {
                "Text": {"type": "string"}, "Flag": {"type": "boolean"},
                "Names": {"type": "list", "member": {"shape": "Text"}},
                "In": {"type": "structure", "members": {"Marker": {"shape": "Text"}}},
                "Page": {"type": "structure", "members": {"Next": {"shape": "Text"}, "Again": {"shape": "Flag"}}},
                "Out": {"type": "structure", "members": {
                    "Next": {"shape": "Text"}, "More": {"shape": "Flag"}, "Page": {"shape": "Page"},
                    "Names": {"shape": "Names"}
                }}
            }
        }"#;
        let sources = [
            ("service-2.json", service.to_owned()),
            ("paginators-1.json", pages),
        ];
        flag(&list(&sources)).to_owned()
    };
    assert_eq!(pages("Next", "More"), "More");
    assert_eq!(pages("Page.Next", "Page.Again"), "Page.Again");
}

/// A response with these items, token and flag.
fn page(ids: &[&str], next: &str, flag: &str) -> Answer {
    let items: Vec<_> = ids
        .iter()
        .map(|id| format!(r#"{{"id": "{id}"}}"#))
        .collect();
    let items = items.join(", ");
    Answer::json(&format!(
        r#"{{"result": {{"items": [{items}], "next": "{next}", "isTruncated": {flag}}}}}"#
    ))
}

/// The ids of all items, starting with this token, and the request lines.
async fn walk(answers: Vec<Answer>, first: Option<&str>) -> (Vec<String>, Vec<String>) {
    let server = Server::start(answers);
    let builder = Client::builder().region("us-east-1");
    let client = builder.endpoint_url(&server.url).build().expect("settings");
    let call = client.list().set_token(first.map(str::to_owned));
    // The same call as with the official crates.
    let items = call.into_paginator().page_size(2).items().send();
    let items = items.collect::<Result<Vec<_>, _>>().await.expect("items");
    let ids = items.into_iter().filter_map(|item| item.id).collect();
    let lines = server.requests().into_iter().map(|request| request.line);
    (ids, lines.collect())
}

#[tokio::test]
async fn pages_end_where_the_flag_says_so() {
    for flag in ["false", "null"] {
        let pages = vec![page(&["1", "2"], "a", "true"), page(&["3"], "b", flag)];
        let (ids, lines) = walk(pages, None).await;
        assert_eq!(ids, ["1", "2", "3"], "{flag}");
        let expected = ["/list?size=2", "/list?token=a&size=2"];
        assert_eq!(lines, expected.map(|uri| format!("GET {uri} HTTP/1.1")));
    }
}

#[tokio::test]
async fn pages_end_where_a_token_comes_again() {
    let (ids, lines) = walk(vec![page(&["1"], "a", "true")], None).await;
    assert_eq!((ids.len(), lines.len()), (2, 2));
    let (ids, lines) = walk(vec![page(&["1"], "a", "true")], Some("a")).await;
    assert_eq!((ids.len(), lines.len()), (1, 1), "the caller's own counts");
}

#[tokio::test]
async fn items_of_a_map_are_pairs() {
    let page = |next: &str, name: &str| {
        Answer::json(&format!(r#"{{"next": {next}, "counts": {{"{name}": 1}}}}"#))
    };
    let server = Server::start(vec![page(r#""a""#, "first"), page("null", "second")]);
    let builder = Client::builder().region("us-east-1");
    let client = builder.endpoint_url(&server.url).build().expect("settings");
    let items = client.count().into_paginator().items().send();
    let items = items.collect::<Result<Vec<_>, _>>().await.expect("items");
    assert_eq!(items, [("first".to_owned(), 1), ("second".to_owned(), 1)]);
}
