$version: "2.0"

namespace com.amazonaws.ssooidc

use aws.api#service
use aws.protocols#restJson1

/// Tokens for who signed in at IAM Identity Center. Only the operation is here that a chain of credentials calls.
@service(sdkId: "SSO OIDC", endpointPrefix: "oidc")
@restJson1
@title("AWS SSO OIDC")
service SingleSignOnTokens {
    version: "2019-06-10"
    operations: [
        CreateToken
    ]
}

/// Gets a new token for one that ends soon.
@http(method: "POST", uri: "/token", code: 200)
operation CreateToken {
    input := {
        /// The id of the program that is registered.
        @required
        clientId: String

        /// The secret of its registration.
        @required
        clientSecret: ClientSecret

        /// What the token is given for: `refresh_token`.
        @required
        grantType: String

        /// The token that allows for it.
        refreshToken: RefreshToken
    }

    output := {
        /// The new token.
        accessToken: AccessToken

        /// For how many seconds it is good.
        expiresIn: Integer

        /// What the next one can be had for.
        refreshToken: RefreshToken
    }
}

@sensitive
string ClientSecret

@sensitive
string RefreshToken

@sensitive
string AccessToken
