$version: "2"

namespace com.amazonaws.cognitoidentity

// These are for users without credentials.
apply GetCredentialsForIdentity @auth([])
apply GetId @auth([])
apply GetOpenIdToken @auth([])
apply UnlinkIdentity @auth([])
