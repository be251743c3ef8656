/** What stays of an accented letter once its accents are set apart. */
const ACCENTS = /\p{Mn}/gu;

/**
 * The name that GitHub gives an asset whose file is called `fileName`: accents go, each run of anything but
 * `A-Z a-z 0-9 - _ + @ .` becomes one dot, dots at the ends go, and what has lost its stem is called `default`.
 * GitHub says only that it renames; this is what gh has found it to do.
 * https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
 * https://github.com/cli/cli/blob/v2.83.0/pkg/cmd/release/upload/upload.go
 */
export function assetNameOnGitHub(fileName: string): string {
  const plain = fileName.normalize("NFD").replace(ACCENTS, "").normalize("NFC");
  const dotted = (plain.startsWith(".") ? `default${plain}` : plain)
    .replace(/[^A-Za-z0-9\-_+@]+/g, ".")
    .replace(/^\.+|\.+$/g, "");
  if (dotted === "") return "default";
  return dotted !== fileName && !dotted.includes(".") ? `default.${dotted}` : dotted;
}
