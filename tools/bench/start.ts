import { prepare } from "../nx.ts";

// What is measured is what users install.
prepare(["run-many", "-t", "build"], "the packages could not be built");
await import("./main.ts");
