$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.elasticmapreduce

use swage.cli#name
use swage.cli#shortcuts

apply AddInstanceGroupsInput$JobFlowId @name("cluster-id")
apply AddJobFlowStepsInput$JobFlowId @name("cluster-id")
apply DescribeJobFlowsInput$JobFlowIds @name("cluster-ids")
apply SetKeepJobFlowAliveWhenNoStepsInput$JobFlowIds @name("cluster-ids")
apply SetTerminationProtectionInput$JobFlowIds @name("cluster-ids")
apply SetUnhealthyNodeReplacementInput$JobFlowIds @name("cluster-ids")
apply SetVisibleToAllUsersInput$JobFlowIds @name("cluster-ids")
apply TerminateJobFlowsInput$JobFlowIds @name("cluster-ids")

// States that have a name together.
apply ListClusters @shortcuts([
    { name: "active", documentation: "Shows only active clusters, or those as well.", with: { ClusterStates: ["STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING"] } }
    { name: "terminated", documentation: "Shows only terminated clusters, or those as well.", with: { ClusterStates: ["TERMINATED"] } }
    { name: "failed", documentation: "Shows only failed clusters, or those as well.", with: { ClusterStates: ["TERMINATED_WITH_ERRORS"] } }
])
