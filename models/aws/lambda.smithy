$version: "2"

namespace com.amazonaws.lambda

use swage.cli#aliases

// Names that options had before.
apply PublishVersionRequest$CodeSha256 @aliases(["code-sha-256"])
