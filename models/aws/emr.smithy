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
apply Service @otherCommands({
    "add-steps": "the operation AddJobFlowSteps: `emr add-job-flow-steps`"
    "create-cluster": "the operation RunJobFlow: `emr run-job-flow`"
    "create-default-roles": "`iam create-role` and `iam create-instance-profile`"
    "create-hbase-backup": "`emr add-job-flow-steps`"
    "disable-hbase-backups": "`emr add-job-flow-steps`"
    "get": "ssh's `scp`"
    "install-applications": "`emr add-job-flow-steps`"
    "modify-cluster-attributes": "`emr set-termination-protection` and `emr set-visible-to-all-users`"
    "put": "ssh's `scp`"
    "restore-from-hbase-backup": "`emr add-job-flow-steps`"
    "schedule-hbase-backup": "`emr add-job-flow-steps`"
    "socks": "`ssh -D`"
    "ssh": "`ssh`, with the address of `emr describe-cluster`"
    "terminate-clusters": "the operation TerminateJobFlows: `emr terminate-job-flows`"
})

// Passwords.
apply KerberosAttributes$ADDomainJoinPassword @sensitive
apply KerberosAttributes$CrossRealmTrustPrincipalPassword @sensitive
apply KerberosAttributes$KdcAdminPassword @sensitive
