$version: "2"

namespace com.amazonaws.neptune

use swage.api#presignedUrl

// Copies from another region.
apply CopyDBClusterSnapshot @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")
apply CreateDBCluster @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")

// Passwords.
apply CreateDBClusterMessage$MasterUserPassword @sensitive
apply CreateDBInstanceMessage$MasterUserPassword @sensitive
apply ModifyDBClusterMessage$MasterUserPassword @sensitive
apply ModifyDBInstanceMessage$MasterUserPassword @sensitive
