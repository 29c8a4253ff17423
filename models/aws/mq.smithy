$version: "2"

namespace com.amazonaws.mq

// Passwords.
apply CreateUserRequest$Password @sensitive
apply LdapServerMetadataInput$ServiceAccountPassword @sensitive
apply UpdateUserRequest$Password @sensitive
apply User$Password @sensitive
