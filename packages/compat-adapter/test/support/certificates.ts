import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate and its key, in files and as PEM. */
export interface Certificate {
  readonly keyFile: string;
  readonly certFile: string;
  readonly key: string;
  readonly cert: string;
}

/** A certificate for 127.0.0.1 with these common names, vouched for by `authority`; without one, an authority. */
export function makeCertificate(
  folder: string,
  names: readonly string[],
  authority?: Certificate,
): Certificate {
  const file = names.join("+");
  const keyFile = join(folder, `${file}.key`);
  const certFile = join(folder, `${file}.pem`);
  const signed = authority && ["-CA", authority.certFile, "-CAkey", authority.keyFile];
  const extensions = signed
    ? ["subjectAltName=IP:127.0.0.1", "basicConstraints=CA:FALSE"]
    : ["basicConstraints=critical,CA:TRUE"];
  execFileSync(
    "openssl",
    [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
      ],
      ...["-subj", names.map((name) => `/CN=${name}`).join(""), "-keyout", keyFile, "-out", certFile],
      ...(signed ?? []),
      ...extensions.flatMap((extension) => ["-addext", extension]),
    ],
    { stdio: "pipe" },
  );
  return { keyFile, certFile, key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
}
