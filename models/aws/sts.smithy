$version: "2"

namespace com.amazonaws.sts

use swage.api#retries
use swage.overlay#Service

// The identity provider didn't respond.
apply Service @retries(errors: ["IDPCommunicationError"])
apply IDPCommunicationErrorException @retryable

// The token in the input takes the place of credentials.
apply AssumeRoleWithSAML @auth([])
apply AssumeRoleWithWebIdentity @auth([])

// Whoever has these can use the account.
apply Credentials @sensitive
