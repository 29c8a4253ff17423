//! An endpoint table, written by hand.

use swage_client::endpoint::Rules;

pub(crate) const TABLE: &str = r#"swage-endpoint-rules 1
param Bucket string
param Endpoint string builtin=SDK::Endpoint
param Names stringArray
param PathStyle boolean required default=false builtin=AWS::S3::ForcePathStyle
param Region string builtin=AWS::Region
param UseFIPS boolean required default=false builtin=AWS::UseFIPS
c0 isSet(Endpoint)
c1 Partition = aws.partition(Region)
c2 booleanEquals(UseFIPS, true)
c3 First = getAttr(Names, "[0]")
c4 isValidHostLabel(Bucket, false)
c5 booleanEquals(PathStyle, true)
p0 {"authSchemes": [{"disableDoubleEncoding": true, "name": "sigv4a", "signingName": "store", "signingRegionSet": ["*"]}, {"name": "sigv4", "signingRegion": "{Region}"}], "backend": "b"}
r0 endpoint Endpoint
r1 error "no FIPS in {Partition#name}"
r2 endpoint "https://{First}.{Region}.{Partition#dnsSuffix}"
r3 endpoint "https://{Bucket}.store.{Region}.{Partition#dnsSuffix}" p0 {"x-region": ["{Region}", "{{}}"]}
r4 endpoint "https://store.{Region}.{Partition#dualStackDnsSuffix}/{Bucket}"
n0 c0 r0 n1
n1 c1 n2 -
n2 c2 r1 n3
n3 c3 r2 n4
n4 c5 n6 n5
n5 c4 r3 n6
n6 c4 r4 -
"#;

pub(crate) fn rules(table: &str) -> Rules {
    Rules::parse(table).unwrap()
}
