$version: "2"

namespace com.amazonaws.sso

// Whoever has these can use the account.
apply RoleCredentials @sensitive
