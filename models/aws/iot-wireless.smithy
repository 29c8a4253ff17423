$version: "2"

metadata swageVersions = [
    { target: "com.amazonaws.iotwireless#UpdateResourcePosition", since: "2022-11-28" }
]

// Names of options as the AWS CLI has them.
namespace com.amazonaws.iotwireless

use swage.cli#name
use swage.cli#noContentType
use swage.overlay#Service

apply CreateDeviceProfileRequest$LoRaWAN @name("lorawan")
apply CreateFuotaTaskRequest$LoRaWAN @name("lorawan")
apply CreateMulticastGroupRequest$LoRaWAN @name("lorawan")
apply CreateServiceProfileRequest$LoRaWAN @name("lorawan")
apply CreateWirelessDeviceRequest$LoRaWAN @name("lorawan")
apply CreateWirelessGatewayRequest$LoRaWAN @name("lorawan")
apply StartFuotaTaskRequest$LoRaWAN @name("lorawan")
apply StartMulticastGroupSessionRequest$LoRaWAN @name("lorawan")
apply UpdateFuotaTaskRequest$LoRaWAN @name("lorawan")
apply UpdateMulticastGroupRequest$LoRaWAN @name("lorawan")
apply UpdateWirelessDeviceRequest$LoRaWAN @name("lorawan")

// The AWS CLI sends no content type for these payloads.
apply UpdateResourcePosition @noContentType

// The service's name in the AWS CLI.
apply Service @name("iotwireless")
