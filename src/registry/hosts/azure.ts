import { azureListing } from "../listings/azure.ts";
import type { HostRule } from "./rule.ts";

/** Azure Container Registry, in all of Azure's clouds. https://learn.microsoft.com/azure/container-registry/ */
export const azure: HostRule = {
  matches: (host) => /\.azurecr\.(io|cn|us)$/.test(host),
  listing: azureListing,
};
