$version: "2"

namespace com.amazonaws.organizations

use swage.api#retries
use swage.overlay#Service

// Too many requests.
apply Service @retries(errors: ["TooManyRequestsException"])
