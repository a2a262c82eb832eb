import { readFileSync } from "node:fs";
import { VersioningError } from "@mojaloop-versioning/protocol";

/** The text of a file that a user named. @throws VersioningError `unreadable-input` */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new VersioningError("unreadable-input", `${file}: cannot be read`, { cause });
  }
}
