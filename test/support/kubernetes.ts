import { existsSync } from "node:fs";
import { join, normalize } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { contentOf, ROOT } from "../house/sources.ts";

type Labels = Readonly<Record<string, string>>;

/** What of the pods' specification tests look at. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export interface PodSpec {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: {
    readonly runAsNonRoot: boolean;
    readonly runAsUser: number;
    readonly seccompProfile: { readonly type: string };
  };
  readonly containers: readonly Container[];
  readonly volumes?: readonly {
    readonly name: string;
    readonly configMap?: { readonly name: string };
    readonly secret?: { readonly secretName: string; readonly items?: readonly { readonly key: string }[] };
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
}

interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
  }[];
  readonly securityContext: object;
  readonly resources: { readonly requests: Labels; readonly limits: Labels };
  readonly volumeMounts: readonly { readonly name: string }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

interface Probe {
  readonly httpGet?: { readonly path: string };
}

/** A workload: what starts pods. */
export interface Workload {
  readonly name: string;
  readonly selector: Labels;
  readonly labels: Labels;
  readonly spec: PodSpec;
  /** Volumes that each pod gets one of. */
  readonly claims: readonly string[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly selector?: Labels & { readonly matchLabels?: Labels };
    readonly podSelector?: { readonly matchLabels: Labels };
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly patches?: readonly { readonly path: string }[];
  readonly configMapGenerator?: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly secretGenerator?: readonly { readonly name: string; readonly envs: readonly string[] }[];
}

/** What `kubectl kustomize` makes of a folder, as far as the files here go. */
export interface Kustomized {
  readonly objects: readonly Manifest[];
  /** `Secret slipway`, `Secret slipway/KEY`, `ConfigMap slipway` that are generated. */
  readonly generated: readonly string[];
  /** All that was read. */
  readonly files: readonly string[];
}

/** Reads a folder's kustomization.yaml, what it names, and applies its patches. @param folder from the checkout's root */
export function kustomized(folder: string): Kustomized {
  const own = join(folder, "kustomization.yaml");
  const {
    resources = [],
    patches = [],
    configMapGenerator = [],
    secretGenerator = [],
  }: Kustomization = parse(contentOf(own));
  const [files, objects, generated]: [string[], Manifest[], string[]] = [[own], [], []];
  for (const resource of resources) {
    const path = normalize(join(folder, resource));
    const isFolder = existsSync(join(ROOT, path, "kustomization.yaml"));
    const below = isFolder ? kustomized(path) : { files: [path], objects: manifestsIn(path), generated: [] };
    files.push(...below.files);
    objects.push(...below.objects);
    generated.push(...below.generated);
  }
  for (const { name, files: kept } of configMapGenerator) {
    generated.push(`ConfigMap ${name}`);
    files.push(...kept.map((file) => join(folder, file)));
  }
  for (const { name, envs } of secretGenerator) {
    const lines = envs.flatMap((file) => [...contentOf(join(folder, `${file}.example`)).matchAll(/^(\w+)=/gm)]);
    generated.push(`Secret ${name}`, ...lines.map(([, key]) => `Secret ${name}/${key}`));
    files.push(...envs.map((file) => join(folder, `${file}.example`)));
  }
  for (const { path } of patches) {
    files.push(join(folder, path));
    for (const patch of manifestsIn(join(folder, path))) {
      const at = objects.findIndex(
        ({ kind, metadata }) => kind === patch.kind && metadata.name === patch.metadata.name,
      );
      const patched = objects[at];
      if (patched === undefined) throw new Error(`${path} is for nothing that is there`);
      objects[at] = merged(patched, patch);
    }
  }
  return { objects, generated, files };
}

/** The workloads among objects. */
export function workloadsOf({ objects }: Kustomized): readonly Workload[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    if (spec?.template === undefined) return [];
    const claims = (spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata.name);
    const { template, selector } = spec;
    const labels = template.metadata.labels;
    return [
      { name: `${kind} ${metadata.name}`, selector: selector?.matchLabels ?? {}, labels, spec: template.spec, claims },
    ];
  });
}

/** Whom services, policies and budgets are about. */
export function selectorsOf({ objects }: Kustomized): readonly (readonly [name: string, selector: Labels])[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    if (spec === undefined || spec.template !== undefined) return [];
    const selector = spec.podSelector?.matchLabels ?? spec.selector?.matchLabels ?? spec.selector;
    return selector === undefined ? [] : [[`${kind} ${metadata.name}`, selector] as const];
  });
}

function manifestsIn(file: string): Manifest[] {
  return parseAllDocuments(contentOf(file)).map((document) => document.toJS());
}

/** https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md */
function merged<T>(base: T, patch: unknown): T;
function merged(base: unknown, patch: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(patch)) {
    const rest = patch.filter(({ name }) => !base.some((one) => one.name === name));
    return [...base.map((one) => merged(one, patch.find(({ name }) => name === one.name) ?? {})), ...rest];
  }
  if (!isMapping(base) || !isMapping(patch)) return patch;
  const entries = Object.entries({ ...base, ...patch }).map(([key]) => [
    key,
    key in patch ? merged(base[key], patch[key]) : base[key],
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
