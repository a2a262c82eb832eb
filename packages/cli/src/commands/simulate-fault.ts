import { InvalidArgumentError } from "commander";
import { isVersion, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Fault } from "@mojaloop-versioning/simulator";

const FORM = "write [OPERATION ]KIND[ xTIMES] with a KIND of 503, drop, delay=MS, speaks=V,V or version=V";

/**
 * Reads a fault: `"POST /quotes 503"`, `"drop x2"`, `"PUT /quotes/{ID} version=9.0"`. Without a number of times it is for good.
 * @throws InvalidArgumentError that says how to write it
 */
export function parseFault(text: string): Fault {
  const read = /^(?:((?:GET|POST|PUT|PATCH|DELETE) \/\S*) )?(\S+?)(?: x([1-9]\d{0,8}))?$/.exec(text);
  const [, on, kind = "", times] = read ?? [];
  return {
    ...(on !== undefined && { on: on as Operation }), // a method, a blank and a path, as matched
    times: times === undefined ? Infinity : Number(times),
    ...readKind(kind),
  };
}

function readKind(kind: string): Omit<Fault, "on" | "times"> {
  const [name, value = ""] = kind.split("=");
  if (name === "drop" && kind === name) return { drop: true };
  if (name === "delay" && /^\d{1,6}$/.test(value)) return { delayMs: Number(value) };
  if (name === "version" && isVersion(value)) return { version: value };
  if (name === "speaks") return { speaks: value.split(",").map(versionOf) };
  if (/^[45]\d\d$/.test(kind)) return { status: Number(kind) };
  throw new InvalidArgumentError(FORM);
}

function versionOf(text: string): Version {
  if (!isVersion(text)) throw new InvalidArgumentError(FORM);
  return text;
}
