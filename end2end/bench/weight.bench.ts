// How many bytes the browser fetches: as the server sends them, which is brotli wherever it is smaller.
import type { Page } from "@playwright/test";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { admin, hydrated, signIn, test } from "../fixtures.js";
import { record } from "./record.js";

/** Sums what arrives while the page is opened; nothing comes from the browser's cache. */
async function weigh(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  session.on("Network.dataReceived", (event) => (bytes += event.encodedDataLength));
  await act();
  await session.detach();
  return bytes;
}

const kilobytes = (bytes: number) => bytes / 1000;

test("the sign-in page", async ({ page }) => {
  const bytes = await weigh(page, async () => {
    await page.goto("/sign-in", { waitUntil: "load" });
  });
  record("sign-in page, all files, brotli", kilobytes(bytes), "kB", 30);
});

test("the first page after sign-in", async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  const bytes = await weigh(page, async () => {
    await page.goto("/", { waitUntil: "load" });
    await hydrated(page);
  });
  record("first page after sign-in, all files, brotli", kilobytes(bytes), "kB", 200);
});

test("the whole application", () => {
  const site = join(process.env.ROLECALL_SITE ?? join(import.meta.dirname, "../../target/site"), "assets");
  const packed = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".br"));
  const bytes = packed.reduce((sum, name) => sum + statSync(join(site, name)).size, 0);
  record("whole application, brotli", kilobytes(bytes), "kB", 500);
});
