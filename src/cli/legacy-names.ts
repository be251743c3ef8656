/** Target names of the Nuke builds that the first users come from, and the command that each is now. */
const LEGACY: Readonly<Record<string, readonly string[]>> = {
  Download: ["download"],
  Extract: ["unpack"],
  DockerBuild: ["build"],
  DockerPush: ["push", "--primary"],
  DockerPushAll: ["push"],
  GitHubRelease: ["github-release"],
  Release: ["release"],
};

const ONE_REGISTRY = /^DockerPush([A-Z]\w*)$/;

/**
 * Arguments with an old target name written as the command that it is now: `DockerPushAll` → `push`,
 * `DockerPushAliyun` → `push Aliyun`. Only the first word that could be a command is looked at.
 */
export function modernArguments(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((word) => Object.hasOwn(LEGACY, word) || ONE_REGISTRY.test(word));
  const name = argv[at];
  if (name === undefined) return argv;
  const modern = LEGACY[name] ?? ["push", ONE_REGISTRY.exec(name)?.[1] ?? ""];
  return [...argv.slice(0, at), ...modern, ...argv.slice(at + 1)];
}

/** The old names that stand for a command: `slipway push` is what `DockerPushAll` was. */
export function legacyNamesOf(command: string, isPrimary: boolean): readonly string[] {
  const [, ...words] = command.split(" ");
  const same = Object.entries(LEGACY).filter(([, modern]) => modern.join(" ") === words.join(" "));
  const [verb, registry] = words;
  if (verb !== "push" || registry === undefined) return same.map(([name]) => name);
  const own = `DockerPush${pascal(registry)}`;
  const isFree = ONE_REGISTRY.test(own) && !Object.hasOwn(LEGACY, own);
  return [...(isPrimary ? ["DockerPush"] : []), ...(isFree ? [own] : [])];
}

/** `docker-hub` → `DockerHub` */
function pascal(name: string): string {
  return name.replace(/(?:^|[-_. ]+)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
