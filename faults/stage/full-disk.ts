/**
 * A module for `node --import`: after DISK_BYTES bytes, every write to a file fails with DISK_ERROR, as it does on a disk
 * that is full or dying. It needs no rights, which a small file system of its own would.
 */
export const FULL_DISK = `
import { open } from "node:fs/promises";

const handle = await open(new URL(import.meta.url).pathname);
const files = Object.getPrototypeOf(handle);
await handle.close();
let left = Number(process.env.DISK_BYTES);
for (const name of ["write", "writev", "writeFile", "appendFile"]) {
  const write = files[name];
  files[name] = function (content, ...rest) {
    left -= Array.isArray(content) ? content.reduce((sum, part) => sum + part.byteLength, 0) : content.length;
    if (left >= 0) return write.call(this, content, ...rest);
    const code = process.env.DISK_ERROR;
    return Promise.reject(Object.assign(new Error(code + ": the disk fails, write"), { code, syscall: "write" }));
  };
}
`;
