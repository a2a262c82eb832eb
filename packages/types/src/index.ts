export type { Api, ApiOperation, ApiTypes } from "./api.ts";
export type { Fault, Validation, ValidationOptions, Validator } from "./validation.ts";
export type { Facts, OperationResidue, ResidueStep, ResidueTable, Unsettled } from "./residue.ts";
export { subpaths } from "./generated/subpaths.ts";
