$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.lexmodels

use swage.cli#name
use swage.overlay#Service

apply DeleteBotVersionRequest$version @name("bot-version")
apply DeleteIntentVersionRequest$version @name("intent-version")
apply DeleteSlotTypeVersionRequest$version @name("slot-type-version")
apply GetExportRequest$version @name("resource-version")
apply GetIntentRequest$version @name("intent-version")
apply GetSlotTypeRequest$version @name("slot-type-version")

// The service's name in the AWS CLI.
apply Service @name("lex-models")
