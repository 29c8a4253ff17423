$version: "2"

namespace inventory.iam

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsQuery

/// The part of AWS Identity and Access Management that the example needs.
@title("AWS Identity and Access Management")
@service(sdkId: "IAM", endpointPrefix: "iam")
@sigv4(name: "iam")
@awsQuery
@xmlNamespace(uri: "https://iam.amazonaws.com/doc/2010-05-08/")
service AWSIdentityManagementV20100508 {
    version: "2010-05-08"
    operations: [ListUsers]
}

@readonly
@paginated(inputToken: "Marker", outputToken: "Marker", items: "Users")
operation ListUsers {
    input := {
        Marker: String
    }
    output := {
        Users: Users
        IsTruncated: Boolean
        Marker: String
    }
}

list Users {
    member: User
}

structure User {
    UserName: String
}
