//! The parameters of endpoint rules from requests and settings, and the resulting endpoints.

use crate::rules::{TABLE, rules};
use swage_client::endpoint::{EndpointValue, Settings, params_for, resolve, rules_of};
use swage_client::error::ConfigError;
use swage_client::operation::{Operation, OperationTrait, Service};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Member, Schema, Trait};
use swage_client::{Any, Record};

static ITEM: Schema = Schema::structure(
    "a#Item",
    &[
        Member::new("Key", &schema::STRING),
        Member::new("Other", &schema::STRING),
    ],
);
static ITEMS: Schema = Schema::list("a#Items", &[Member::new("member", &ITEM)]);
static TABLES: Schema = Schema::map(
    "a#Tables",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &ITEM),
    ],
);
static INPUT: Schema = Schema::structure(
    "a#Input",
    &[
        Member::new("Name", &schema::STRING).with(&[Trait::ContextParam("Bucket")]),
        Member::new("Items", &ITEMS),
        Member::new("Tables", &TABLES),
    ],
);

static SERVICE: Service = service(TABLE, "");

const fn service(rules: &'static str, prefix: &'static str) -> Service {
    Service {
        id: "a#Store",
        sdk_id: "Store",
        version: "1",
        protocol: rest_json::REST_JSON_1,
        auth: &[],
        endpoint_rules: rules,
        endpoint_prefix: prefix,
        xml_namespace: None,
        traits: &[],
    }
}

fn operation(service: &'static Service, traits: &'static [OperationTrait]) -> Operation {
    Operation {
        name: "Get",
        service,
        input: &INPUT,
        output: &schema::UNIT,
        errors: &[],
        method: "GET",
        uri: "/",
        code: 200,
        host_prefix: "",
        auth: None,
        optional_auth: false,
        traits,
    }
}

fn text(text: &str) -> Any {
    Any::String(text.to_owned())
}

/// A structure of strings; `None` for a member that isn't set.
fn item(members: [Option<&str>; 2]) -> Any {
    let mut item = Record::new(&ITEM);
    for (index, value) in members.into_iter().enumerate() {
        value.map(|value| item.set(index, text(value)));
    }
    Any::Structure(item)
}

fn input() -> Record {
    let tables = [("t1", ["x", "y"]), ("t2", ["z", "w"])];
    let tables = tables.map(|(key, members)| (key.to_owned(), item(members.map(Some))));
    let mut input = Record::new(&INPUT);
    input.set(0, text("bucket"));
    input.set(
        1,
        Any::List(vec![
            item([Some("k1"), Some("o1")]),
            item([None, Some("o2")]),
        ]),
    );
    input.set(2, Any::Map(tables.into()));
    input
}

fn in_region(region: &str) -> Settings {
    Settings {
        region: Some(region.to_owned()),
        ..Settings::default()
    }
}

#[test]
fn parameters_come_from_the_most_specific_source() {
    let mut settings = in_region("us-east-1");
    settings
        .params
        .set("Bucket", "from settings")
        .set("AWS::S3::ForcePathStyle", true);
    let params = params_for(
        &rules(TABLE),
        &operation(&SERVICE, &[]),
        &input(),
        &settings,
    );
    assert_eq!(params.get("Bucket"), Some(&"bucket".into()));
    assert_eq!(params.get("PathStyle"), Some(&true.into()));
    assert_eq!(params.get("Region"), Some(&"us-east-1".into()));
    assert_eq!(params.get("UseFIPS"), Some(&false.into()));
    assert_eq!((params.get("Endpoint"), params.get("Names")), (None, None));

    let fixed = &[
        OperationTrait::StaticContextParam("Bucket", r#""{fixed}""#),
        OperationTrait::StaticContextParam("PathStyle", "false"),
        OperationTrait::StaticContextParam("Names", r#"["a","b"]"#),
    ];
    let params = params_for(
        &rules(TABLE),
        &operation(&SERVICE, fixed),
        &input(),
        &settings,
    );
    assert_eq!(params.get("Bucket"), Some(&"{fixed}".into()));
    assert_eq!(params.get("PathStyle"), Some(&false.into()));
    assert_eq!(
        params.get("Names"),
        Some(&vec!["a".to_owned(), "b".to_owned()].into())
    );
}

/// The value of the parameter `Names` for a path.
macro_rules! names {
    ($path:literal) => {{
        let operation = operation(
            &SERVICE,
            &[OperationTrait::OperationContextParam("Names", $path)],
        );
        let params = params_for(&rules(TABLE), &operation, &input(), &in_region("us-east-1"));
        let names = params
            .get("Names")
            .and_then(EndpointValue::as_list)
            .unwrap_or_default();
        names
            .iter()
            .filter_map(EndpointValue::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }};
}

#[test]
fn operation_context_params_follow_their_path() {
    assert_eq!(names!("Items[*].Key"), "k1");
    assert_eq!(names!("Items[*].[Key, Other][]"), "k1 o1 o2");
    assert_eq!(names!("[Name, Items[*].Other][]"), "bucket o1 o2");
    assert_eq!(names!("keys(Tables)"), "t1 t2");
    assert_eq!(names!("Tables.*.Other"), "y w");
    assert_eq!(names!("Tables.t2.Key"), "z");
    assert_eq!(names!("Name"), "bucket");
    assert_eq!(names!("Items"), "");
    assert_eq!(names!("Items[*].Absent"), "");
    assert_eq!(names!("Items[?Key == 'k1']"), "");
}

#[test]
fn a_request_gets_its_endpoint() {
    let rules = rules_of(&SERVICE).unwrap();
    let url = |settings: &Settings| {
        resolve(
            rules.as_ref(),
            &operation(&SERVICE, &[]),
            &input(),
            settings,
        )
        .map(|endpoint| endpoint.url)
    };
    let at = |url: &str| Settings {
        endpoint_url: Some(url.to_owned()),
        ..in_region("us-east-1")
    };
    assert_eq!(
        url(&in_region("us-east-1")).unwrap(),
        "https://bucket.store.us-east-1.amazonaws.com"
    );
    assert!(matches!(
        url(&Settings::default()),
        Err(ConfigError::NoRegion)
    ));
    assert!(matches!(
        url(&in_region("us-east-1/evil.example#")),
        Err(ConfigError::Setting(_))
    ));
    assert_eq!(
        url(&at("http://localhost:80/base")).unwrap(),
        "http://localhost:80/base"
    );
}

#[test]
fn what_the_rules_make_of_an_input_must_be_a_url() {
    static LOOSE: Service = service(
        "swage-endpoint-rules 1\nparam Bucket string\nr0 endpoint \"https://{Bucket}.store.example\"\n",
        "",
    );
    let rules = rules_of(&LOOSE).unwrap();
    for (bucket, leads) in [
        ("b", true),
        ("evil.example?", false),
        ("evil.example#", false),
        ("a@b", false),
        ("a b", false),
    ] {
        let mut input = Record::new(&INPUT);
        input.set(0, text(bucket));
        let endpoint = resolve(
            rules.as_ref(),
            &operation(&LOOSE, &[]),
            &input,
            &in_region("us-east-1"),
        );
        assert_eq!(endpoint.is_ok(), leads, "{bucket}");
    }
}

#[test]
fn services_without_rules_need_a_url_unless_they_are_of_aws() {
    static PLAIN: Service = service("", "");
    static AWS: Service = service("", "store");
    assert!(rules_of(&PLAIN).unwrap().is_none());
    let url = |service, settings: &Settings| {
        resolve(None, &operation(service, &[]), &input(), settings).map(|endpoint| endpoint.url)
    };
    let here = Settings {
        endpoint_url: Some("http://here".to_owned()),
        ..Settings::default()
    };
    assert!(matches!(
        url(&PLAIN, &in_region("us-east-1")),
        Err(ConfigError::Endpoint(_))
    ));
    assert_eq!(url(&PLAIN, &here).unwrap(), "http://here");
    assert_eq!(
        url(&AWS, &in_region("us-east-1")).unwrap(),
        "https://store.us-east-1.amazonaws.com"
    );
    assert!(matches!(
        url(&AWS, &Settings::default()),
        Err(ConfigError::NoRegion)
    ));
}
