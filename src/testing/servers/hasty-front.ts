import { connect, createServer, type Socket } from "node:net";

export interface HastyFrontOptions {
  /** What is behind it, on this machine. */
  readonly port: number;
  /** A connection closes so many milliseconds after an answer, at most; how many is left to chance. */
  readonly patience: number;
}

export interface HastyFront extends AsyncDisposable {
  readonly host: string;
  /** Connections that were closed while nothing was asked over them, as far as could be seen from here. */
  readonly closed: number;
}

/** Closes connections that have nothing to do so soon that requests meet them while they are being closed. */
export async function startHastyFront({ port, patience }: HastyFrontOptions): Promise<HastyFront> {
  const sockets = new Set<Socket>();
  let closed = 0;
  const server = createServer({ noDelay: true }, (client) => {
    const far = connect({ port, host: "127.0.0.1", noDelay: true });
    let timer: NodeJS.Timeout | undefined;
    const close = () => {
      clearTimeout(timer);
      client.destroy();
      far.destroy();
    };
    const tire = () => {
      closed += 1;
      close();
    };
    for (const socket of [client, far]) {
      sockets.add(socket);
      socket.on("error", close).on("close", close);
      socket.once("close", () => sockets.delete(socket));
    }
    client.on("data", (bytes) => {
      clearTimeout(timer);
      far.write(bytes);
    });
    far.on("data", (bytes) => {
      clearTimeout(timer);
      client.write(bytes);
      timer = setTimeout(tire, Math.random() * patience);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the front has no port");
  return {
    host: `127.0.0.1:${address.port}`,
    get closed() {
      return closed;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
