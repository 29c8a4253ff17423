$version: "2"

namespace com.amazonaws.lightsail

use swage.cli#aliases

// Names that options had before.
apply ImportKeyPairRequest$publicKeyBase64 @aliases(["public-key-base-64"])

// Whoever has this can use the bucket.
apply AccessKey$secretAccessKey @sensitive

// Passwords, and keys to sign in with.
apply CreateKeyPairResult$privateKeyBase64 @sensitive
apply DownloadDefaultKeyPairResult$privateKeyBase64 @sensitive
apply InstanceAccessDetails$password @sensitive
apply InstanceAccessDetails$privateKey @sensitive
