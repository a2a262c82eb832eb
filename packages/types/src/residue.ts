/** What a schema says of a value, without prose: the keywords of OpenAPI 3.0 that the Mojaloop documents use. */
export interface Facts {
  /** Name of an entry in the table's `definitions`. */
  readonly ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Facts;
  readonly properties?: Readonly<Record<string, Facts>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Facts[];
  readonly allOf?: readonly Facts[];
}

/** What one direction of a version change leaves unsettled. Pointers are JSON pointers with `*` for every item of an array. */
export interface Unsettled {
  /** Pointers that need a source: what the target takes there, and whether it has become mandatory. */
  readonly sources?: Readonly<Record<string, { readonly required?: boolean; readonly accepts: Facts }>>;
  /** Pointers that have no place in the target, with what the origin says of the value. */
  readonly disposals?: Readonly<Record<string, Facts>>;
}

/** What a change of version leaves unsettled in one operation. */
export interface OperationResidue {
  /** Where the operation exists; absent: in both versions. */
  readonly in?: "older" | "newer";
  /** From the older to the newer version. */
  readonly up?: Unsettled;
  /** From the newer to the older version. */
  readonly down?: Unsettled;
  /** Components with a residue of their own, and where the body holds them. */
  readonly holds?: Readonly<Record<string, readonly string[]>>;
  /** Path parameters that are of such a component. */
  readonly params?: Readonly<Record<string, string>>;
  /** Path parameters that are only called otherwise: older name to newer name. */
  readonly renamedParams?: Readonly<Record<string, string>>;
  /** Query parameters that only the newer version has. */
  readonly newerQuery?: readonly string[];
  /** Where the body of each version has an extension list. */
  readonly extensions?: { readonly older?: string; readonly newer?: string };
}

/** Two neighbouring versions of one resource and what lies between them, operation by operation. */
export interface ResidueStep {
  readonly resource: string;
  readonly from: `${number}.${number}`;
  readonly to: `${number}.${number}`;
  /** The documents that were compared: their versions, `"proposed"` for a proposal. */
  readonly api: readonly [from: string, to: string];
  readonly operations: Readonly<Record<string, OperationResidue>>;
}

/** All that lies between the versions of one API. */
export interface ResidueTable {
  readonly api: string;
  readonly definitions: Readonly<Record<string, Facts>>;
  /** By versions of the documents (`"1.1>2.0"`), then by component. */
  readonly components: Readonly<
    Record<string, Readonly<Record<string, { readonly up?: Unsettled; readonly down?: Unsettled }>>>
  >;
  readonly steps: readonly ResidueStep[];
}
