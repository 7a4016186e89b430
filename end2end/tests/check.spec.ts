// Check access: may somebody do something somewhere, why, and what would change it.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, hydrated, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true } });

const field = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true });
const verdict = (page: Page) => page.getByRole("status").filter({ hasText: /As of change no\./ });

/** Types into a field that searches, and takes the option of that name. */
async function choose(page: Page, name: string, words: string, option: string): Promise<void> {
  await field(page, name).fill(words);
  await page.getByRole("listbox", { name }).getByRole("option", { name: option }).first().click();
  await expect(field(page, name)).toHaveValue(option);
}

/** Asks a question through the form. */
async function ask(page: Page, who: string, action: string, where: string): Promise<void> {
  await open(page, "/check");
  if (who) await choose(page, "Who", who, who);
  await page.getByLabel("May", { exact: true }).selectOption({ label: action });
  if (where) await choose(page, "Where", where, where);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(verdict(page)).toBeVisible();
}

const merge = "Merge changes to production application";

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("who may is told by which paths, in a sentence and as a chain, and the address says what was asked", async ({
  page,
}) => {
  await page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "Check access" }).click();
  await expect(page.getByRole("heading", { name: "Check access" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What do you want to know?" })).toBeVisible();
  await expectAccessible(page);

  await ask(page, "Sofia Marchetti", merge, "Customer portal / Production");
  await expect(verdict(page)).toContainText(
    "Allowed: Sofia Marchetti may merge changes to production application in Customer portal / Production. By 1 path.",
  );
  await expect(verdict(page)).toContainText("In force: in this console.");
  await expect(verdict(page)).toContainText(
    "Access given on Customer portal / Production is in force in this console for 5 of 7 permissions; for the rest no program asks yet.",
  );
  const path = page.getByRole("row").filter({ hasText: "Inherited from Customer portal" });
  await expect(path.getByRole("listitem")).toHaveText([
    "Sofia Marchettiperson",
    "Platform teamgroup, 5 people",
    "Release managerrole",
    "onCustomer portalapplication",
    "holdsProductionstage",
  ]);
  await expect(path.getByRole("button", { name: "Take out of Platform team" })).toBeVisible();
  await expectAccessible(page);

  // It can be linked to: the address alone brings the same answer, and Back the question before.
  await expect(page).toHaveURL(/\/check\?who=person\.\w{13}&may=merge\.production&where=\w{13}$/);
  const asked = page.url();
  await choose(page, "Who", "Hana", "Hana Kobayashi");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(verdict(page)).toContainText("Not allowed: Hana Kobayashi may not merge");
  await page.goBack();
  await expect(page).toHaveURL(asked);
  await expect(verdict(page)).toContainText("Sofia Marchetti may merge");
  await expect(field(page, "Who")).toHaveValue("Sofia Marchetti");
  await page.reload();
  await hydrated(page);
  await expect(verdict(page)).toContainText("Sofia Marchetti may merge");
  await expect(page.getByLabel("May", { exact: true })).toHaveValue("merge.production");
});

test("the paths are a picture whose boxes the keyboard reaches, in light and dark, wide and narrow", async ({ page }) => {
  await ask(page, "Sofia Marchetti", merge, "Customer portal / Production");
  const picture = page.getByRole("group", { name: "1 path from Sofia Marchetti to Production." });
  for (const box of [
    "Sofia Marchetti, person",
    "Platform team, group, 5 people",
    "Release manager, role",
    "Customer portal, application",
    `Production, ${merge}`,
  ]) {
    await expect(picture.getByRole("link", { name: box, exact: true })).toBeVisible();
  }
  await expect(picture.getByText("holds")).toBeVisible();
  const region = page.getByRole("region", { name: "Picture of the paths" });
  const cut = await region.evaluate((figure) => figure.scrollWidth - figure.clientWidth);
  expect(cut, "the picture fits into its panel").toBeLessThanOrEqual(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 380, height: 800 });
  await expectAccessible(page);
  const over = await page.getByRole("main").evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(over).toBeLessThanOrEqual(0);

  await region.focus();
  await page.keyboard.press("Tab");
  await expect(picture.getByRole("link", { name: "Sofia Marchetti, person" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Platform team/ })).toBeVisible();
  await page.goBack();
  await expect(picture).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole("row").getByRole("link", { name: "Production", exact: true }).click();
  await expect(page).toHaveURL(/\/applications\/\w{13}\?stage=\w{13}$/);

  // Where no path is there, nothing is drawn: the reasons stand in words.
  await ask(page, "Hana Kobayashi", merge, "Customer portal / Production");
  await expect(verdict(page)).toContainText("Not allowed");
  await expect(page.getByRole("region", { name: "Picture of the paths" })).toHaveCount(0);
});

test("what is refused offers fixes: one is prepared, saved and undone, and the answer follows", async ({ page }) => {
  await ask(page, "Leïla Haddad", merge, "Customer portal / Production");
  await expect(verdict(page)).toContainText("No role of theirs allows it");
  const fixes = page.getByRole("region", { name: "Nearest fixes" });
  await expect(fixes.getByRole("listitem").first()).toContainText(/Gives|Also/);
  await expectAccessible(page);
  const prepare = fixes.getByRole("button", { name: "Prepare: Add Leïla Haddad to Platform team" });
  await prepare.click();
  const dialog = page.getByRole("dialog", { name: "Add Leïla Haddad to Platform team?" });
  await expect(dialog).toContainText("1 person gains");
  await expect(dialog).toContainText("Leïla Haddad");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(prepare).toBeFocused();

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/Leïla Haddad is in Platform team\. Change no\. \d+\./)).toBeVisible();
  await expect(verdict(page)).toContainText("Allowed: Leïla Haddad may merge");
  await expect(fixes).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(verdict(page)).toContainText("Not allowed: Leïla Haddad may not merge");
});

test("the edit that ends a path says who loses, and is saved and undone", async ({ page }) => {
  await ask(page, "Leïla Haddad", "Merge changes within sandbox manager", "Customer portal / Testing");
  await expect(verdict(page)).toContainText("By 2 paths.");
  await page.getByRole("button", { name: "Take out of Customer portal team" }).click();
  const dialog = page.getByRole("dialog", { name: "Take out of Customer portal team?" });
  await expect(dialog).toContainText("Nobody gains or loses a permission by this now.");
  await dialog.getByRole("button", { name: "Take away" }).click();
  await expect(verdict(page)).toContainText("By 1 path.");
  await page.getByRole("button", { name: "Take Team lead" }).click();
  const last = page.getByRole("dialog", { name: "Take Team lead?" });
  await expect(last).toContainText("1 person loses");
  await last.getByRole("button", { name: "Take away" }).click();
  await expect(verdict(page)).toContainText("Leïla Haddad may not merge changes within sandbox manager");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(verdict(page)).toContainText("By 1 path.");
});

test("what depends says on what, and what will be or has ended says when", async ({ page }) => {
  await ask(page, admin.name, "Edit own Robopatch flows", "Meridian Europe");
  await expect(verdict(page)).toContainText("In force: nowhere yet");
  await expect(verdict(page)).toContainText("It depends on the owner whether you may edit own Robopatch flows");
  await expect(page.getByRole("row").filter({ hasText: "depends on the owner" })).toBeVisible();
  await expectAccessible(page);

  await ask(page, "Daniel Osei", merge, "Claims intake / Production");
  await expect(verdict(page)).toContainText("Release manager on Claims intake will allow it from");
  const day = 24 * 60 * 60 * 1000;
  const local = (at: number) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  const when = local(Date.now() + 10 * day);
  await page.getByLabel("When").fill(when);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(verdict(page)).toContainText("Daniel Osei may merge");
  await expect(verdict(page)).toContainText(/By 1 path, until /);
  await expect(page).toHaveURL(/when=\d{4}-\d\d-\d\dT\d\d%3A\d\dZ/);
  await page.reload();
  await hydrated(page);
  await expect(page.getByLabel("When")).toHaveValue(when);
  await page.getByLabel("When").fill(local(Date.now() + 30 * day));
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(verdict(page)).toContainText("It ended; nobody took it away.");
});

test("without a person it lists who may; without an action what somebody may; without a place where", async ({
  page,
}) => {
  await ask(page, "", merge, "Customer portal / Production");
  await expect(verdict(page)).toContainText(/^\s*\d+ people may merge changes to production application/);
  const people = page.getByRole("region", { name: "People who may" });
  await expectAccessible(page);
  await people.getByRole("link", { name: "Tomasz Zieliński" }).click();
  await expect(verdict(page)).toContainText("Tomasz Zieliński may merge");

  await choose(page, "Where", "Field", "Field service");
  await page.getByLabel("May", { exact: true }).selectOption({ label: "Do anything" });
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(verdict(page)).toContainText("What Tomasz Zieliński may do in Field service and beneath.");
  await expect(page.getByRole("region", { name: "Field service" }).getByRole("link", { name: merge })).toBeVisible();
  await expectAccessible(page);

  await ask(page, "Ravi Deshpande", "Create sandboxes (and branches)", "");
  await expect(verdict(page)).toContainText("Ravi Deshpande may create sandboxes (and branches) in 2 applications.");
  await expect(page.getByRole("region", { name: "Where" }).getByRole("link")).toHaveText([
    "Field service",
    "Supplier onboarding",
  ]);
});

test("a person's row and page lead here with the person filled in, and so does the finder", async ({ page }) => {
  await open(page, "/people?q=Hana");
  await page.getByRole("link", { name: "Check roles of Hana Kobayashi" }).click();
  await expect(field(page, "Who")).toHaveValue("Hana Kobayashi");
  await expect(verdict(page)).toContainText("What Hana Kobayashi may do in the organization and beneath.");
  await page.goBack();
  await page.getByRole("link", { name: "Hana Kobayashi", exact: true }).click();
  await page.getByRole("link", { name: "Check roles", exact: true }).click();
  await expect(verdict(page)).toContainText("What Hana Kobayashi may do");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a page" }).fill("check");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/check$/);
});

test("the keyboard alone asks, reads and mends", async ({ page }) => {
  await open(page, "/check");
  await field(page, "Who").focus();
  await page.keyboard.type("camille");
  await expect(page.getByRole("listbox", { name: "Who" }).getByRole("option")).toHaveCount(1);
  await expect(field(page, "Who")).toHaveAttribute("aria-activedescendant", /option-0$/);
  await page.keyboard.press("Enter");
  await expect(field(page, "Who")).toHaveValue("Camille Fournier");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Rollback");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(field(page, "Where")).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(field(page, "Where")).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.type("claims testing");
  await expect(page.getByRole("listbox", { name: "Where" }).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field(page, "Where")).toHaveValue("Claims intake / Testing");
  await page.keyboard.press("Enter");
  await expect(verdict(page)).toContainText("Camille Fournier may not rollback changes");
  const prepare = page.getByRole("button", { name: /^Prepare: / }).first();
  for (let at = 0; at < 40 && !(await prepare.evaluate((node) => node === document.activeElement)); at += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(prepare).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("gains");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(prepare).toBeFocused();
});

test("the form works without scripts: what is typed is found, or asked back", async ({ elsewhere }) => {
  const plain = await elsewhere({ javaScriptEnabled: false });
  await plain.goto("/sign-in");
  await plain.getByLabel("E-mail address").fill(admin.email);
  await plain.getByLabel("Password").fill(admin.password);
  await plain.getByRole("button", { name: "Sign in" }).click();
  await plain.goto("/check");
  await field(plain, "Who").fill("Sofia");
  await plain.getByLabel("May", { exact: true }).selectOption({ label: merge });
  await field(plain, "Where").fill("production");
  await plain.getByRole("button", { name: "Check", exact: true }).click();
  await expect(plain.getByText("4 fit. Choose one.")).toBeVisible();
  const meant = plain.getByRole("region", { name: "Where: which one?" });
  await meant.getByRole("link", { name: "Claims intake / Production" }).click();
  await expect(verdict(plain)).toContainText("Sofia Marchetti may merge");
  await expect(plain).toHaveURL(/who=person\.\w{13}/);
});

test("everybody may ask about themselves; about others only who may see people and roles", async ({
  page,
  elsewhere,
}) => {
  await open(page, "/people?q=Hana");
  const hana = await page.getByRole("link", { name: "Check roles of Hana Kobayashi" }).getAttribute("href");
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  await open(kim, "/check");
  await expect(field(kim, "Who")).toHaveValue("Kim Aas");
  await expect(field(kim, "Who")).toHaveAttribute("readonly");
  await expect(kim.getByText(/You may ask about yourself\. .*it needs “See people and groups”/)).toBeVisible();
  await kim.getByLabel("May", { exact: true }).selectOption({ label: "See history" });
  await kim.getByRole("button", { name: "Check", exact: true }).click();
  await expect(verdict(kim)).toContainText("Not allowed: You may not see history in the organization.");
  await expect(kim.getByText(/^Ask an administrator\./)).toBeVisible();
  await expect(kim.getByRole("button", { name: /^Prepare/ })).toHaveCount(0);
  await expectAccessible(kim);
  // No place is hers to see.
  await field(kim, "Where").fill("portal");
  await expect(kim.getByText("Nothing found. Try another word.")).toBeVisible();
  const answer = await kim.goto(hana ?? "");
  expect(answer?.status()).toBe(403);
  await expect(kim.getByRole("alert")).toContainText("it needs “See people and groups”");
});

test("a narrow window shows one column and scrolls one way", async ({ page }) => {
  await page.setViewportSize({ width: 380, height: 800 });
  await ask(page, "Leïla Haddad", merge, "Customer portal / Production");
  await expect(page.getByRole("button", { name: /^Prepare: / }).first()).toBeVisible();
  await expectAccessible(page);
  const over = await page.getByRole("main").evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
});
