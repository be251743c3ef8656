/** A release of an action, and the commit that its tag stands for. */
export interface ActionRelease {
  /** The tag: `v1.2.3`. */
  readonly version: string;
  /** 40 hex digits. */
  readonly commit: string;
}

/** The actions that workflows use, at releases that they are known to work with. */
export const ACTION_RELEASES = {
  "actions/checkout": { version: "v7.0.1", commit: "3d3c42e5aac5ba805825da76410c181273ba90b1" },
  "actions/setup-node": { version: "v7.0.0", commit: "820762786026740c76f36085b0efc47a31fe5020" },
  "actions/upload-artifact": { version: "v7.0.1", commit: "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a" },
  "actions/download-artifact": { version: "v8.0.1", commit: "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c" },
  "actions/github-script": { version: "v9.0.0", commit: "3a2844b7e9c422d3c10d287c895573f7108da1b3" },
  "actions/attest": { version: "v4.2.2", commit: "1e69f48acb82d1966a394da916b4c1698aa569d6" },
  "docker/setup-qemu-action": { version: "v4.2.0", commit: "96fe6ef7f33517b61c61be40b68a1882f3264fb8" },
  "docker/setup-buildx-action": { version: "v4.3.0", commit: "37fe631027851001ddb9b187196cc803df7f5f0e" },
  "docker/login-action": { version: "v4.6.0", commit: "dbcb813823bdd20940b903addbd779551569679f" },
  "docker/metadata-action": { version: "v6.2.0", commit: "dc802804100637a589fabce1cb79ff13a1411302" },
  "docker/build-push-action": { version: "v7.3.0", commit: "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a" },
  "dorny/paths-filter": { version: "v4.0.2", commit: "7b450fff21473bca461d4b92ce414b9d0420d706" },
} as const satisfies Readonly<Record<string, ActionRelease>>;

export type ActionName = keyof typeof ACTION_RELEASES;

export interface ActionVersion extends ActionRelease {
  /** `OWNER/NAME` */
  readonly action: string;
}

/** {@link ACTION_RELEASES} as a list. */
export const ACTION_VERSIONS: readonly ActionVersion[] = Object.entries(ACTION_RELEASES).map(([action, release]) => ({
  action,
  ...release,
}));
