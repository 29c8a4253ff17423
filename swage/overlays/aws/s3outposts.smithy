$version: "2"

namespace com.amazonaws.s3outposts

use swage.api#sigv4Verbatim

apply S3Outposts @sigv4Verbatim
