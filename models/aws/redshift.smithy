$version: "2"

namespace com.amazonaws.redshift

// A password.
apply CreateHsmConfigurationMessage$HsmPartitionPassword @sensitive
