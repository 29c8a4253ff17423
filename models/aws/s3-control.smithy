$version: "2"

namespace com.amazonaws.s3control

use swage.api#sigv4Verbatim
use swage.cli#name
use swage.overlay#Service

apply Service @sigv4Verbatim

// The service's name in the AWS CLI.
apply Service @name("s3control")
