import type { Body, Sink } from "../../target/target.ts";
import type { Answer, Request } from "./exchange.ts";
import { gather } from "./gather.ts";

/** What a body has to move at least, while it is the other side that is waited for. */
export interface MinimumPace {
  /** 0: whatever it likes. */
  readonly bytesPerSecond: number;
  /** Milliseconds of waiting over which the average is taken. */
  readonly window: number;
  /** What the attempt fails with. @param bytesPerSecond what it was */
  readonly fail: (bytesPerSecond: number) => Error;
}

/** Counts bytes and the time that was waited for them; fails where both say that it crawls. */
class Meter {
  readonly #pace: MinimumPace;
  #bytes = 0;
  #waited = 0;

  constructor(pace: MinimumPace) {
    this.#pace = pace;
  }

  /** @param waited milliseconds @throws what the pace fails with, once a whole window was too slow */
  moved(bytes: number, waited: number): void {
    this.#bytes += bytes;
    this.#waited += waited;
    if (this.#waited < this.#pace.window) return;
    const rate = (this.#bytes / this.#waited) * 1000;
    if (rate < this.#pace.bytesPerSecond) throw this.#pace.fail(Math.round(rate));
    this.#bytes = 0;
    this.#waited = 0;
  }
}

/** The request with a body that fails where it is taken too slowly; the time of its giver does not count. */
export function pacedRequest(request: Request, pace: MinimumPace): Request {
  const { body } = request;
  if (pace.bytesPerSecond === 0 || body === undefined || body instanceof Uint8Array) return request;
  const open: Body = (sink, options) => body.open(takenBy(sink, new Meter(pace)), options);
  return { ...request, body: { length: body.length, open } };
}

/** The sink's promise is the receiver's time. */
function takenBy(sink: Sink, meter: Meter): Sink {
  return (chunk) => {
    const since = performance.now();
    return sink(chunk)?.then(() => meter.moved(chunk.byteLength, performance.now() - since));
  };
}

/** The answer with a body that fails where it comes too slowly; the time of the sink that takes it does not count. */
export function pacedAnswer(answer: Answer, pace: MinimumPace): Answer {
  if (pace.bytesPerSecond === 0) return answer;
  const read = (sink: Sink) => answer.read(givenTo(sink, new Meter(pace)));
  return {
    status: answer.status,
    header: (name) => answer.header(name),
    read,
    bytes: (limit) => gather(read, limit),
    drop: () => answer.drop(),
  };
}

function givenTo(sink: Sink, meter: Meter): Sink {
  let since = performance.now();
  return (chunk) => {
    const now = performance.now();
    meter.moved(chunk.byteLength, now - since);
    since = now;
    return sink(chunk)?.then(() => {
      since = performance.now();
    });
  };
}
