$version: "2"

namespace com.amazonaws.kinesisvideosignaling

// A password.
apply Password @sensitive
