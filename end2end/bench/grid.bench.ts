// A grid of 200 roles × 300 permissions: the time until it answers, and until a toggle is painted.
import { admin, expect, hydrated, Rolecall, signIn, test } from "../fixtures.js";
import { fill, median } from "./fill.js";
import { record } from "./record.js";

const rounds = 5;
const toggles = 20;

test("a large grid", async ({ browser }) => {
  const rolecall = await Rolecall.start();
  try {
    await fill(rolecall, "large_grid");
    const page = await (await browser.newContext({ baseURL: rolecall.url })).newPage();
    await signIn(page, admin.email, admin.password);

    const usable: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await page.goto("/roles", { waitUntil: "commit" });
      await hydrated(page);
      // From the browser's own clock: the start of the navigation until the page is seen to be taken over.
      usable.push(await page.evaluate(() => performance.now()));
    }
    record("grid of 200 roles × 300 permissions usable", median(usable), "ms", 500);

    const drawn = await page.getByRole("gridcell").count();
    expect(drawn, "cells drawn").toBeLessThan(3_000);
    const cell = page.getByRole("gridcell", { name: "Not allowed" }).first();
    await cell.focus();
    const times: number[] = [];
    for (let round = 0; round < toggles; round++) {
      times.push(
        await cell.evaluate(
          (element) =>
            new Promise<number>((done) => {
              requestAnimationFrame(() => {
                const before = performance.now();
                element.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true, cancelable: true }));
                // The next task after the changed element has been laid out: what is left of the frame is paint.
                queueMicrotask(() => {
                  const check = () => {
                    document.body.getBoundingClientRect();
                    done(performance.now() - before);
                  };
                  const channel = new MessageChannel();
                  channel.port1.onmessage = check;
                  channel.port2.postMessage(0);
                });
              });
            }),
        ),
      );
    }
    record("one toggle in that grid, until laid out", median(times), "ms", 16.7);
    await page.context().close();
  } finally {
    await rolecall.stop();
  }
});
