// Puts the stock browser client of package-lock.json into <out>/META-INF/socket.io-client, each file also compressed.
// Run by Maven: node bundle.mjs <work> <out>. Does nothing when the output was made from the same inputs.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const [work, out] = process.argv.slice(2);
const folder = join(out, "META-INF", "socket.io-client");

const SCRIPTS = ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"];
const FILES = SCRIPTS.flatMap((name) => [name, `${name}.map`]);

const INPUTS = ["package.json", "package-lock.json", ".npmrc", "bundle.mjs"];
const hash = createHash("sha256");
for (const input of INPUTS) hash.update(readFileSync(join(here, input)));
const fingerprint = hash.digest("hex");

const stamp = join(work, "fingerprint");
const complete = [...FILES, "LICENSE", "version"].every((name) => existsSync(join(folder, name)));
if (complete && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint) process.exit(0);

rmSync(work, { recursive: true, force: true });
rmSync(folder, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
mkdirSync(folder, { recursive: true });
for (const input of ["package.json", "package-lock.json", ".npmrc"]) {
  copyFileSync(join(here, input), join(work, input));
}

const windows = process.platform === "win32";
const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
  cwd: work,
  stdio: ["ignore", "inherit", "inherit"],
  shell: windows,
});
if (npm.error || npm.status !== 0) {
  console.error(
    `npm ci failed (${npm.error ? npm.error.message : `status ${npm.status}`}): the browser client comes from npm; ` +
      "npm and a reachable registry are needed once, later builds reuse it");
  process.exit(1);
}

const client = join(work, "node_modules", "socket.io-client");
for (const name of FILES) {
  const body = readFileSync(join(client, "dist", name));
  writeFileSync(join(folder, name), body);
  writeFileSync(join(folder, `${name}.gz`), gzipSync(body, { level: 9 }));
  writeFileSync(join(folder, `${name}.br`), brotliCompressSync(body));
}
copyFileSync(join(client, "LICENSE"), join(folder, "LICENSE"));
writeFileSync(join(folder, "version"), JSON.parse(readFileSync(join(client, "package.json"), "utf8")).version);
writeFileSync(stamp, fingerprint);
