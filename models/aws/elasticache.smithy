$version: "2"

namespace com.amazonaws.elasticache

use swage.cli#aliases

// Names that options had before.
apply CreateReplicationGroupMessage$PreferredCacheClusterAZs @aliases(["preferred-cache-cluster-a-zs"])

// Passwords.
apply CreateCacheClusterMessage$AuthToken @sensitive
apply CreateReplicationGroupMessage$AuthToken @sensitive
apply ModifyCacheClusterMessage$AuthToken @sensitive
apply ModifyReplicationGroupMessage$AuthToken @sensitive
