import type { Reference } from "../../oci/reference.ts";
import type { Localized, Source } from "../model.ts";
import { inBothLanguages } from "../words.ts";

/** What is to be said of an image at a registry where the configuration says nothing. */
export type Usual = Pick<Source, "name" | "audience" | "page" | "limits" | "hints">;

const ANYWHERE: Source["hints"] = { timeZones: [], languages: [] };
const CHINA: Source["hints"] = { timeZones: ["Asia/Shanghai", "Asia/Urumqi"], languages: ["zh"] };

const anybody = inBothLanguages((words) => words.text("site.audience.anybody"));
const inChina = inBothLanguages((words) => words.text("site.audience.china"));
const abroad = inBothLanguages((words) => words.text("site.audience.abroad"));

/** Registries that people know by name; the first whose host fits. What is said in full is never a bare "ACR". */
const KNOWN: readonly { readonly host: RegExp; readonly usual: (reference: Reference) => Usual }[] = [
  {
    host: /^docker\.io$/,
    usual: ({ repository }) => ({
      name: same("Docker Hub"),
      audience: abroad,
      page: repository.startsWith("library/")
        ? `https://hub.docker.com/_/${repository.slice("library/".length)}`
        : `https://hub.docker.com/r/${repository}`,
      // https://docs.docker.com/docker-hub/usage/
      limits: inBothLanguages((words) => words.text("site.limits.docker-hub")),
      hints: ANYWHERE,
    }),
  },
  {
    // Personal Edition and Enterprise Edition; a region of the mainland begins with cn-, and Hong Kong's is not one.
    host: /(?:^|[.-])cn-(?!hongkong)[a-z0-9-]+\.(?:personal\.)?(?:cr\.)?aliyuncs\.com$/,
    usual: (reference) => ({ ...aliyun(reference), audience: inChina, hints: CHINA }),
  },
  {
    host: /\.aliyuncs\.com$/,
    usual: (reference) => ({ ...aliyun(reference), audience: anybody, hints: ANYWHERE }),
  },
  {
    host: /\.azurecr\.cn$/,
    usual: () => ({ name: same("Azure Container Registry"), audience: inChina, hints: CHINA }),
  },
  {
    host: /\.azurecr\.(?:io|us)$/,
    usual: () => ({ name: same("Azure Container Registry"), audience: anybody, hints: ANYWHERE }),
  },
  {
    host: /^ghcr\.io$/,
    usual: ({ repository }) => ({
      name: same("GitHub Container Registry"),
      audience: anybody,
      // GitHub leads browsers on to the package's page.
      page: `https://ghcr.io/${repository}`,
      hints: ANYWHERE,
    }),
  },
  {
    host: /^quay\.io$/,
    usual: ({ repository }) => ({
      name: same("Quay.io"),
      audience: anybody,
      page: `https://quay.io/repository/${repository}`,
      hints: ANYWHERE,
    }),
  },
];

/** By the registry's host. @param isHarbor whether the configuration says so */
export function usualOf(reference: Reference, isHarbor: boolean): Usual {
  const { registry } = reference;
  const known = KNOWN.find(({ host }) => host.test(registry));
  if (known !== undefined) return known.usual(reference);
  return { name: same(isHarbor ? `Harbor (${registry})` : registry), audience: anybody, hints: ANYWHERE };
}

/** A name that is the same in every language. */
function same(name: string): Localized {
  return { en: name, "zh-CN": name };
}

/** A public image of Personal Edition has a page in the console, for everybody who has an account of Alibaba Cloud. */
function aliyun({ registry, repository }: Reference): Pick<Usual, "name" | "page"> {
  const region = /^registry\.([a-z0-9-]+)\.aliyuncs\.com$/.exec(registry)?.[1];
  const name = inBothLanguages((words) => words.text("site.registry.aliyun"));
  if (region === undefined) return { name };
  return { name, page: `https://cr.console.aliyun.com/images/${region}/${repository}/detail` };
}
