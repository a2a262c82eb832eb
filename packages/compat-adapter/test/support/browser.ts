import { chromium, type Browser } from "playwright-core";
import { findProgram } from "../../../../tools/test-run/requirements.ts";

/** Starts the browser without a window, in a new folder of its own that goes with it, and with nothing to say to anybody. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findProgram("chromium") ?? "chromium",
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
