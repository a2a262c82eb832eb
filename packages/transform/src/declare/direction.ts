/** The direction of a conversion: `up` to the newer version, `down` to the older one. */
export type Direction = "up" | "down";
