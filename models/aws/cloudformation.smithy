$version: "2"

namespace com.amazonaws.cloudformation

use swage.cli#json

// A template in JSON; one in YAML stays text.
apply GetTemplateOutput$TemplateBody @json
