$version: "2"

namespace com.amazonaws.s3outposts

use swage.api#sigv4Verbatim
use swage.overlay#Service

apply Service @sigv4Verbatim
