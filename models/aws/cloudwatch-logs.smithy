$version: "2"

namespace com.amazonaws.cloudwatchlogs

use swage.api#pages
use swage.cli#name
use swage.cli#otherCommands
use swage.overlay#Service

// The service's name in the AWS CLI.
apply Service @name("logs")

// Pages with several tokens or results, which `@paginated` can't express.
apply FilterLogEvents @pages(inputTokens: ["nextToken"], outputTokens: ["nextToken"], results: ["events", "searchedLogStreams"], pageSize: "limit")

// Commands that the AWS CLI adds.
apply Service @otherCommands({
    "start-live-tail": "`logs filter-log-events`: event streams have no commands"
})
