export { residue, type Residue, type ResidueDirection } from "./residue.ts";
