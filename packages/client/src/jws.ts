export { createJwsSign, type JwsSignOptions } from "./jws-sign.ts";
export { createJwsVerify, type JwsVerifyOptions } from "./jws-verify.ts";
