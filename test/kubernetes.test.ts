import assert from "node:assert/strict";
import { describe, test } from "node:test";
import manifest from "../package.json" with { type: "json" };
import { contentOf, filesOf } from "./house/sources.ts";
import { kustomized, type PodSpec, selectorsOf, workloadsOf } from "./support/kubernetes.ts";
import { Workplace } from "./support/workplace.ts";

const BASE = "deploy/kubernetes/base";
const IMAGE = `ghcr.io/your-org/slipway:${manifest.version}`;

/** What there is besides what both ways share. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  single: ["PersistentVolumeClaim slipway"],
  scaled: [
    "Deployment slipway-worker",
    "NetworkPolicy slipway-postgres",
    "NetworkPolicy slipway-to-postgres",
    "PodDisruptionBudget slipway-worker",
    "Service slipway-postgres",
    "StatefulSet slipway-postgres",
  ],
};
const SHARED = [
  "Deployment slipway",
  "Namespace slipway",
  "NetworkPolicy slipway",
  "NetworkPolicy slipway-pages",
  "Service slipway",
  "ServiceAccount slipway",
];

/** What pods take from elsewhere: `ConfigMap slipway`, `Secret slipway/SLIPWAY_TOKEN`. */
function wantedBy({ volumes = [], containers, serviceAccountName }: PodSpec): readonly string[] {
  const secretKey = (name: string, key: string) => `Secret ${name}/${key}`;
  return [
    ...volumes.flatMap(({ configMap }) => (configMap ? [`ConfigMap ${configMap.name}`] : [])),
    ...volumes.flatMap(({ secret }) => (secret ? [`Secret ${secret.secretName}`] : [])),
    ...volumes.flatMap(({ secret }) =>
      (secret?.items ?? []).map(({ key }) => secretKey(secret?.secretName ?? "", key)),
    ),
    ...volumes.flatMap(({ persistentVolumeClaim: claim }) =>
      claim ? [`PersistentVolumeClaim ${claim.claimName}`] : [],
    ),
    ...containers
      .flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []))
      .map(({ name, key }) => secretKey(name, key)),
    ...(serviceAccountName === undefined ? [] : [`ServiceAccount ${serviceAccountName}`]),
  ];
}

function isMatched(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

for (const [way, own] of Object.entries(WAYS)) {
  describe(`deploy/kubernetes/${way}`, () => {
    const built = kustomized(`deploy/kubernetes/${way}`);
    const names = built.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const workloads = workloadsOf(built);

    test("it is made of what it is said to be made of", () => {
      assert.deepEqual(names.toSorted(), [...SHARED, ...own].sort());
    });

    test("all that a pod takes from elsewhere is there, and what it mounts is declared", () => {
      for (const { name, spec, claims } of workloads) {
        const offered = [...names, ...built.generated];
        assert.deepEqual(
          wantedBy(spec).filter((wanted) => !offered.includes(wanted)),
          [],
          name,
        );
        const declared = [...(spec.volumes ?? []).map((volume) => volume.name), ...claims];
        const mounts = spec.containers.flatMap(({ volumeMounts }) => volumeMounts.map((mount) => mount.name));
        assert.deepEqual(mounts.toSorted(), declared.toSorted(), name);
      }
    });

    test("a workload finds its own pods, and every other selector some", () => {
      for (const { name, selector, labels } of workloads) {
        const found = workloads.filter((other) => isMatched(selector, other.labels));
        assert.deepEqual([found.map((other) => other.name), Object.keys(labels).length > 0], [[name], true]);
      }
      for (const [name, selector] of selectorsOf(built)) {
        assert.ok(Object.keys(selector).length > 0, name);
        assert.ok(
          workloads.some(({ labels }) => isMatched(selector, labels)),
          name,
        );
      }
    });

    test("nobody is root, nothing of an image is written to, and memory has bounds", () => {
      for (const { name, spec } of workloads) {
        assert.equal(spec.automountServiceAccountToken, false, name);
        assert.ok(spec.securityContext.runAsNonRoot && spec.securityContext.runAsUser > 0, name);
        assert.deepEqual(spec.securityContext.seccompProfile, { type: "RuntimeDefault" }, name);
        for (const { securityContext, resources } of spec.containers) {
          const capabilities = { drop: ["ALL"] };
          const closed = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities };
          assert.deepEqual(securityContext, closed, name);
          assert.ok(resources.requests.memory !== undefined && resources.limits.memory !== undefined, name);
        }
      }
    });

    test("one image of Slipway, of this version, with its commands, and probes where it answers", () => {
      const ours = workloads.flatMap(({ spec }) => spec.containers).filter(({ image }) => image.includes("slipway"));
      const commands = way === "single" ? ["serve"] : ["serve", "worker"];
      assert.deepEqual(
        ours.map(({ image, args }) => [image, args?.[0]]),
        commands.map((command) => [IMAGE, command]),
      );
      const probes = ours.flatMap((one) => [one.startupProbe, one.livenessProbe, one.readinessProbe]);
      assert.deepEqual(
        probes.flatMap((probe) => probe?.httpGet?.path ?? []),
        ["/healthz", "/healthz", "/readyz"],
      );
    });
  });
}

test("the configuration for Kubernetes is one, and every secret that it reads is a line of secrets.env.example", async () => {
  const secrets = kustomized(BASE).generated;
  const config = contentOf(`${BASE}/slipway.yaml`);
  const read = [...config.matchAll(/\$\{file:\/run\/secrets\/slipway\/(\w+)\}/g)].map(
    ([, key]) => `Secret slipway/${key}`,
  );
  assert.ok(read.length > 0);
  assert.deepEqual(
    read.filter((name) => !secrets.includes(name)),
    [],
  );
  await using workplace = await Workplace.with({ "slipway.yaml": config.replaceAll(/\$\{file:[^}]+\}/g, "text") });
  const checked = await workplace.slipway(["config", "check"]);
  assert.equal(checked.code, 0, checked.stderr);
});

test("every file of deploy/kubernetes is used", () => {
  const used = Object.keys(WAYS).flatMap((way) => kustomized(`deploy/kubernetes/${way}`).files);
  used.push(`${BASE}/secrets.env`); // somebody's own
  assert.deepEqual(
    filesOf("deploy/kubernetes/**").filter((file) => !used.includes(file)),
    [],
  );
});
