$version: "2"

namespace com.amazonaws.lambda

use swage.cli#aliases
use swage.cli#shortcuts

// Names that options had before.
apply PublishVersionRequest$CodeSha256 @aliases(["code-sha-256"])

// Code from files.
apply CreateFunction @shortcuts([{ name: "zip-file", documentation: "The archive with the code, as a rule `fileb://` and a path.", sets: ["Code.ZipFile"] }])
apply PublishLayerVersion @shortcuts([{ name: "zip-file", documentation: "The archive with the layer, as a rule `fileb://` and a path.", sets: ["Content.ZipFile"] }])
