$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.mturkrequester

use swage.cli#aliases
use swage.cli#name

apply ListQualificationTypesRequest$Query @name("types-query")

// Names that commands had before.
apply ListHITsForQualificationType @aliases(["list-hi-ts-for-qualification-type"])
