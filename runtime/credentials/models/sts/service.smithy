$version: "2.0"

namespace com.amazonaws.sts

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsQuery

/// Temporary credentials for roles. Only the operations are here that a chain of credentials calls.
@service(sdkId: "STS", endpointPrefix: "sts")
@sigv4(name: "sts")
@awsQuery
@xmlNamespace(uri: "https://sts.amazonaws.com/doc/2011-06-15/")
@title("AWS Security Token Service")
service SecurityTokenService {
    version: "2011-06-15"
    operations: [
        AssumeRole
        AssumeRoleWithWebIdentity
    ]
}

/// Takes a role with the credentials that sign the call.
operation AssumeRole {
    input := {
        /// The role to take.
        @required
        RoleArn: RoleArn

        /// A name for the session, which shows in the ARN of who acts.
        @required
        RoleSessionName: RoleSessionName

        /// How long the credentials are to last.
        DurationSeconds: DurationSeconds

        /// What the owner of the role may ask third parties for.
        ExternalId: ExternalId

        /// The device for multi-factor authentication: its serial number or its ARN.
        SerialNumber: SerialNumber

        /// The code that the device shows.
        TokenCode: TokenCode
    }

    output := {
        /// The credentials of the role.
        Credentials: Credentials

        /// Who acts with them.
        AssumedRoleUser: AssumedRoleUser
    }
}

/// Takes a role with a token of an identity provider. The call isn't signed.
@auth([])
operation AssumeRoleWithWebIdentity {
    input := {
        /// The role to take.
        @required
        RoleArn: RoleArn

        /// A name for the session, which shows in the ARN of who acts.
        @required
        RoleSessionName: RoleSessionName

        /// The token, from OAuth 2.0 or OpenID Connect.
        @required
        WebIdentityToken: WebIdentityToken
    }

    output := {
        /// The credentials of the role.
        Credentials: Credentials

        /// Who acts with them.
        AssumedRoleUser: AssumedRoleUser
    }
}

/// Credentials for a while.
structure Credentials {
    /// The id of the access key.
    @required
    AccessKeyId: String

    /// The secret that signs.
    @required
    SecretAccessKey: SecretAccessKey

    /// The token that goes with each request.
    @required
    SessionToken: SessionToken

    /// When they end.
    @required
    Expiration: Timestamp
}

/// Who acts with a role's credentials.
structure AssumedRoleUser {
    /// The role's id, with the session's name.
    @required
    AssumedRoleId: String

    /// The ARN of role and session.
    @required
    Arn: String
}

@length(min: 20)
string RoleArn

@length(min: 2)
string RoleSessionName

@range(min: 900)
long DurationSeconds

@length(min: 2)
string ExternalId

@length(min: 9)
string SerialNumber

@length(min: 6)
@sensitive
string TokenCode

@length(min: 4)
@sensitive
string WebIdentityToken

@sensitive
string SecretAccessKey

@sensitive
string SessionToken
