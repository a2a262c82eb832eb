import { VersioningError } from "@mojaloop-versioning/protocol";

// ISO 4217, list one (2024): the currencies whose smallest unit is not a hundredth. `Intl` follows CLDR instead, which differs for
// 17 currencies, MMK and PKR among them.
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"].map((code) => [code, 0] as const),
  ...["RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"].map((code) => [code, 0] as const),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3] as const),
  ...["CLF", "UYW"].map((code) => [code, 4] as const),
]);

/** An amount of money (API Definition 7.4.8). */
export interface MoneyAmount {
  readonly amount: string;
  readonly currency: string;
}

/**
 * An amount in the smallest unit of its currency.
 * @throws VersioningError `invalid-option` where it has more decimals than the currency
 */
export function minorUnits({ amount, currency }: MoneyAmount): bigint {
  const digits = DIGITS.get(currency) ?? 2;
  const read = /^(\d+)(?:\.(\d+?)0*)?$/.exec(amount);
  const [, whole = "", fraction = ""] = read ?? [];
  const significant = fraction === "0" ? "" : fraction;
  if (!read || significant.length > digits) {
    throw new VersioningError(
      "invalid-option",
      `the amount ${amount} must be a number with at most ${digits} decimals, which is what ${currency} has`,
    );
  }
  return BigInt(whole + significant.padEnd(digits, "0"));
}
