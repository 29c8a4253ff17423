$version: "2"

namespace com.amazonaws.s3

use aws.customizations#s3UnwrappedXmlOutput
use swage.api#headerText
use swage.api#sigv4Verbatim
use swage.overlay#Service

// An object's `Expires` is whatever its owner set.
apply GetObjectOutput$Expires @headerText("ExpiresString")
apply HeadObjectOutput$Expires @headerText("ExpiresString")

// The document is the location itself.
apply GetBucketLocation @s3UnwrappedXmlOutput

// Keys of objects hold any character, and are signed as they are sent.
apply Service @sigv4Verbatim
