$version: "2"

namespace com.amazonaws.workspaces

use swage.cli#plainValues

// Ids alone.
apply RebootWorkspacesRequest$RebootWorkspaceRequests @plainValues
apply RebuildWorkspacesRequest$RebuildWorkspaceRequests @plainValues
apply TerminateWorkspacesRequest$TerminateWorkspaceRequests @plainValues
