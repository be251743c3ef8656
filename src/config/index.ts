/** What a person writes → what the program uses. */

export { parseBytes } from "./bytes.ts";
export { type CredentialEntry, credentialFor, parsePrefix } from "./credentials.ts";
export { type ImageSyncerFiles, loadImageSyncer } from "./image-syncer/load.ts";
export { platformsFromFlags } from "./image-syncer/platforms.ts";
export { type Delivered, formatSuccessImages } from "./image-syncer/success-images.ts";
export { formatOf, type ImportFormat } from "./import/format.ts";
export { importImageSyncer } from "./import/image-syncer.ts";
export type { ImportedConfig } from "./import/imported.ts";
export { importRegsync } from "./import/regsync.ts";
export { importSkopeo, type SkopeoOptions } from "./import/skopeo.ts";
export type { MirrorRule, RuleDestination, RuleImages } from "./mirror-rule.ts";
export { type Notice, type NoticeKey, notice, noticeText } from "./notice.ts";
export { formatPlace, type Place } from "./reading/place.ts";
export { Problems, problemsOf } from "./reading/problems.ts";
export { readSource, type Source } from "./reading/source.ts";
export { jsonSchemaText } from "./schema/json-schema.ts";
export type { HostSettings } from "./schema/sections.ts";
export type { Settings } from "./settings.ts";
export { CONFIG_FILE, findConfig } from "./slipway/find-config.ts";
export { type Config, loadConfig, type Publishing } from "./slipway/load-config.ts";
export type {
  BuildSettings,
  DockerfileSettings,
  LayersSettings,
  ReleaseSettings,
  SourceSettings,
} from "./slipway/publishing.ts";
export type { Registry } from "./slipway/registries.ts";
export { showConfig } from "./slipway/show-config.ts";
export { expressionOf, parseTagPattern, type TagTest } from "./tags/tag-pattern.ts";
export type { TagSelection } from "./tags/tag-selection.ts";
export { parseVersionRange, versionOf } from "./tags/version.ts";
export type { Environment } from "./variables/lookup.ts";
