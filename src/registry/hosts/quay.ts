import { quayListing } from "../listings/quay.ts";
import type { HostRule } from "./rule.ts";

/** Red Hat's Quay. Nothing tells other instances of it but a person. https://docs.quay.io */
export const quay: HostRule = {
  matches: (host) => host === "quay.io",
  listing: quayListing,
};
