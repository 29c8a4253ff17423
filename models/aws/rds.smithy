$version: "2"

namespace com.amazonaws.rds

use swage.api#presignedUrl
use swage.cli#otherCommands
use swage.overlay#Service

// Copies from another region.
apply CopyDBClusterSnapshot @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")
apply CopyDBSnapshot @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")
apply CreateDBCluster @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")
apply CreateDBInstanceReadReplica @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")
apply StartDBInstanceAutomatedBackupsReplication @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "generate-db-auth-token": "a library that presigns the action `connect`: no operation does"
})

// Passwords.
apply CreateDBClusterMessage$MasterUserPassword @sensitive
apply CreateDBInstanceMessage$MasterUserPassword @sensitive
apply CreateDBInstanceMessage$TdeCredentialPassword @sensitive
apply ModifyDBClusterMessage$MasterUserPassword @sensitive
apply ModifyDBInstanceMessage$MasterUserPassword @sensitive
apply ModifyDBInstanceMessage$TdeCredentialPassword @sensitive
apply RestoreDBClusterFromS3Message$MasterUserPassword @sensitive
apply RestoreDBInstanceFromDBSnapshotMessage$TdeCredentialPassword @sensitive
apply RestoreDBInstanceFromS3Message$MasterUserPassword @sensitive
apply RestoreDBInstanceToPointInTimeMessage$TdeCredentialPassword @sensitive
