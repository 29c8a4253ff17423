$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.elasticmapreduce

use swage.cli#name
use swage.cli#otherCommands
use swage.cli#shortcuts
use swage.overlay#Service

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

// Commands that the AWS CLI adds.
apply Service @otherCommands(["add-steps", "create-cluster", "create-default-roles", "create-hbase-backup", "disable-hbase-backups", "get", "install-applications", "modify-cluster-attributes", "put", "restore-from-hbase-backup", "schedule-hbase-backup", "socks", "ssh", "terminate-clusters"])
