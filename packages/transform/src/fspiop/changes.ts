import type { Change } from "../declare/change.ts";
import { changes1_1 } from "./changes-1.1.ts";
import { changes2_0 } from "./changes-2.0.ts";

export const changes: readonly Change[] = [...changes1_1, ...changes2_0];
