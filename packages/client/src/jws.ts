export type { Algorithm, Key } from "./signatures/jws-key.ts";
export { createJwsSign, type JwsSignOptions } from "./signatures/jws-sign.ts";
export { createJwsVerify, type JwsVerifyOptions } from "./signatures/jws-verify.ts";
