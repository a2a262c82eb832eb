// Prints what the declared changes leave open as JSON. A program of its own, because it must load the residue that was just generated.
import {
  fspiopChanges,
  renderDeclarations,
  settlementChanges,
  transferQuoteIdChanges,
  unsettledPlaces,
} from "@mojaloop-versioning/transform";

// The proposal shares its step with the published version, whose changes settle that one.
const places = [
  ...unsettledPlaces([...fspiopChanges, ...settlementChanges]),
  ...unsettledPlaces(transferQuoteIdChanges),
];
process.stdout.write(JSON.stringify({ places, declarations: renderDeclarations(places) }));
