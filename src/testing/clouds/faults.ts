import type { CloudAnswer, ServiceName } from "./service.ts";

export interface CloudFault {
  readonly service: ServiceName;
  /** How many requests it strikes. Default: every one. */
  readonly times?: number;
  /** What is answered; `cut`: the connection closes without a word. */
  readonly answer: CloudAnswer | "cut";
}

/** What goes wrong, switched on by a test. */
export class CloudFaults {
  readonly #armed = new Set<{ readonly fault: CloudFault; left: number }>();

  add(fault: CloudFault): void {
    this.#armed.add({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#armed.clear();
  }

  strike(service: ServiceName): CloudFault["answer"] | undefined {
    for (const one of this.#armed) {
      if (one.fault.service !== service || one.left === 0) continue;
      one.left -= 1;
      return one.fault.answer;
    }
    return undefined;
  }
}
