$version: "2"

namespace inventory.ec2

use aws.api#service
use aws.auth#sigv4
use aws.protocols#ec2Query

/// The part of Amazon Elastic Compute Cloud that the example needs.
@title("Amazon Elastic Compute Cloud")
@service(sdkId: "EC2", endpointPrefix: "ec2")
@sigv4(name: "ec2")
@ec2Query
@xmlNamespace(uri: "http://ec2.amazonaws.com/doc/2016-11-15")
service AmazonEC2 {
    version: "2016-11-15"
    operations: [DescribeVpcs]
}

@readonly
operation DescribeVpcs {
    input := {}
    output := {
        @xmlName("vpcSet")
        Vpcs: Vpcs
    }
}

list Vpcs {
    @xmlName("item")
    member: Vpc
}

structure Vpc {
    @xmlName("vpcId")
    VpcId: String
}
