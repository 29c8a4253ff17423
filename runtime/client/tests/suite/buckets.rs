//! Buckets by the rules for their addresses: in the host, in the path, behind an access point.

use crate::server::{PUT, Request, SERVICE, Server, call, credentials, ok};
#[cfg(feature = "sigv4a")]
use swage_client::operation::Auth;
use swage_client::schema::{self, Member, Schema, Trait};
use swage_client::{Any, Client, Operation, Record, Service};

/// The rules of a store with the addresses of Amazon S3.
const RULES: &str = r#"swage-endpoint-rules 1
param Bucket string
param PathStyle boolean required default=false builtin=AWS::S3::ForcePathStyle
param Region string required builtin=AWS::Region
c0 isSet(Bucket)
c1 Arn = aws.parseArn(Bucket)
c2 Name = getAttr(Arn, "resourceId[1]")
c3 stringEquals(getAttr(Arn, "region"), "")
c4 booleanEquals(PathStyle, true)
c5 aws.isVirtualHostableS3Bucket(Bucket, false)
c6 Encoded = uriEncode(Bucket)
p0 {"authSchemes": [{"name": "sigv4", "disableDoubleEncoding": true, "signingName": "store", "signingRegion": "{Region}"}]}
p1 {"authSchemes": [{"name": "sigv4a", "disableDoubleEncoding": true, "signingName": "store", "signingRegionSet": ["*"]}]}
p2 {"authSchemes": [{"name": "sigv4", "signingName": "store", "signingRegion": "{Arn#region}"}]}
r0 endpoint "http://{Bucket}.store.{Region}.test" p0
r1 endpoint "http://store.{Region}.test/{Encoded}" p0
r2 endpoint "http://{Name}-{Arn#accountId}.accesspoint.{Arn#region}.test" p2
r3 endpoint "http://{Name}.accesspoint.global.test" p1
r4 endpoint "http://store.{Region}.test" p0
n0 c0 n1 r4
n1 c1 n2 n4
n2 c2 n3 -
n3 c3 r3 r2
n4 c4 n6 n5
n5 c5 r0 n6
n6 c6 r1 -
"#;
static STORE: Service = Service {
    endpoint_rules: RULES,
    #[cfg(feature = "sigv4a")]
    auth: &[
        Auth::SigV4 { name: "store" },
        Auth::SigV4a { name: "store" },
    ],
    ..SERVICE
};
static INPUT: Schema = Schema::structure(
    "test#GetInput",
    &[
        Member::new("Bucket", &schema::STRING).with(&[Trait::ContextParam("Bucket")]),
        Member::new("Key", &schema::STRING).label().required(),
    ],
);
static GET: Operation = Operation {
    service: &STORE,
    input: &INPUT,
    method: "GET",
    uri: "/{Key+}",
    ..PUT
};

/// The request for an object, as a proxy sees it.
async fn sent(bucket: &str, path_style: bool) -> Request {
    let server = Server::new(vec![ok()]);
    let client = Client::builder::<Client>(&STORE)
        .region("eu-west-1")
        .proxy_url(server.url())
        .endpoint_param("AWS::S3::ForcePathStyle", path_style)
        .credentials_provider(credentials());
    let mut input = Record::new(&INPUT);
    input.set(0, Any::String(bucket.to_owned()));
    input.set(1, Any::String("a b/\u{fc}".to_owned()));
    call(&client.build().expect("good settings"), &GET, input)
        .await
        .expect("an answer");
    server.request()
}

async fn assert_sent(bucket: &str, path_style: bool, url: &str, scope: &str) {
    let request = sent(bucket, path_style).await;
    assert_eq!(request.line, format!("GET {url}/a%20b/%C3%BC HTTP/1.1"));
    let authorization = request.header("authorization").expect("a signature");
    assert!(authorization.contains(scope), "{authorization}");
}

#[tokio::test]
async fn buckets_are_in_the_host_if_their_names_allow_it() {
    let scope = "/eu-west-1/store/aws4_request";
    assert_sent(
        "my-bucket",
        false,
        "http://my-bucket.store.eu-west-1.test",
        scope,
    )
    .await;
    let path = "http://store.eu-west-1.test";
    assert_sent("my-bucket", true, &format!("{path}/my-bucket"), scope).await;
    assert_sent("My_Bucket", false, &format!("{path}/My_Bucket"), scope).await;
    assert_sent("a.b", false, &format!("{path}/a.b"), scope).await;
}

#[tokio::test]
async fn access_points_are_in_the_region_of_their_arn() {
    assert_sent(
        "arn:aws:s3:us-west-2:123456789012:accesspoint/reports",
        false,
        "http://reports-123456789012.accesspoint.us-west-2.test",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/",
    )
    .await;
    let request = sent(
        "arn:aws:s3:us-west-2:123456789012:accesspoint/reports",
        true,
    )
    .await;
    let authorization = request.header("authorization").expect("a signature");
    assert!(authorization.contains("/us-west-2/store/aws4_request"));
}

#[cfg(feature = "sigv4a")]
#[tokio::test]
async fn access_points_of_several_regions_are_signed_for_all() {
    let arn = "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap";
    let request = sent(arn, false).await;
    assert_eq!(
        request.line,
        "GET http://mfzwi23gnjvgw.mrap.accesspoint.global.test/a%20b/%C3%BC HTTP/1.1"
    );
    let authorization = request.header("authorization").expect("a signature");
    assert!(
        authorization.starts_with("AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/"),
        "{authorization}"
    );
    assert!(authorization.contains("/store/aws4_request"));
    assert_eq!(request.header("x-amz-region-set"), Some("*"));
}
