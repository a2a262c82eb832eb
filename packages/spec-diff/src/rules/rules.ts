import { ANNOTATION_CHANGES } from "./annotation-changes.ts";
import { DUPLICATE_RULES, VERSION_RULES } from "./document-rules.ts";
import { CAPS, LEVELS, levelOf } from "./levels.ts";
import { OPERATION_LIFECYCLE_RULES, PARAMETER_LIFECYCLE_RULES } from "./lifecycle-rules.ts";
import { REQUEST_BODY_RULES, RESPONSE_RULES } from "./message-rules.ts";
import { MEMBER_CHANGES, OBJECT_CHANGES } from "./object-changes.ts";
import { CALLBACK_RULES, METADATA_RULES, OPERATION_RULES } from "./operation-rules.ts";
import { PARAMETER_RULES } from "./parameter-rules.ts";
import { PLACES, type MemberFacts, type Place } from "./places.ts";
import { memberRuleId, schemaRuleId } from "./rule-ids.ts";
import type { Rule } from "./rule.ts";
import type { SchemaChange } from "./schema-change.ts";
import { COMPONENT_RULES, SECURITY_RULES } from "./security-rules.ts";
import { STRUCTURE_CHANGES } from "./structure-changes.ts";
import { VALUE_CHANGES } from "./value-changes.ts";

/** Every change of a schema, without the place where it happens. */
export const SCHEMA_CHANGES: readonly SchemaChange[] = [
  ...VALUE_CHANGES,
  ...OBJECT_CHANGES,
  ...STRUCTURE_CHANGES,
  ...ANNOTATION_CHANGES,
];

const MEMBER_CHANGE_NAMES: ReadonlySet<string> = new Set(MEMBER_CHANGES.map(({ name }) => name));

/** Whether a change is one of the listed members of an object. */
export function isMemberChange(name: string): boolean {
  return MEMBER_CHANGE_NAMES.has(name);
}

const NAMED = { required: false, readOnly: false, writeOnly: false, hasDefault: false };

/** The kinds of member for which an id may differ. */
const MEMBERS: readonly MemberFacts[] = [false, true].flatMap((required) => [
  { ...NAMED, required },
  { ...NAMED, required, hasDefault: true },
  { ...NAMED, required, readOnly: true },
  { ...NAMED, required, writeOnly: true },
]);

/** Every rule, by id. */
export const RULES: ReadonlyMap<string, Rule> = new Map(allRules().map((rule) => [rule.id, rule]));

function allRules(): Rule[] {
  return [
    ...PLACES.flatMap((place) => rulesAt(place)),
    ...OPERATION_RULES,
    ...METADATA_RULES,
    ...OPERATION_LIFECYCLE_RULES,
    ...PARAMETER_RULES,
    ...PARAMETER_LIFECYCLE_RULES,
    ...REQUEST_BODY_RULES,
    ...RESPONSE_RULES,
    ...SECURITY_RULES,
    ...COMPONENT_RULES,
    ...CALLBACK_RULES,
    ...DUPLICATE_RULES,
    ...VERSION_RULES,
  ];
}

function rulesAt(place: Place): Rule[] {
  const rules = new Map<string, Rule>();
  for (const facts of MEMBERS) {
    for (const change of SCHEMA_CHANGES)
      add(rules, place, change, (name) => schemaRuleId(place, name, facts));
    for (const change of MEMBER_CHANGES)
      add(rules, place, change, (name) => memberRuleId(place, name, facts));
  }
  return [...rules.values()];
}

function add(
  rules: Map<string, Rule>,
  place: Place,
  change: SchemaChange,
  idOf: (name: string) => string,
): void {
  const id = idOf(change.name);
  if (rules.has(id)) return;
  const { effect, text, mirror, detectedIn } = change;
  const level = id.startsWith("request-read-only-") ? "info" : (LEVELS.get(id) ?? levelOf(place, effect));
  const cap = CAPS.get(id);
  rules.set(id, { id, level, effect, text, mirror: idOf(mirror), detectedIn, ...(cap && { cap }) });
}
