$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.codepipeline

use swage.cli#name

apply CreateCustomActionTypeInput$version @name("action-version")
apply DeleteCustomActionTypeInput$version @name("action-version")
apply GetActionTypeInput$version @name("action-version")
apply GetPipelineInput$version @name("pipeline-version")

// It proves that a call comes from the repository.
apply WebhookAuthConfigurationSecretToken @sensitive
