$version: "2"

namespace com.amazonaws.iot

use swage.cli#outfiles

// Certificates and keys go to files.
apply CreateCertificateFromCsr @outfiles([
    { name: "certificate-pem-outfile", documentation: "The file for the certificate.", paths: ["certificatePem"] }
])
apply CreateKeysAndCertificate @outfiles([
    { name: "certificate-pem-outfile", documentation: "The file for the certificate.", paths: ["certificatePem"] }
    { name: "public-key-outfile", documentation: "The file for the public key.", paths: ["keyPair.PublicKey"] }
    { name: "private-key-outfile", documentation: "The file for the private key.", paths: ["keyPair.PrivateKey"] }
])

// A password.
apply MqttPassword @sensitive
