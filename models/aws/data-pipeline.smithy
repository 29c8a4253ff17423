$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.datapipeline

use swage.cli#name
use swage.cli#otherCommands
use swage.overlay#Service

apply GetPipelineDefinitionInput$version @name("pipeline-version")
apply QueryObjectsInput$query @name("objects-query")

// The service's name in the AWS CLI.
apply Service @name("datapipeline")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "create-default-roles": "`iam create-role`"
    "list-runs": "`datapipeline query-objects` and `datapipeline describe-objects`"
})
