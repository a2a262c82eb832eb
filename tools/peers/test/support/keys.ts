import { generateKeyPairSync } from "node:crypto";

/** A new pair of RSA keys as PEM, the form that the SDK takes. */
export function rsaKeys(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

/** A new pair of EC keys on P-256 as PEM, in the form that the SDK recognises as ES256 (`BEGIN EC PRIVATE KEY`). */
export function ecKeys(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync("ec", {
    namedCurve: "prime256v1",
    privateKeyEncoding: { type: "sec1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}
