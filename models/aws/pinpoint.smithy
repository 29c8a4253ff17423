$version: "2"

// Names of options as the AWS CLI has them.
namespace com.amazonaws.pinpoint

use swage.cli#name

apply DeleteEmailTemplateRequest$Version @name("template-version")
apply DeleteInAppTemplateRequest$Version @name("template-version")
apply DeletePushTemplateRequest$Version @name("template-version")
apply DeleteSmsTemplateRequest$Version @name("template-version")
apply DeleteVoiceTemplateRequest$Version @name("template-version")
apply GetCampaignVersionRequest$Version @name("campaign-version")
apply GetEmailTemplateRequest$Version @name("template-version")
apply GetInAppTemplateRequest$Version @name("template-version")
apply GetPushTemplateRequest$Version @name("template-version")
apply GetSegmentVersionRequest$Version @name("segment-version")
apply GetSmsTemplateRequest$Version @name("template-version")
apply GetVoiceTemplateRequest$Version @name("template-version")
apply UpdateEmailTemplateRequest$Version @name("template-version")
apply UpdateInAppTemplateRequest$Version @name("template-version")
apply UpdatePushTemplateRequest$Version @name("template-version")
apply UpdateSmsTemplateRequest$Version @name("template-version")
apply UpdateVoiceTemplateRequest$Version @name("template-version")

// Whoever has these can send messages in the name of the program.
apply ADMChannelRequest$ClientSecret @sensitive
apply APNSChannelRequest$PrivateKey @sensitive
apply APNSChannelRequest$TokenKey @sensitive
apply APNSSandboxChannelRequest$PrivateKey @sensitive
apply APNSSandboxChannelRequest$TokenKey @sensitive
apply APNSVoipChannelRequest$PrivateKey @sensitive
apply APNSVoipChannelRequest$TokenKey @sensitive
apply APNSVoipSandboxChannelRequest$PrivateKey @sensitive
apply APNSVoipSandboxChannelRequest$TokenKey @sensitive
apply BaiduChannelRequest$ApiKey @sensitive
apply BaiduChannelRequest$SecretKey @sensitive
apply BaiduChannelResponse$Credential @sensitive
apply GCMChannelRequest @sensitive
apply GCMChannelResponse$Credential @sensitive
