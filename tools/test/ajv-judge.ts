import { Ajv } from "ajv";

import type { Json, JsonObject } from "../specs/document.ts";

/** Judges a value by a component of a document, with an engine that has nothing of ours in it. */
export function createJudge(document: JsonObject): (component: string) => (value: Json) => boolean {
  const ajv = new Ajv({ strict: false, formats: { date: isFullDate } });
  ajv.addSchema({ $id: "document", components: document["components"] });
  return (component) => {
    const validate = ajv.compile({ $ref: `document#/components/schemas/${component}` });
    return (value) => validate(value);
  };
}

// RFC 3339 full-date, told by the calendar instead of a pattern.
function isFullDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
