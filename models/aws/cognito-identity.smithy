$version: "2"

namespace com.amazonaws.cognitoidentity

use swage.cli#aliases

// These are for users without credentials.
apply GetCredentialsForIdentity @auth([])
apply GetId @auth([])
apply GetOpenIdToken @auth([])
apply UnlinkIdentity @auth([])

// Whoever has these can use the account.
apply Credentials @sensitive

// Names that options had before.
apply CreateIdentityPoolInput$OpenIdConnectProviderARNs @aliases(["open-id-connect-provider-ar-ns"])
