$version: "2"

metadata swageVersions = [
    { target: "com.amazonaws.lambda#SendDurableExecutionCallbackSuccess", since: "2025-12-02" }
]

namespace com.amazonaws.lambda

use swage.cli#aliases
use swage.cli#noContentType
use swage.cli#shortcuts
use swage.cli#zipFile

// Names that options had before.
apply PublishVersionRequest$CodeSha256 @aliases(["code-sha-256"])

// Code from files.
apply CreateFunction @shortcuts([{ name: "zip-file", documentation: "The archive with the code, as a rule `fileb://` and a path.", sets: ["Code.ZipFile"], only: "a zip file" }])
apply PublishLayerVersion @shortcuts([{ name: "zip-file", documentation: "The archive with the layer, as a rule `fileb://` and a path.", sets: ["Content.ZipFile"], only: "a zip file" }])

// The AWS CLI sends no content type for these payloads.
apply Invoke @noContentType
apply InvokeAsync @noContentType
apply SendDurableExecutionCallbackSuccess @noContentType
apply FunctionCode$ZipFile @zipFile
apply LayerVersionContentInput$ZipFile @zipFile
apply UpdateFunctionCodeRequest$ZipFile @zipFile
