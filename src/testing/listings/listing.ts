import type { Answer, Incoming } from "../registry/answer.ts";
import type { State } from "../registry/state.ts";
import { azureTags } from "./azure.ts";
import { hubTags } from "./docker-hub.ts";
import { harbor } from "./harbor.ts";
import type { ListingOptions } from "./options.ts";
import { quayTags } from "./quay.ts";
import type { Question } from "./question.ts";

const APIS: Readonly<Record<ListingOptions["kind"], (question: Question) => Answer>> = {
  acr: azureTags,
  "docker-hub": hubTags,
  harbor,
  quay: quayTags,
};

/** What the registry's own API answers; 404 where it has none. */
export function listing(state: State, incoming: Incoming, guard: Question["guard"]): Answer {
  const options = state.options.listing;
  return options === undefined ? { status: 404 } : APIS[options.kind]({ state, options, incoming, guard });
}
