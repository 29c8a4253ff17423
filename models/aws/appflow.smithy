$version: "2"

namespace com.amazonaws.appflow

// Whoever has these can use the account at another company.
apply ApiToken @sensitive
apply ApplicationKey @sensitive
apply InforNexusConnectorProfileCredentials$datakey @sensitive
apply InforNexusConnectorProfileCredentials$secretAccessKey @sensitive
apply RefreshToken @sensitive
