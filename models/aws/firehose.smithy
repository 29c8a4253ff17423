$version: "2"

namespace com.amazonaws.firehose

use swage.cli#plainValues

// The data of records alone.
apply PutRecordBatchInput$Records @plainValues
