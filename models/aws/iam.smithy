$version: "2"

namespace com.amazonaws.iam

use swage.cli#aliases
use swage.cli#json

// Names that options had before.
apply EnableMFADeviceRequest$AuthenticationCode1 @aliases(["authentication-code-1"])
apply EnableMFADeviceRequest$AuthenticationCode2 @aliases(["authentication-code-2"])
apply ResyncMFADeviceRequest$AuthenticationCode1 @aliases(["authentication-code-1"])
apply ResyncMFADeviceRequest$AuthenticationCode2 @aliases(["authentication-code-2"])

// Policies arrive percent-encoded.
apply policyDocumentType @json
