$version: "2"

namespace com.amazonaws.quicksight

use swage.cli#shortcuts

// Archives from files.
apply StartAssetBundleImportJob @shortcuts([{ name: "asset-bundle-import-source-bytes", documentation: "The archive itself, as a rule `fileb://` and a path.", sets: ["AssetBundleImportSource.Body"] }])
