import { failure, type SlipwayError } from "../../words/error.ts";
import { shownUrl } from "./address.ts";
import { expiryOfSas, permissionsOfSas } from "./sas.ts";

/**
 * Why a SAS URL gives nothing to read, as far as it says so itself: it has ended, or permits no reading. Undefined where
 * it does not say, or is no URL. https://learn.microsoft.com/rest/api/storageservices/create-service-sas
 * @returns AZURE_SAS_EXPIRED or AZURE_SAS_LACKS_READ, without the signature
 */
export function sasProblem(text: string, now = new Date()): SlipwayError | undefined {
  const url = URL.parse(text.trim());
  if (url === null) return undefined;
  const [expiry, permissions] = [expiryOfSas(url.href), permissionsOfSas(url.href)];
  if (expiry !== undefined && expiry <= now) {
    return failure("AZURE_SAS_EXPIRED", { url: shownUrl(url), date: expiry.toISOString() });
  }
  if (permissions !== undefined && !permissions.includes("r")) {
    return failure("AZURE_SAS_LACKS_READ", { url: shownUrl(url), permissions });
  }
  return undefined;
}
