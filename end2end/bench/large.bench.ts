// The screens of people, tenants, folders and applications in one large organization: 100,000 people, 50 tenants and one
// with 10,000 places in folders, 1,000 applications of 20 stages. It is made once for all of them.
import type { Page } from "@playwright/test";
import { admin, expect, hydrated, open, Rolecall, signIn, test } from "../fixtures.js";
import { fill, median } from "./fill.js";
import { record } from "./record.js";
import { until, usable } from "./seen.js";

const searches = 20;
const rounds = 5;

let rolecall: Rolecall | undefined;
let page: Page;

test.setTimeout(600_000);

test.beforeAll(async ({ browser }) => {
  rolecall = await Rolecall.start({ areas: ["packaging", "automation", "applications"] });
  await fill(rolecall, "large_organization", "100000");
  await fill(rolecall, "large_places");
  page = await (await browser.newContext({ baseURL: rolecall.url })).newPage();
  await signIn(page, admin.email, admin.password);
});

test.afterAll(async () => {
  await page?.context().close();
  await rolecall?.stop();
});

/** Asks a server function from outside the page. */
async function ask(path: string, data: unknown): Promise<unknown> {
  const origin = rolecall?.url ?? "";
  const headers = { origin, "sec-fetch-site": "same-origin" };
  const answer = await page.request.post(`/api/${path}`, { headers, data });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

test("a page of 100,000 people", async () => {
  const times: number[] = [];
  for (let i = 0; i < searches; i++) {
    const query = { search: `person 0${i}`, role: null, group: null, standing: "all", page: 1 };
    const before = performance.now();
    await ask("people/list", { query });
    times.push(performance.now() - before);
  }
  record("a search among 100,000 people, over HTTP", median(times), "ms", 100);
});

test("the tree of 10,000 places", async () => {
  const found = (await ask("folders/find", { search: { search: "Works.40.3.2", to: "open" } })) as {
    options: { value: string; about: string }[];
  };
  const folder = found.options.find((one) => one.about === "Folder");
  const path = `/folders/${folder?.value ?? ""}`;
  record("tree with 10,000 places usable, in the browser", await usable(page, path), "ms", 500);
  await expect(page.getByRole("treeitem", { name: "Works.40.3.2", exact: true })).toBeVisible();
  const times: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const closed = page.getByRole("treeitem", { name: `Works.${round}`, exact: true }).locator(".fold");
    times.push(await until(closed, null, { selector: "[role=treeitem]", words: `Works.${round}.1` }));
  }
  record("a folder of that tree opened, in the browser", median(times), "ms", 500);
});

test("the matrix of 100,000 people and 50 tenants", async () => {
  record("matrix of 100,000 people × 50 tenants usable, in the browser", await usable(page, "/tenants/access"), "ms", 500);
  await page.getByRole("link", { name: "Tenant 01", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tenant 01");
  await hydrated(page);
  const address = page.url();
  for (const [what, words] of [
    ["a team of 250 people", "Team 0300"],
    ["all 100,000 people", "All users"],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await open(page, address);
      await page.getByRole("combobox", { name: "Add to See / Read information" }).fill(words);
      const option = page.getByRole("option", { name: words }).first();
      await expect(option).toBeVisible();
      times.push(await until(option, null, { selector: ".pending .gains", words: "See / Read information" }));
      await page.getByRole("button", { name: "Discard" }).click();
    }
    record(`preview of an audience that gains ${what}, in the browser`, median(times), "ms", 200);
  }
});

test("1,000 applications of 20 stages", async () => {
  record("1,000 applications × 20 stages listed, in the browser", await usable(page, "/applications"), "ms", 300);
  const times: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const name = `Application 0${round}77`;
    const field = page.getByRole("searchbox", { name: "Find an application" });
    // Of all that are found only one is left: the table no longer begins with the first application.
    times.push(await until(field, name, { selector: "tbody tr:first-child:last-child", words: name }));
  }
  record("1,000 applications × 20 stages searched, from the last key on, in the browser", median(times), "ms", 300);
  const one = await page.getByRole("link", { name: "Application 0577", exact: true }).getAttribute("href");
  record("one application of 20 stages usable, in the browser", await usable(page, one ?? ""), "ms", 300);
});
