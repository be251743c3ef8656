import { randomBytes } from "node:crypto";
import type { Instant } from "./records.ts";

/**
 * Makes UUIDs of version 7 (RFC 9562, 5.7), each greater than the one before, also within one millisecond and when the
 * clock goes back: the 12 bits behind the time count on (6.2, method 1).
 */
export class Ids {
  #at = 0;
  #count = 0;

  next(at: Instant): string {
    this.#count += 1;
    if (at > this.#at || this.#count > 0xfff) {
      this.#at = Math.max(at, this.#at + 1);
      this.#count = 0;
    }
    const time = this.#at.toString(16).padStart(12, "0");
    const bits = randomBytes(8);
    bits.writeUInt8((bits.readUInt8(0) & 0x3f) | 0x80, 0);
    const random = bits.toString("hex");
    const count = this.#count.toString(16).padStart(3, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`;
  }
}
