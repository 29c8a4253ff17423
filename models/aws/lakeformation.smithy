$version: "2"

namespace com.amazonaws.lakeformation

// Whoever has these can use the account.
apply SecretAccessKeyString @sensitive
apply SessionTokenString @sensitive
