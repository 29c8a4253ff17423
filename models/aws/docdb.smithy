$version: "2"

namespace com.amazonaws.docdb

use swage.api#presignedUrl

// Copies from another region.
apply CopyDBClusterSnapshot @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")
apply CreateDBCluster @presignedUrl(url: "PreSignedUrl", sourceRegion: "SourceRegion", destinationRegion: "DestinationRegion")

// Passwords.
apply CreateDBClusterMessage$MasterUserPassword @sensitive
apply ModifyDBClusterMessage$MasterUserPassword @sensitive
