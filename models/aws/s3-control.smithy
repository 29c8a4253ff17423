$version: "2"

namespace com.amazonaws.s3control

use swage.api#ignoreDefaults
use swage.api#sigv4Verbatim
use swage.cli#name
use swage.overlay#Service

apply Service @sigv4Verbatim

// What is left out is unchanged.
apply PublicAccessBlockConfiguration$BlockPublicAcls @ignoreDefaults
apply PublicAccessBlockConfiguration$BlockPublicPolicy @ignoreDefaults
apply PublicAccessBlockConfiguration$IgnorePublicAcls @ignoreDefaults
apply PublicAccessBlockConfiguration$RestrictPublicBuckets @ignoreDefaults

// The service's name in the AWS CLI.
apply Service @name("s3control")
