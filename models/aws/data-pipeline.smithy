$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.datapipeline

use swage.cli#name

apply GetPipelineDefinitionInput$version @name("pipeline-version")
apply QueryObjectsInput$query @name("objects-query")
