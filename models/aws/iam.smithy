$version: "2"

namespace com.amazonaws.iam

use swage.api#pages
use swage.cli#aliases
use swage.cli#json
use swage.cli#outfiles

// Names that options had before.
apply EnableMFADeviceRequest$AuthenticationCode1 @aliases(["authentication-code-1"])
apply EnableMFADeviceRequest$AuthenticationCode2 @aliases(["authentication-code-2"])
apply ResyncMFADeviceRequest$AuthenticationCode1 @aliases(["authentication-code-1"])
apply ResyncMFADeviceRequest$AuthenticationCode2 @aliases(["authentication-code-2"])

// Policies arrive percent-encoded.
apply policyDocumentType @json

// What starts a device goes to a file.
apply CreateVirtualMFADevice @outfiles([
    {
        name: "outfile"
        documentation: "The file for what starts the device."
        paths: ["VirtualMFADevice.QRCodePNG", "VirtualMFADevice.Base32StringSeed"]
        choice: "bootstrap-method"
        choiceDocumentation: "What is written: `QRCodePNG` or `Base32StringSeed`."
        required: true
        removes: true
    }
])

// Pages with several tokens or results, which `@paginated` can't express.
apply GetAccountAuthorizationDetails @pages(inputTokens: ["Marker"], outputTokens: ["Marker"], results: ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"], moreResults: "IsTruncated", pageSize: "MaxItems")
apply ListEntitiesForPolicy @pages(inputTokens: ["Marker"], outputTokens: ["Marker"], results: ["PolicyGroups", "PolicyUsers", "PolicyRoles"], moreResults: "IsTruncated", pageSize: "MaxItems")
