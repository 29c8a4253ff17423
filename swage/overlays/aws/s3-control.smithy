$version: "2"

namespace com.amazonaws.s3control

use swage.api#sigv4Verbatim

// The AWS JSON format has another name for the service.
apply AWSS3ControlServiceV20180820 @sigv4Verbatim
apply S3Control @sigv4Verbatim
