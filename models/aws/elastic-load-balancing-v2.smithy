$version: "2"

namespace swage.overlay

use swage.cli#name

// The service's name in the AWS CLI.
apply Service @name("elbv2")

// Whoever has it can sign users in.
apply AuthenticateOidcActionClientSecret @sensitive
