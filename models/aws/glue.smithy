$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.glue

use swage.cli#name

apply GetUnfilteredPartitionMetadataRequest$Region @name("resource-region")
apply GetUnfilteredPartitionsMetadataRequest$Region @name("resource-region")
apply GetUnfilteredTableMetadataRequest$Region @name("resource-region")
