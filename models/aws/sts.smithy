$version: "2"

namespace com.amazonaws.sts

// The token in the input takes the place of credentials.
apply AssumeRoleWithSAML @auth([])
apply AssumeRoleWithWebIdentity @auth([])
