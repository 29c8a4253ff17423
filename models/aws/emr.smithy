$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.elasticmapreduce

use swage.cli#name

apply AddInstanceGroupsInput$JobFlowId @name("cluster-id")
apply AddJobFlowStepsInput$JobFlowId @name("cluster-id")
apply DescribeJobFlowsInput$JobFlowIds @name("cluster-ids")
apply SetKeepJobFlowAliveWhenNoStepsInput$JobFlowIds @name("cluster-ids")
apply SetTerminationProtectionInput$JobFlowIds @name("cluster-ids")
apply SetUnhealthyNodeReplacementInput$JobFlowIds @name("cluster-ids")
apply SetVisibleToAllUsersInput$JobFlowIds @name("cluster-ids")
apply TerminateJobFlowsInput$JobFlowIds @name("cluster-ids")
