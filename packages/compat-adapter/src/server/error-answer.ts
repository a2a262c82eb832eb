import {
  errorBody,
  majorOf,
  minorOf,
  statusOf,
  type ErrorBody,
  type ErrorCode,
  type Version,
} from "@mojaloop-versioning/protocol";

/** An FSPIOP error, ready to send as the answer to a message. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody;
  /** Fields besides Content-Type, which follows the sender's version. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer for an FSPIOP error code, with the status that belongs to the code unless another is given. */
export function errorAnswer(
  code: ErrorCode,
  description: string,
  status: number = statusOf(code),
): ErrorAnswer {
  return { status, body: errorBody(code, description) };
}

/** The same error with a participant's versions in its extension list, key = major and value = minor (API Definition 3.3.4.3). */
export function withVersions({ errorInformation }: ErrorBody, versions: readonly Version[]): ErrorBody {
  const { errorCode, errorDescription, extensionList } = errorInformation;
  const listed = versions.map((version) => ({ key: majorOf(version), value: minorOf(version) }));
  const extension = [...(extensionList?.extension ?? []), ...listed].slice(0, 16);
  return {
    errorInformation: {
      errorCode,
      errorDescription,
      ...(extension.length > 0 && { extensionList: { extension } }),
    },
  };
}
