import { z } from "zod";

const FieldError = z.object({
  resource: z.string().optional(),
  field: z.string().optional(),
  code: z.string().optional(),
  message: z.string().nullish(),
});

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
const Body = z.object({
  message: z.string(),
  errors: z.array(z.union([z.string(), FieldError])).optional(),
});

export interface ErrorBody {
  /** In GitHub's words, on one line. */
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

const MOST_CHARACTERS = 500;

/** What GitHub says went wrong; anything but its JSON, such as a page of HTML, says nothing. */
export function readErrorBody(data: unknown): ErrorBody {
  const body = Body.safeParse(data);
  if (!body.success) return { detail: "no reason given", errors: [] };
  const errors = (body.data.errors ?? []).map((error) =>
    typeof error === "string"
      ? { field: "", code: "custom", message: error }
      : { field: error.field ?? "", code: error.code ?? "", message: error.message ?? "" },
  );
  const parts = [body.data.message, ...errors.map(describe)];
  return { detail: parts.join("; ").replace(/\s+/g, " ").slice(0, MOST_CHARACTERS), errors };
}

function describe({ field, code, message }: ErrorBody["errors"][number]): string {
  if (message !== "") return message;
  return field === "" ? code : `${field}: ${code}`;
}
