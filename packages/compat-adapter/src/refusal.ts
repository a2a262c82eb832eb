import {
  errorBody,
  majorOf,
  minorOf,
  statusOf,
  type ErrorBody,
  type ErrorCode,
  type Version,
} from "@mojaloop-versioning/protocol";

/** Why a message is not handed on, ready to send. */
export interface Refusal {
  readonly status: number;
  readonly body: ErrorBody;
  /** Beside Content-Type, which is that of the sender's version. */
  readonly headers?: Readonly<Record<string, string>>;
}

export function refusal(code: ErrorCode, description: string, status: number = statusOf(code)): Refusal {
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
