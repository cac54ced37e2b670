// Installs the clients of package-lock.json and copies the scripts beside them.
// Run by Maven: node install.mjs <target>. Installs nothing when the lock file is the installed one.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
const installedLock = join(target, "node_modules", "installed-lock.json");
const lock = readFileSync(join(here, "package-lock.json"), "utf8");

mkdirSync(target, { recursive: true });
for (const file of readdirSync(here)) copyFileSync(join(here, file), join(target, file));
if (existsSync(installedLock) && readFileSync(installedLock, "utf8") === lock) process.exit(0);

const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
  cwd: target,
  stdio: ["ignore", "inherit", "inherit"],
});
if (npm.error || npm.status !== 0) {
  console.error(`npm ci failed: ${npm.error ? npm.error.message : `status ${npm.status}`}`);
  process.exit(1);
}
copyFileSync(join(here, "package-lock.json"), installedLock);
