// Times in the page, by the browser's own clock: nothing of what drives the browser counts.
import type { Locator, Page } from "@playwright/test";
import { hydrated } from "../fixtures.js";
import { median } from "./fill.js";

const rounds = 5;

/** From the start of the navigation until the page is seen to be taken over, in ms: the median of a few. */
export async function usable(page: Page, path: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.goto(path, { waitUntil: "commit" });
    await hydrated(page);
    times.push(await page.evaluate(() => performance.now()));
  }
  return median(times);
}

interface Seen {
  /** What is looked at. */
  selector: string;
  /** What stands in one of them when it is there. */
  words: string;
}

/** From a click, or from typing all of `text`, until something is there, in ms. */
export async function until(element: Locator, text: string | null, seen: Seen): Promise<number> {
  return element.evaluate(
    (element, { text, seen }) =>
      new Promise<number>((done) => {
        const before = performance.now();
        const observer = new MutationObserver(() => {
          const all = [...document.querySelectorAll(seen.selector)];
          if (!all.some((one) => one.textContent?.includes(seen.words))) return;
          observer.disconnect();
          document.body.getBoundingClientRect();
          done(performance.now() - before);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        if (text === null) {
          element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        } else {
          (element as HTMLInputElement).value = text;
          element.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
      }),
    { text, seen },
  );
}
