// Starts the service named by its argument, prints what it runs as, and waits to be killed.
import { startService } from "../services/find.ts";
import type { ServiceName } from "../services/service.ts";

const { url, pid } = await startService(process.argv[2] as ServiceName); // the test passes a name of the table
console.log(JSON.stringify({ url, pid }));
setInterval(() => undefined, 2 ** 30);
