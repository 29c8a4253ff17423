$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.gamelift

use swage.cli#name
use swage.cli#otherCommands
use swage.overlay#Service

apply CreateBuildInput$Version @name("build-version")
apply CreateScriptInput$Version @name("script-version")
apply UpdateBuildInput$Version @name("build-version")
apply UpdateScriptInput$Version @name("script-version")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "get-game-session-log": "`gamelift get-game-session-log-url`"
    "upload-build": "`gamelift create-build` and `s3api put-object`"
})
