import type { ComposeForm } from "./compose/form.ts";

/** A text in the languages of the pages; where one is left out, the other stands in. */
export interface Localized {
  readonly en: string;
  readonly "zh-CN": string;
}

/** What becomes of a source: an active one is offered, a paused one is shown with its reason, a retired one is nowhere. */
export type SourceState =
  | { readonly kind: "active" }
  | { readonly kind: "degraded"; readonly reason: Localized; readonly since?: string }
  | { readonly kind: "paused"; readonly reason: Localized; readonly since?: string };

/** A place that deployers can pull the image from, as pages show it: nothing in it is secret. */
export interface Source {
  /** The registry's name in the configuration: `aliyun`. */
  readonly id: string;
  /** `阿里云容器镜像服务（ACR）`: in full, as people know it. */
  readonly name: Localized;
  /** Without tag, as it is written into a compose file: `registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode`. */
  readonly image: string;
  /** Whom it is for: `国内用户`. */
  readonly audience: Localized;
  readonly note?: Localized;
  /** The registry's page of the image, for people. */
  readonly page?: string;
  /** What the maintainer says where nothing is measured: 1 to 5. */
  readonly speed?: number;
  readonly stability?: number;
  /** How often it is brought in step, milliseconds. Left out: it is the origin, or nothing is planned. */
  readonly every?: number;
  readonly isOrigin: boolean;
  /** Known limits: `100 pulls in 6 hours without an account`. */
  readonly limits?: Localized;
  /** For whom it is the first choice, as far as a browser tells before anything is measured. */
  readonly hints: { readonly timeZones: readonly string[]; readonly languages: readonly string[] };
  /** What the page may ask to measure the way there: `https://registry.example/v2/`. Left out: it is not measured. */
  readonly probe?: string;
  readonly state: SourceState;
  /** Addresses that are kept no more, and that this source stands in place of: for those who come with one of them. */
  readonly replaces?: readonly { readonly image: string; readonly since?: string; readonly reason?: Localized }[];
}

/** A question that people ask, with its answer. */
export interface Question {
  /** Letters, digits and dashes: for links to it. The usual ones: choose, late, switch, verify, digests, limits. */
  readonly id: string;
  /** Plain. */
  readonly question: Localized;
  /** Paragraphs, code and links, as `proseOf` (`prose.ts`) reads them. */
  readonly answer: Localized;
}

/** All that the pages show: `site.json` beside them. Made by `slipway site build`, from the configuration. */
export interface SiteData {
  readonly version: 1;
  readonly name: string;
  readonly title: Localized;
  readonly tagline?: Localized;
  /** The project's own page, docs, chat, …: in the navigation, before those of the registries. */
  readonly links: readonly { readonly label: Localized; readonly url: string }[];
  /** Active ones, degraded and paused ones; in the order of the configuration. */
  readonly sources: readonly Source[];
  readonly faq: readonly Question[];
  /** Tags to choose from, the usual one first. */
  readonly tags: readonly string[];
  /** Left out: the site has no builder. */
  readonly compose?: ComposeForm;
  /** Where `status.json` is, from the page on or as an address; the pages ask for it as they are opened. */
  readonly status?: string;
}
