$version: "2"

namespace com.amazonaws.codebuild

// It proves that a call comes from the repository.
apply Webhook$secret @sensitive
