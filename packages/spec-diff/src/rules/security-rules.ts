import { rulesDetectedIn, type Rule } from "./rule.ts";

/** Security requirements and security schemes. */
export const SECURITY_RULES: readonly Rule[] = rulesDetectedIn("operations/security.ts", [
  {
    id: "api-security-added",
    level: "info",
    effect: "none",
    text: "security alternative added",
    mirror: "api-security-removed",
  },
  {
    id: "api-security-removed",
    level: "info",
    effect: "depends",
    text: "security alternative removed",
    mirror: "api-security-added",
  },
  {
    id: "api-security-scope-added",
    level: "info",
    effect: "depends",
    text: "scope required",
    mirror: "api-security-scope-removed",
  },
  {
    id: "api-security-scope-removed",
    level: "info",
    effect: "none",
    text: "scope no longer required",
    mirror: "api-security-scope-added",
  },
  {
    id: "api-global-security-added",
    level: "info",
    effect: "none",
    text: "security alternative added for all operations",
    mirror: "api-global-security-removed",
  },
  {
    id: "api-global-security-removed",
    level: "info",
    effect: "depends",
    text: "security alternative removed for all operations",
    mirror: "api-global-security-added",
  },
  {
    id: "api-global-security-scope-added",
    level: "info",
    effect: "depends",
    text: "scope required for all operations",
    mirror: "api-global-security-scope-removed",
  },
  {
    id: "api-global-security-scope-removed",
    level: "info",
    effect: "none",
    text: "scope no longer required for all operations",
    mirror: "api-global-security-scope-added",
  },
  {
    id: "api-security-component-added",
    level: "info",
    effect: "none",
    text: "security scheme added",
    mirror: "api-security-component-removed",
  },
  {
    id: "api-security-component-removed",
    level: "info",
    effect: "none",
    text: "security scheme removed",
    mirror: "api-security-component-added",
  },
  {
    id: "api-security-component-type-changed",
    level: "info",
    effect: "none",
    text: "type of the security scheme changed",
    mirror: "api-security-component-type-changed",
  },
  {
    id: "api-security-component-oauth-url-changed",
    level: "info",
    effect: "none",
    text: "authorization URL changed",
    mirror: "api-security-component-oauth-url-changed",
  },
  {
    id: "api-security-component-oauth-token-url-changed",
    level: "info",
    effect: "none",
    text: "token URL changed",
    mirror: "api-security-component-oauth-token-url-changed",
  },
  {
    id: "api-security-component-oauth-scope-added",
    level: "info",
    effect: "none",
    text: "scope added to a scheme",
    mirror: "api-security-component-oauth-scope-removed",
  },
  {
    id: "api-security-component-oauth-scope-removed",
    level: "info",
    effect: "none",
    text: "scope removed from a scheme",
    mirror: "api-security-component-oauth-scope-added",
  },
  {
    id: "api-security-component-oauth-scope-changed",
    level: "info",
    effect: "none",
    text: "description of a scope changed",
    mirror: "api-security-component-oauth-scope-changed",
  },
]);

/** Components that no operation uses. */
export const COMPONENT_RULES: readonly Rule[] = rulesDetectedIn("operations/components.ts", [
  {
    id: "api-schema-added",
    level: "info",
    effect: "none",
    text: "unused component added",
    mirror: "api-schema-removed",
  },
  {
    id: "api-schema-removed",
    level: "info",
    effect: "none",
    text: "component removed",
    mirror: "api-schema-added",
  },
]);
