/** What one statement of a migration does to a database. */
export interface Effect {
  readonly kind: EffectKind;
  /** The table, where the text names it. */
  readonly table?: string;
  /** The columns; for a rename the older and the newer name. */
  readonly columns?: readonly string[];
  /** The name of an index or a key. */
  readonly name?: string;
  /** The MySQL type of a column: `"varchar(255)"`. */
  readonly type?: string;
  /** Whether a column accepts NULL after the statement. */
  readonly nullable?: boolean;
  /** A column that has a default or is generated. */
  readonly hasDefault?: true;
  /** A column that must have a value and has no default. */
  readonly required?: true;
  /** The SQL that could not be parsed, or the expression that computes it. */
  readonly text?: string;
}

/** One of {@link EFFECT_KINDS}. */
export type EffectKind = (typeof EFFECT_KINDS)[number];

/** Every kind of effect. `raw` is SQL that could not be parsed; `data` changes rows only. */
export const EFFECT_KINDS = [
  "create-table",
  "drop-table",
  "rename-table",
  "add-column",
  "alter-column",
  "drop-column",
  "rename-column",
  "add-index",
  "drop-index",
  "add-unique",
  "drop-unique",
  "add-foreign",
  "drop-foreign",
  "add-primary",
  "drop-primary",
  "convert-charset",
  "create-view",
  "drop-view",
  "data",
  "raw",
] as const;
