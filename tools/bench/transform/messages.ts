/** Messages of our own, as large as real ones. */
const ID = "b51ec534-ee48-4575-b6a9-ead2955b8069";
const money = { currency: "USD", amount: "124.45" };

interface Party {
  readonly partyIdInfo: {
    readonly partyIdType: string;
    readonly partyIdentifier: string;
    readonly fspId: string;
    readonly extensionList?: object;
  };
  readonly name: string;
  readonly personalInfo: {
    readonly complexName: { readonly firstName: string; readonly lastName: string };
    readonly dateOfBirth: string;
    readonly kycInformation?: string;
  };
  readonly supportedCurrencies?: readonly string[];
}

/** A quote that both 1.x and 2.0 can say, or with all that only 2.0 says of its parties. */
export interface Quote {
  readonly quoteId: string;
  readonly transactionId: string;
  readonly transactionRequestId: string;
  readonly payee: Party;
  readonly payer: Party;
  readonly amountType: string;
  readonly amount: typeof money;
  readonly fees: typeof money;
  readonly transactionType: {
    readonly scenario: string;
    readonly initiator: string;
    readonly initiatorType: string;
  };
  readonly note: string;
  readonly expiration: string;
}

function party(fspId: string): Party {
  return {
    partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "27713803912", fspId },
    name: "Mats Hagman",
    personalInfo: { complexName: { firstName: "Mats", lastName: "Hagman" }, dateOfBirth: "1983-10-25" },
  };
}

function fullParty(fspId: string): Party {
  const { personalInfo, ...rest } = party(fspId);
  return {
    ...rest,
    personalInfo: { ...personalInfo, kycInformation: "a document" },
    supportedCurrencies: ["USD", "EUR"],
  };
}

function quoteOf(make: (fspId: string) => Party): Quote {
  return {
    quoteId: ID,
    transactionId: ID,
    transactionRequestId: ID,
    payee: make("payeefsp"),
    payer: make("payerfsp"),
    amountType: "SEND",
    amount: money,
    fees: money,
    transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
    note: "hello",
    expiration: "2030-09-24T08:38:08.699-04:00",
  };
}

// As a parser makes them: that is how messages come.
export const plainQuote: Quote = parsed(quoteOf(party));
export const fullQuote: Quote = parsed(quoteOf(fullParty));

interface Transfer {
  readonly transferId: string;
  readonly ilpPacket: string;
}

/** A transfer whose ILP packet holds the plain quote's transaction. */
export const transfer: Transfer = parsed({
  transferId: ID,
  payerFsp: "payerfsp",
  payeeFsp: "payeefsp",
  amount: money,
  ilpPacket: ilpPacketOf({ ...plainQuote, expiration: undefined }),
  condition: "f5sqb7tBTWPd5Y8BDFdMm9BJR_MNI4isf8p8n4D5pHA",
  expiration: plainQuote.expiration,
});

function parsed<T>(message: T): T {
  return JSON.parse(JSON.stringify(message)) as T; // plain JSON is of the type it was written with
}

// ILP v4 prepare (RFC 0027): amount, expiry, condition, address, data, each string behind its length.
function ilpPacketOf(transaction: unknown): string {
  const octets = (content: Buffer): Buffer =>
    Buffer.concat([
      content.length < 128
        ? Buffer.of(content.length)
        : Buffer.of(0x82, content.length >> 8, content.length & 0xff),
      content,
    ]);
  const data = Buffer.from(Buffer.from(JSON.stringify(transaction)).toString("base64url"));
  const fields = Buffer.concat([Buffer.alloc(8), Buffer.from("20301121120000000"), Buffer.alloc(32, 7)]);
  const body = Buffer.concat([fields, octets(Buffer.from("g.payee")), octets(data)]);
  return Buffer.concat([Buffer.of(12), octets(body)]).toString("base64url");
}
