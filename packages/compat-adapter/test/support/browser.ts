import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Debian's package is chromium. */
const EXECUTABLE = "/usr/bin/chromium";

/** Whether the browser is there. */
export const HAS_BROWSER: boolean = existsSync(EXECUTABLE);

/** Starts the browser without a window, in a new folder of its own that goes with it, and with nothing to say to anybody. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
