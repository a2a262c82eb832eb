import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../../../tools/test-run/requirements.ts";
import type { Browser, Page } from "playwright-core";
import { createMemoryStore } from "../src/index.ts";
import { startBrowser } from "./support/browser.ts";
import { fields, postQuote, send, startWire, type Wire } from "./support/wire.ts";

/** An FSP id that would load an image and run a script if the page did not escape it. */
const MARKUP = `<img src=x onerror="a=1"><b>'`;

/** How wide the page is, how far its texts reach, and how small they get, in pixels. */
interface Layout {
  readonly width: number;
  readonly right: number;
  readonly smallest: number;
}

// For the browser, whose names this project's types do not know.
const LAYOUT = `(() => {
  const shown = [...document.querySelectorAll("body *")].filter(
    (element) => element.textContent.trim() !== "" && element.getClientRects().length > 0,
  );
  return {
    width: document.documentElement.scrollWidth,
    right: Math.max(...shown.map((element) => element.getBoundingClientRect().right)),
    smallest: Math.min(...shown.map((element) => parseFloat(getComputedStyle(element).fontSize))),
  };
})()`;

describe("the page of /versions in a browser", needs("chromium"), () => {
  let wire: Wire;
  let browser: Browser;
  let page: Page;
  const requested: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    const store = createMemoryStore();
    [wire, browser] = await Promise.all([startWire({ store }), startBrowser()]);
    page = await browser.newPage();
    // What it asks the network for, and what the browser complains of.
    page.on("request", (request) => requested.push(new URL(request.url()).origin));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    const hour = 3_600_000;
    // What was heard before: `old` an hour and more ago, `mid` nine days ago in a version that it has left since.
    const use = (participant: string, resource: string, ago: number): void | Promise<void> =>
      store.recordUse({ participant, resource, content: "1.0", accept: "1.0", at: Date.now() - ago });
    for (const ago of [20 * hour, 5 * hour, 3 * hour]) await use("old", "transfers", ago);
    await use("mid", "quotes", 9 * 24 * hour);
    await postQuote(wire.urls.participants, "1.0", "old");
    for (let i = 0; i < 5; i++) await postQuote(wire.urls.participants, "1.1", "mid");
    for (let i = 0; i < 7; i++) await postQuote(wire.urls.participants, "2.0", "new");
    await postQuote(wire.urls.participants, "1.0", "<b>nobody</b>");
  });
  afterAll(async () => {
    await browser.close();
    await wire.close();
  });

  /** The one tab, on the page of an adapter. */
  async function open(below: string, width = 1200, base = wire, days = 1): Promise<void> {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${base.urls.operations}/versions?below=${below}&days=${days}`);
  }

  test("names the one DFSP that still speaks 1.0, in what, since when, and its share (issue: Done when)", async () => {
    await open("1.1");
    expect(await page.getByRole("heading", { level: 2 }).innerText()).toBe(
      "1 of 3 DFSPs still uses versions below 1.1: old",
    );
    expect(await page.getByRole("listitem").allInnerTexts()).toEqual([
      expect.stringMatching(
        /^old\s+quotes 1\.0, transfers 1\.0\s+last heard (?:just now|\d+ min ago); its messages would be refused; it accepts no newer callbacks$/,
      ),
    ]);
    expect(await page.locator("#answer").innerText()).toContain(
      "25 % of 16 messages in the last 1 day were below 1.1",
    );
    const track = await page.locator(".bar .all").boundingBox();
    const part = await page.locator(".bar .part").boundingBox();
    expect((part?.width ?? 0) / (track?.width ?? 1)).toBeCloseTo(0.25, 2);
  });

  test("has a row for each resource that was heard: version, last heard, messages, trend", async () => {
    await open("1.1");
    const row = page.getByRole("row").filter({ hasText: "transfers" }).first();
    expect(await row.getByRole("cell").allInnerTexts()).toEqual([
      "transfers",
      "1.0",
      expect.stringMatching(/^[23] h ago$/),
      "3",
      "",
    ]);
    expect(await row.getByRole("img", { name: "3 in 24 hours" }).locator("rect.part").count()).toBe(3);
    // Who is behind comes first, whatever its name.
    expect(await page.locator("tbody > tr > th").allInnerTexts()).toEqual(["old", "mid", "new"]);
    const gone = page.getByRole("row").filter({ hasText: "9 days ago" });
    expect(await gone.innerText()).toContain("quotes");
  });

  test("lets one choose the version", async () => {
    await open("1.1");
    await page.getByRole("link", { name: "2.0" }).click();
    await page.waitForURL("**/versions?below=2.0&days=1");
    expect(await page.getByRole("heading", { level: 2 }).innerText()).toBe(
      "2 of 3 DFSPs still use versions below 2.0: mid, old",
    );
    expect(await page.locator("nav [aria-current]").allInnerTexts()).toEqual(["2.0", "1 day"]);
    await page.getByRole("link", { name: "1.0" }).click();
    await page.waitForURL("**/versions?below=1.0&days=1");
    expect(await page.getByRole("heading", { level: 2 }).innerText()).toBe(
      "None of 3 DFSPs used a version below 1.0 in the last 1 day",
    );
    await page.getByRole("link", { name: "90 days" }).click();
    await page.waitForURL("**/versions?below=1.0&days=90");
    expect(await page.getByRole("heading", { level: 2 }).innerText()).toMatch(
      /^Unknown: no DFSP was seen below 1.0/,
    );
    await open("1.1", 1200, wire, 30);
    expect(await page.getByRole("heading", { level: 2 }).innerText()).toBe(
      "2 of 3 DFSPs still use versions below 1.1: old, mid",
    );
  });

  // sdk-standard-components 19.19.1, src/lib/requests/baseRequests.js: Content-Type of 1.0 and `version=1` in Accept by default.
  test("shows a payer with the default headers of the SDK below 1.1", async () => {
    const own = await startWire({ participants: { sdk: { url: wire.old.url } } });
    const type = "application/vnd.interoperability.quotes+json;version=1";
    const headers = { ...fields("GET", "quotes", "1.0", "sdk"), "content-type": `${type}.0`, accept: type };
    expect(await send(own.urls.participants, "GET", "/quotes/1", headers)).toMatchObject({ status: 202 });
    await open("1.1", 1200, own, 90);
    expect(await page.getByRole("heading", { level: 2 }).innerText()).toBe(
      "1 of 1 DFSP still uses versions below 1.1: sdk",
    );
    expect(await page.getByRole("listitem").innerText()).toContain("quotes 1.0 (accepts 1.1)");
    await own.close();
  });

  test("opens what is only configured, without a script", async () => {
    await open("1.1");
    const others = page.locator("details").first();
    expect(await others.innerText()).toMatch(/^\d+ other resources$/);
    await others.locator("summary").click();
    expect(await others.innerText()).toContain("bulkTransfers");
  });

  test("is read on a phone: nothing sticks out, no text is small", async () => {
    await open("1.1", 360);
    const found = await page.evaluate<Layout>(LAYOUT);
    expect(found.width).toBe(360);
    expect(found.right).toBeLessThanOrEqual(360);
    expect(found.smallest).toBeGreaterThanOrEqual(13);
  });

  test("takes markup in an FSP id for text, and a stranger's header for nothing", async () => {
    const { old } = wire.options.participants;
    const own = await startWire({ participants: { [MARKUP]: { url: old?.url ?? "", version: "1.0" } } });
    const headers = fields("GET", "quotes", "1.0", MARKUP);
    expect(await send(own.urls.participants, "GET", "/quotes/1", headers)).toMatchObject({ status: 202 });
    await open("1.1", 360, own);
    expect(await page.locator("tbody > tr > th").allInnerTexts()).toEqual([MARKUP]);
    expect(await page.getByRole("heading", { level: 2 }).innerText()).toContain(MARKUP);
    expect(await page.title()).toBe("FSPIOP versions in use");
    expect(await page.locator("script, img").count()).toBe(0);
    expect(await page.evaluate<Layout>(LAYOUT)).toMatchObject({ width: 360 });
    await open("1.1");
    expect(await page.locator("body").innerText()).not.toContain("nobody");
    expect(requested).toContain(own.urls.operations);
    await own.close();
  });

  test("asks nobody but its own server, and breaks no rule of its own", () => {
    expect(requested.filter((origin) => !/^http:\/\/127\.0\.0\.1:\d+$/.test(origin))).toEqual([]);
    expect(requested.length).toBeGreaterThan(5);
    expect(complaints).toEqual([]);
  });
});
