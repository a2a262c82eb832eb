import type { ErrorCode } from "@mojaloop-versioning/protocol";
import type { OperationBody } from "./residues.ts";

/** The type of the value at a pointer. */
export type At<Body, P extends string> = P extends ""
  ? Body
  : P extends `/${infer Head}/${infer Rest}`
    ? At<MemberOf<Body, Head>, `/${Rest}`>
    : P extends `/${infer Key}`
      ? MemberOf<Body, Key>
      : never;

type MemberOf<Body, Key extends string> =
  NonNullable<Body> extends infer B
    ? Key extends "*"
      ? B extends readonly (infer Item)[]
        ? Item
        : never
      : Key extends keyof B
        ? Exclude<B[Key], undefined>
        : never
    : never;

/** Earlier messages of the conversation by operation, if the caller has them, in the version in which they were sent. */
export type EarlierOf<Needs extends string> = { readonly [O in Needs]?: OperationBody<O> };

/** One source of a value. The next source is tried when it returns undefined or a value that does not fit the target. */
export type TypedSource<Owner, Value, Needs extends string = never> =
  | {
      /**
       * Computes the value from the message or component in its source version, or from the earlier messages that the change needs;
       * `value` is the present value. If it throws, the message is refused with 2001.
       */
      readonly derive: (owner: Owner, value: unknown, earlier: EarlierOf<Needs>) => Value | undefined;
      readonly note?: string;
    }
  /** Calls the caller's `context.lookup` with this name. */
  | { readonly lookup: string; readonly note?: string }
  /** Uses the caller's `context.ids`. */
  | { readonly ids: true; readonly note?: string };

/** The last of a list of sources: a refusal, or a constant value. */
export type RefuseOrValue<Value> =
  | { readonly refuse: ErrorCode; readonly message?: string }
  | { readonly value: Value; readonly note?: string };

/** The sources of a pointer, in order. */
export type Sources<Owner, Value, Needs extends string = never> = readonly [
  ...TypedSource<Owner, Value, Needs>[],
  RefuseOrValue<Value>,
];
