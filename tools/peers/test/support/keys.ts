import { generateKeyPairSync } from "node:crypto";

/** A new pair of RSA keys as PEM, the form that the SDK takes. */
export function rsaKeys(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}
