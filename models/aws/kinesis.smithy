$version: "2"

namespace com.amazonaws.kinesis

use swage.cli#hidden

// The option for tokens is meant.
apply ListStreamsInput$ExclusiveStartStreamName @hidden
