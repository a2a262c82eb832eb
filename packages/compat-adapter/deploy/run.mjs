import { startAdapter } from "@mojaloop-versioning/compat-adapter/service";

const [config = "adapter.yaml"] = process.argv.slice(2);
const started = await startAdapter({ config, signals: true });
if (!started.ok) {
  for (const { line, path, message } of started.mistakes)
    console.error(`${config}:${line} ${path} ${message}`);
  process.exitCode = 3;
}
