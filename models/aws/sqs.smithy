$version: "2"

namespace com.amazonaws.sqs

use swage.api#md5Digests
use swage.api#retries
use swage.overlay#Service

// Too many requests.
apply Service @retries(errors: ["RequestThrottled"])

// Messages and their attributes arrive as they were sent.
apply ReceiveMessage @md5Digests([{ digest: "MD5OfBody", of: "Body", list: "Messages" }, { digest: "MD5OfMessageAttributes", of: "MessageAttributes", list: "Messages" }])
apply SendMessage @md5Digests([{ digest: "MD5OfMessageBody", of: "MessageBody", inInput: true }, { digest: "MD5OfMessageAttributes", of: "MessageAttributes", inInput: true }, { digest: "MD5OfMessageSystemAttributes", of: "MessageSystemAttributes", inInput: true }])
apply SendMessageBatch @md5Digests([{ digest: "MD5OfMessageBody", of: "MessageBody", list: "Successful", inInput: true, inputList: "Entries", key: "Id" }, { digest: "MD5OfMessageAttributes", of: "MessageAttributes", list: "Successful", inInput: true, inputList: "Entries", key: "Id" }, { digest: "MD5OfMessageSystemAttributes", of: "MessageSystemAttributes", list: "Successful", inInput: true, inputList: "Entries", key: "Id" }])
