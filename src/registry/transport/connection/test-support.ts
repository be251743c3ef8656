import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** A folder that goes away. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "slipway-connection-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Starts a server of Node's on a free port of this machine. */
export async function listening<S extends Server>(server: S) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    server,
    port: address.port,
    host: `127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      if ("closeAllConnections" in server && typeof server.closeAllConnections === "function")
        server.closeAllConnections();
      server.close();
    },
  };
}

/** nginx serving `server` (the inside of a server block) over TLS with the authority's certificate for this machine. */
export async function startNginx(folder: string, server: string) {
  const port = await freePort();
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; events {} http { access_log off;
      client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u;
      scgi_temp_path ${folder}/s; server { listen 127.0.0.1:${port} ssl; ssl_certificate ${folder}/server.pem;
      ssl_certificate_key ${folder}/server.key; ${server} location / { return 200 "hello"; } } }`,
  );
  return await running("nginx", ["-p", folder, "-e", `${folder}/nginx.log`, "-c", join(folder, "nginx.conf")], port);
}

/** tinyproxy with the given further lines of configuration. */
export async function startTinyproxy(folder: string, lines: readonly string[] = []) {
  const port = await freePort();
  const file = join(folder, `tinyproxy-${port}.conf`);
  await writeFile(file, ["Listen 127.0.0.1", `Port ${port}`, "Timeout 10", "Allow 127.0.0.1", ...lines, ""].join("\n"));
  return await running("tinyproxy", ["-d", "-c", file], port);
}

/** PEM texts of a private authority with a certificate for localhost, one for elsewhere, and one for a client. */
export async function makeAuthority(folder: string) {
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const make = async (name: string, names: string, ...signing: readonly string[]) => {
    const out = ["-keyout", `${name}.key`, "-out", `${name}.pem`, "-subj", `/CN=${name}`];
    await tool(
      "openssl",
      [...request, ...out, ...(names ? ["-addext", `subjectAltName=${names}`] : []), ...signing],
      folder,
    );
    const read = (file: string) => readFile(join(folder, file), "utf8");
    return { cert: await read(`${name}.pem`), key: await read(`${name}.key`) };
  };
  const { cert: ca } = await make("ca", "");
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE"];
  return {
    ca,
    server: await make("server", "IP:127.0.0.1,DNS:localhost", ...signed),
    elsewhere: await make("elsewhere", "DNS:elsewhere.example", ...signed),
    client: await make("client", "", ...signed),
  };
}

async function running(command: string, args: readonly string[], port: number) {
  const child = spawn(command, args, { stdio: "ignore" });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", () => reject(new Error(`${command} is missing: apt-get install ${command}`)));
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code}`)));
  });
  failed.catch(() => {});
  await Promise.race([failed, answers(port)]);
  return {
    port,
    host: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null && child.kill()) await ended;
    },
  };
}

async function answers(port: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port }, () => resolve(true)).on("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await sleep(20);
  }
  throw new Error(`nobody listens on ${port}`);
}

async function freePort(): Promise<number> {
  await using free = await listening(createServer());
  return free.port;
}

async function tool(command: string, args: readonly string[], cwd: string): Promise<void> {
  await promisify(execFile)(command, args, { cwd }).catch((error) => {
    if (error.code === "ENOENT") throw new Error(`${command} is missing: apt-get install ${command}`);
    throw error;
  });
}
