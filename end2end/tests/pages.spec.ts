// What holds for every page of the application: it answers each time, and it fits a narrow window.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, expectQuietConsole, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true } });

/** The addresses of all pages, those of one thing each among them. */
async function addresses(page: Page): Promise<string[]> {
  const linked = async (list: string, name: string) => {
    await open(page, list);
    return (await page.getByRole("link", { name, exact: true }).getAttribute("href")) ?? "";
  };
  const lists = ["/", "/people", "/people/invite", "/people/invitations", "/groups", "/roles", "/history", "/check"];
  const role = await linked("/roles", "Auditor");
  const person = await linked("/people", "Hana Kobayashi");
  const check = `/check?who=person.${person.split("/").pop()}`;
  const things = [person, await linked("/groups", "Testers"), role, `${role}?tab=people`];
  return [...lists, "/settings", "/account", ...things, check, `${check}&may=people.view`];
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("every page answers each time it is asked, whatever else is going on", async ({ page }) => {
  for (const path of await addresses(page)) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => page.request.get(path)));
    expect(answers.map((answer) => answer.status()), path).toEqual(Array(20).fill(200));
  }
});

test("every page names all the code that it fetches in its head", async ({ page }) => {
  for (const path of [...(await addresses(page)), "/applications"]) {
    await expectQuietConsole(page, () => open(page, path));
    const code = await page.evaluate(() => {
      const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=preload][as=fetch], link[rel=modulepreload]")];
      const fetched = performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname);
      return {
        named: links.map((link) => new URL(link.href).pathname).sort(),
        fetched: [...new Set(fetched.filter((file) => /\/frontend\.[^/]+\//.test(file)))].sort(),
      };
    });
    expect(code.named.length, path).toBeGreaterThanOrEqual(3);
    expect(code.fetched, path).toEqual(code.named);
  }
});

test("every page is accessible in a wide window, those without anything to show too", async ({ page, elsewhere }) => {
  test.slow();
  await page.setViewportSize({ width: 1600, height: 1000 });
  const none = ["/people?q=zzz", "/groups?q=zzz", "/roles?q=zzz", "/history?q=zzz"];
  for (const path of [...(await addresses(page)), ...none, "/roles/nothing", "/people/nothing", "/nothing/here"]) {
    await open(page, path);
    await expectAccessible(page);
  }
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  for (const path of ["/", "/people", "/roles", "/settings", "/account"]) {
    await open(kim, path);
    await expectAccessible(kim);
  }
});

test("every page is accessible in a narrow window and scrolls one way only", async ({ page }) => {
  test.slow();
  const all = await addresses(page);
  await page.setViewportSize({ width: 380, height: 800 });
  for (const path of all) {
    await open(page, path);
    await expectAccessible(page);
    const over = await page.getByRole("main").evaluate((main) => ({
      width: Math.max(0, main.scrollWidth - main.clientWidth),
      window: Math.max(0, document.documentElement.scrollHeight - innerHeight),
    }));
    expect(over, path).toEqual({ width: 0, window: 0 });
  }
});
