// Puts the browser bundles of package-lock.json into <out>/vendor. Run by Maven: node bundle.mjs <work> <out>.
// Does nothing when the output was made from the same lock file and script.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [work, out] = process.argv.slice(2);
const vendor = join(out, "vendor");

const FILES = {
  "socket.io.min.js": "socket.io-client/dist/socket.io.min.js",
  "socket.io.min.js.map": "socket.io-client/dist/socket.io.min.js.map",
  "socket.io.esm.min.js": "socket.io-client/dist/socket.io.esm.min.js",
  "socket.io.esm.min.js.map": "socket.io-client/dist/socket.io.esm.min.js.map",
  "socket.io-client.LICENSE.txt": "socket.io-client/LICENSE",
};

const INPUTS = ["package.json", "package-lock.json", ".npmrc", "bundle.mjs"];
const hash = createHash("sha256");
for (const input of INPUTS) hash.update(readFileSync(join(here, input)));
const fingerprint = hash.digest("hex");

const stamp = join(work, "fingerprint");
const complete = Object.keys(FILES).every((name) => existsSync(join(vendor, name)));
if (complete && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint) process.exit(0);

rmSync(work, { recursive: true, force: true });
rmSync(vendor, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
mkdirSync(vendor, { recursive: true });
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
    `npm ci failed (${npm.error ? npm.error.message : `status ${npm.status}`}): the browser bundles come from npm; ` +
      "npm and a reachable registry are needed once, later builds reuse them");
  process.exit(1);
}

for (const [name, source] of Object.entries(FILES)) {
  copyFileSync(join(work, "node_modules", source), join(vendor, name));
}
writeFileSync(stamp, fingerprint);
