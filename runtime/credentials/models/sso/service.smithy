$version: "2.0"

namespace com.amazonaws.sso

use aws.api#service
use aws.protocols#restJson1

/// Credentials for who signed in at IAM Identity Center. Only the operation is here that a chain of credentials calls.
@service(sdkId: "SSO", endpointPrefix: "portal.sso")
@restJson1
@title("AWS Single Sign-On")
service SingleSignOn {
    version: "2019-06-10"
    operations: [
        GetRoleCredentials
    ]
}

/// Gets credentials of a role that is assigned to who signed in.
@readonly
@http(method: "GET", uri: "/federation/credentials", code: 200)
operation GetRoleCredentials {
    input := {
        /// The role's name.
        @required
        @httpQuery("role_name")
        roleName: String

        /// The AWS account that the role belongs to.
        @required
        @httpQuery("account_id")
        accountId: String

        /// The token of who signed in.
        @required
        @httpHeader("x-amz-sso_bearer_token")
        accessToken: AccessToken
    }

    output := {
        /// The credentials of the role.
        roleCredentials: RoleCredentials
    }
}

/// Credentials for a while.
structure RoleCredentials {
    /// The id of the access key.
    accessKeyId: String

    /// The secret that signs.
    secretAccessKey: SecretAccessKey

    /// The token that goes with each request.
    sessionToken: SessionToken

    /// When they end, in milliseconds since 1970.
    expiration: Long
}

@sensitive
string AccessToken

@sensitive
string SecretAccessKey

@sensitive
string SessionToken
