$version: "2"

namespace swage.overlay

use swage.cli#name

// The service's name in the AWS CLI.
apply Service @name("cloudhsmv2")

// A password.
apply PreCoPassword @sensitive
