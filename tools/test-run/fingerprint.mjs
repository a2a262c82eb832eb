// Prints which programs and services this machine has: part of the cache key of every test, so that a result from a machine
// without redis-server is not taken for the result of a machine that has it. Plain JavaScript: nx runs it before anything is built.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const programs = Object.keys(JSON.parse(readFileSync(new URL("programs.json", import.meta.url), "utf8")));
const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
for (const name of programs) {
  const found = folders.some(
    (folder) => existsSync(join(folder, name)) || existsSync(join(folder, `${name}.exe`)),
  );
  console.log(name, found);
}
// A service that runs elsewhere is named by its address.
for (const name of [
  "KAFKA_BOOTSTRAP",
  "MARIADB_URL",
  "MYSQL_URL",
  "REDIS_URL",
  "REGISTRY_URL",
  "KUBECONFIG",
]) {
  console.log(name, process.env[name] ?? "");
}
// Services that were installed into the cache.
const cache = join(homedir(), ".cache", "mojaloop-versioning");
console.log(existsSync(cache) ? readdirSync(cache).sort().join(" ") : "");
