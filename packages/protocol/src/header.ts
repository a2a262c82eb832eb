/** The header fields of FSPIOP in the lower case that Node delivers (API Definition 3.2.1, Tables 1 to 3). */
export const HEADER = {
  accept: "accept",
  contentType: "content-type",
  contentLength: "content-length",
  date: "date",
  source: "fspiop-source",
  destination: "fspiop-destination",
  encryption: "fspiop-encryption",
  signature: "fspiop-signature",
  uri: "fspiop-uri",
  httpMethod: "fspiop-http-method",
} as const;

/** Largest header section that a party must accept, in bytes (API Definition 3.2.1); Node's own default is 16384. */
export const MAX_HEADER_SIZE = 65_536;

/** Largest body that a party must accept, in bytes (API Definition 3.2.1, Content-Length). */
export const MAX_BODY_SIZE = 5_242_880;
