$version: "2"

namespace inventory.s3

use aws.api#service
use aws.auth#sigv4
use aws.protocols#restXml

/// The part of Amazon Simple Storage Service that the example needs.
@title("Amazon Simple Storage Service")
@service(sdkId: "S3", endpointPrefix: "s3")
@sigv4(name: "s3")
@restXml(noErrorWrapping: true)
service AmazonS3 {
    version: "2026-01-01"
    operations: [ListBuckets]
}

@readonly
@http(method: "GET", uri: "/?x-id=ListBuckets")
operation ListBuckets {
    input := {}
    output := {
        Buckets: Buckets
    }
}

list Buckets {
    @xmlName("Bucket")
    member: Bucket
}

structure Bucket {
    Name: String
}
