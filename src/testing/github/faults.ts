import type { OperationId } from "./operation.ts";

/** What goes wrong with a request. */
export type GitHubFault =
  /** Answers this, and does nothing of what was asked. Without a body it is a page of HTML, as GitHub's own 5xx are. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** 403 with the words of the secondary limit, and nothing is done. */
  | { readonly kind: "secondary-limit"; readonly retryAfterSeconds?: number }
  /** 403 because no requests are left until then. */
  | { readonly kind: "primary-limit"; readonly resetsInSeconds: number }
  /** The connection closes before anything is done. */
  | { readonly kind: "cut-before" }
  /** All is done as asked, and the connection closes without an answer. */
  | { readonly kind: "cut-after" }
  /** All is done as asked; so many bytes of the answer's body arrive. */
  | { readonly kind: "cut-answer"; readonly afterBytes: number }
  /** All is done as asked, and the answer's body is this. */
  | { readonly kind: "body"; readonly body: string; readonly contentType?: string }
  /** An upload is answered by 502 and leaves an empty asset in state `starter`. */
  | { readonly kind: "starter" }
  /** An upload keeps other bytes than were sent, and their digest. */
  | { readonly kind: "wrong-bytes" }
  /** Nothing happens for so long; nor later, where the client has left by then. */
  | { readonly kind: "slow"; readonly milliseconds: number };

export interface GitHubFaultRule {
  readonly operation?: OperationId;
  readonly method?: string;
  /** Tried on the path with its query. */
  readonly path?: RegExp;
  /** How many of the requests that match it strikes: the first so many. Default: each. */
  readonly times?: number;
  /** How many of the requests that match pass before it strikes. Default 0. */
  readonly after?: number;
  readonly fault: GitHubFault;
}

/** A rule that was added. */
export interface ArmedFault {
  /** How often it struck. */
  readonly hits: number;
  remove(): void;
}

/** What a rule looks at. */
export interface Struck {
  readonly operation: OperationId | undefined;
  readonly method: string;
  readonly path: string;
}

/** The script of what goes wrong. */
export class GitHubFaults {
  readonly #rules = new Set<{ readonly rule: GitHubFaultRule; seen: number; hits: number }>();

  add(rule: GitHubFaultRule): ArmedFault {
    const armed = { rule, seen: 0, hits: 0 };
    this.#rules.add(armed);
    return {
      get hits() {
        return armed.hits;
      },
      remove: () => this.#rules.delete(armed),
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The faults of a request; counts it. */
  strike(request: Struck): readonly GitHubFault[] {
    const faults: GitHubFault[] = [];
    for (const armed of this.#rules) {
      const { after = 0, times = Number.POSITIVE_INFINITY, fault } = armed.rule;
      if (!matches(armed.rule, request)) continue;
      armed.seen += 1;
      if (armed.seen <= after || armed.hits >= times) continue;
      armed.hits += 1;
      faults.push(fault);
    }
    return faults;
  }
}

function matches(rule: GitHubFaultRule, { operation, method, path }: Struck): boolean {
  return (
    (rule.operation === undefined || rule.operation === operation) &&
    (rule.method === undefined || rule.method === method) &&
    (rule.path === undefined || rule.path.test(path))
  );
}
