$version: "2"

namespace com.amazonaws.mgn

use swage.cli#aliases

// Names that options had before.
apply AssociateSourceServersRequest$sourceServerIDs @aliases(["source-server-i-ds"])
apply CreateReplicationConfigurationTemplateRequest$replicationServersSecurityGroupsIDs @aliases(["replication-servers-security-groups-i-ds"])
apply DescribeReplicationConfigurationTemplatesRequest$replicationConfigurationTemplateIDs @aliases(["replication-configuration-template-i-ds"])
apply DisassociateSourceServersRequest$sourceServerIDs @aliases(["source-server-i-ds"])
apply StartCutoverRequest$sourceServerIDs @aliases(["source-server-i-ds"])
apply StartTestRequest$sourceServerIDs @aliases(["source-server-i-ds"])
apply TerminateTargetInstancesRequest$sourceServerIDs @aliases(["source-server-i-ds"])
apply UpdateReplicationConfigurationRequest$replicationServersSecurityGroupsIDs @aliases(["replication-servers-security-groups-i-ds"])
apply UpdateReplicationConfigurationTemplateRequest$replicationServersSecurityGroupsIDs @aliases(["replication-servers-security-groups-i-ds"])
