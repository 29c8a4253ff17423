$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.gamelift

use swage.cli#name

apply CreateBuildInput$Version @name("build-version")
apply CreateScriptInput$Version @name("script-version")
apply UpdateBuildInput$Version @name("build-version")
apply UpdateScriptInput$Version @name("script-version")
