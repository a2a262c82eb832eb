import { errorBody } from "@mojaloop-versioning/protocol";
import type { Answers } from "./answering.ts";
import type { Message } from "./message.ts";

/** Which participant has which party, as an account look-up service knows it. */
export interface Directory {
  readonly add: (type: string, id: string, fspId: string) => void;
  /** The participant that has the party of a request's path; with a SubId, the one of that, or else of the party as a whole. */
  readonly find: (request: Message) => string | undefined;
  /** Answers to the requests for participants (API Definition 6.2). */
  readonly answers: Answers;
}

interface PartyId {
  readonly partyIdType: string;
  readonly partyIdentifier: string;
  readonly partySubIdOrType?: string;
  readonly fspId?: string;
}

/** Makes an empty directory. The bodies that it reads have passed the validator of the hub's version. */
export function createDirectory(): Directory {
  const parties = new Map<string, string>();

  function find({ params }: Message): string | undefined {
    const { Type = "", ID = "", SubId } = params;
    return (
      (SubId === undefined ? undefined : parties.get(keyOf(Type, ID, SubId))) ?? parties.get(keyOf(Type, ID))
    );
  }

  const own = ({ params: { Type = "", ID = "", SubId } }: Message): string => keyOf(Type, ID, SubId);

  function lookUp(request: Message): unknown {
    const fspId = find(request);
    return fspId === undefined ? errorBody("3204") : { fspId };
  }

  function register(request: Message): unknown {
    const { fspId } = request.body as { readonly fspId: string };
    parties.set(own(request), fspId);
    return { fspId };
  }

  function registerMany({ body }: Message): unknown {
    const { partyList, currency } = body as {
      readonly partyList: readonly PartyId[];
      readonly currency?: string;
    };
    for (const { partyIdType, partyIdentifier, partySubIdOrType, fspId } of partyList) {
      if (fspId !== undefined) parties.set(keyOf(partyIdType, partyIdentifier, partySubIdOrType), fspId);
    }
    return {
      partyList: partyList.map((partyId) => ({ partyId })),
      ...(currency !== undefined && { currency }),
    };
  }

  function remove(request: Message): unknown {
    const fspId = parties.get(own(request));
    parties.delete(own(request));
    return fspId === undefined ? errorBody("3204") : { fspId };
  }

  return {
    add: (type, id, fspId) => void parties.set(keyOf(type, id), fspId),
    find,
    answers: {
      "GET /participants/{Type}/{ID}": lookUp,
      "GET /participants/{Type}/{ID}/{SubId}": lookUp,
      "POST /participants/{Type}/{ID}": register,
      "POST /participants/{Type}/{ID}/{SubId}": register,
      "POST /participants": registerMany,
      "DELETE /participants/{Type}/{ID}": remove,
      "DELETE /participants/{Type}/{ID}/{SubId}": remove,
    },
  };
}

function keyOf(...names: (string | undefined)[]): string {
  return JSON.stringify(names.filter((name) => name !== undefined));
}
