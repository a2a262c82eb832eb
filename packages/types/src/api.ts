/** The types that an API object carries for those who infer from it. No such member exists at run time. */
export interface ApiTypes<Paths extends object = object, Bodies extends object = object> {
  readonly types?: { readonly paths: Paths; readonly bodies: Bodies };
}

/** One row of an API version's table of operations. */
export interface ApiOperation {
  /** The first path segment. */
  readonly resource: string;
  /** The version of that resource, which is what FSPIOP negotiates (API Definition 3.3). */
  readonly version: `${number}.${number}`;
  readonly kind: "request" | "callback" | "errorCallback" | "notification";
  /** The component that the body must be. */
  readonly body: string | undefined;
  /** Status to the component that the response's body must be. */
  readonly responses: Readonly<Record<string, string | undefined>>;
}

/** What every API object (`fspiopV1_1`, `settlementV2_0`, …) is. */
export interface Api<Paths extends object = object, Bodies extends object = object> extends ApiTypes<
  Paths,
  Bodies
> {
  /** `"fspiop/1.1"` */
  readonly id: string;
  readonly api: string;
  readonly version: `${number}.${number}`;
  /** Which media types the API speaks; undefined where that is plain `application/json`. */
  readonly dialect: "fspiop" | "iso20022" | undefined;
  /** The resource that its media types name, where that is not the first path segment: `thirdparty`. */
  readonly mediaResource?: string;
  readonly resources: Readonly<Record<string, `${number}.${number}`>>;
  readonly operations: Readonly<Record<string, ApiOperation>>;
}
