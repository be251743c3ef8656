/** An event as EventSource has it: `data` travels as JSON. */
export interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
  /** What a browser says it had last, when it comes back. */
  readonly id?: string;
}

export interface StreamOptions {
  /** Ends the stream: the asker is gone, or the daemon goes. */
  readonly signal: AbortSignal;
  /** Milliseconds between two comments that keep proxies from ending a silent connection. */
  readonly beat: number;
  /** Asked at each beat: whether whoever reads may still do so. */
  readonly mayGoOn: () => Promise<boolean>;
  /** Called once when it has ended. */
  readonly ended: () => void;
}

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  // nginx buffers what it passes on, unless it is told not to.
  "x-accel-buffering": "no",
};

/**
 * Server-sent events from whatever `produce` sends, which waits for a slow reader. The stream ends when it returns.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(
  options: StreamOptions,
  produce: (send: (event: StreamEvent) => Promise<void>, signal: AbortSignal) => Promise<void>,
): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const gone = new AbortController();
  const signal = AbortSignal.any([options.signal, gone.signal]);
  const encoder = new TextEncoder();
  const write = async (text: string) => {
    if (signal.aborted) return;
    writer.write(encoder.encode(text)).catch(() => gone.abort());
    if ((writer.desiredSize ?? 0) <= 0) await settled(writer.ready, signal);
  };
  writer.closed.catch(() => gone.abort());
  const beats = setInterval(async () => {
    const mayGoOn = await options.mayGoOn().catch(() => true);
    if (!mayGoOn) gone.abort();
    else if ((writer.desiredSize ?? 0) > 0) await write(":\n\n");
  }, options.beat);
  const run = async () => {
    try {
      await write("retry: 3000\n\n");
      await produce((event) => write(format(event)), signal);
    } catch {
      // Whoever reads comes back, and is told then what is wrong.
    } finally {
      clearInterval(beats);
      gone.abort();
      options.ended();
      writer.close().catch(() => undefined);
    }
  };
  void run();
  return new Response(readable, { headers: HEADERS });
}

/** Resolves when a promise is settled, or when it is aborted: a reader that has stopped reading must not hold anything up. */
function settled(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener("abort", done);
      resolve();
    };
    signal.addEventListener("abort", done);
    promise.then(done, done);
  });
}

/** JSON has no line breaks outside of its texts, and writes those inside as `\n`. */
function format({ event, data, id }: StreamEvent): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
