$version: "2"

namespace com.amazonaws.s3

use aws.customizations#s3UnwrappedXmlOutput
use swage.api#headerText

// An object's `Expires` is whatever its owner set.
apply GetObjectOutput$Expires @headerText("ExpiresString")
apply HeadObjectOutput$Expires @headerText("ExpiresString")

// The document is the location itself.
apply GetBucketLocation @s3UnwrappedXmlOutput
