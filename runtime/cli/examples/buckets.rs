//! A command for a service whose endpoint rules have all parameters that settings can set; the host of the endpoint shows
//! their values.

use swage_cli::{Cli, Command};
use swage_client::operation::{
    Auth, Operation, OperationRef, OperationTrait, Service, ServiceTrait,
};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Member, Schema, Trait};

static SERVICE: Service = Service {
    id: "example#Buckets",
    sdk_id: "Buckets",
    version: "2026-11-01",
    protocol: rest_json::REST_JSON_1,
    auth: &[Auth::SigV4 { name: "buckets" }],
    endpoint_rules: r#"swage-endpoint-rules 1
# As generated tables begin.
param Accelerate boolean required default=false builtin=AWS::S3::Accelerate
param Bucket string
param DisableMulti boolean required default=false builtin=AWS::S3::DisableMultiRegionAccessPoints
param DisableS3ExpressSessionAuth boolean
param ForcePathStyle boolean required default=false builtin=AWS::S3::ForcePathStyle
param StsGlobal boolean required default=false builtin=AWS::STS::UseGlobalEndpoint
param UseArnRegion boolean builtin=AWS::S3::UseArnRegion
param UseDualStack boolean required default=false builtin=AWS::UseDualStack
param UseGlobal boolean required default=false builtin=AWS::S3::UseGlobalEndpoint
c0 booleanEquals(UseGlobal, true)
c1 booleanEquals(StsGlobal, true)
c2 booleanEquals(DisableMulti, true)
c3 booleanEquals(UseArnRegion, false)
c4 booleanEquals(DisableS3ExpressSessionAuth, true)
c5 booleanEquals(UseDualStack, true)
c6 booleanEquals(ForcePathStyle, true)
c7 booleanEquals(Accelerate, true)
r0 endpoint "http://global.test"
r1 endpoint "http://sts-global.test"
r2 endpoint "http://single-region.test"
r3 endpoint "http://own-region.test"
r4 endpoint "http://plain-session.test"
r5 endpoint "http://dual-stack.test"
r6 endpoint "http://path.test"
r7 endpoint "http://accelerate.test"
r8 endpoint "http://virtual.test"
n0 c0 r0 n1
n1 c1 r1 n2
n2 c2 r2 n3
n3 c3 r3 n4
n4 c4 r4 n5
n5 c5 r5 n6
n6 c6 r6 n7
n7 c7 r7 r8
"#,
    endpoint_prefix: "buckets",
    xml_namespace: None,
    traits: &[ServiceTrait::EndpointDiscovery {
        operation: OperationRef(&FIND_ENDPOINTS),
        error: "InvalidEndpointException",
    }],
};

static INPUT: Schema = Schema::structure(
    "example#FindBucketInput",
    &[Member::new("Bucket", &schema::STRING).with(&[Trait::ContextParam("Bucket")])],
);
static FIND_BUCKET: Operation = Operation {
    name: "FindBucket",
    service: &SERVICE,
    input: &INPUT,
    output: &schema::UNIT,
    errors: &[],
    method: "GET",
    uri: "/",
    code: 200,
    host_prefix: "",
    auth: None,
    optional_auth: false,
    traits: &[OperationTrait::DiscoveredEndpoint { required: false }],
};
static FIND_ENDPOINTS: Operation = Operation {
    name: "FindEndpoints",
    input: &schema::UNIT,
    uri: "/endpoints",
    traits: &[],
    ..FIND_BUCKET
};

static CLI: Cli = Cli {
    name: "buckets",
    version: "1.2.3",
    service: &SERVICE,
    manual: "# example#Buckets\np A service that has buckets.\n",
    commands: &[Command::new(
        "find-bucket",
        &FIND_BUCKET,
        "Tells where requests go.",
    )],
};

fn main() -> std::process::ExitCode {
    swage_cli::main(&CLI)
}
