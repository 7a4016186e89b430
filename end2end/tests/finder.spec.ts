// The finder: pages, what is done on them, and whatever has the words in its name.
import { admin, expect, expectAccessible, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications"] } });

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("people, groups, roles, permissions and places are found and opened by the keyboard alone", async ({ page }) => {
  const dialog = page.getByRole("dialog", { name: "Find or do" });
  const found = dialog.getByRole("option", { selected: true });
  for (const [words, wanted, heading] of [
    ["osei", /^Daniel Osei daniel\.osei@/, /^Daniel Osei/],
    ["claims t", /^Claims team group$/, /^Claims team/],
    ["auditor", /^Auditor role$/, /^Auditor/],
  ] as const) {
    await page.keyboard.press("Control+k");
    await expect(dialog.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(words);
    await expect(found).toHaveText(wanted);
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("customer portal prod");
  await expect(found).toHaveText(/^Customer portal \/ Production stage$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/applications\/\w{13}\?stage=\w{13}$/);
  await expect(page.getByRole("heading", { level: 1, name: /^Customer portal/ })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("merge changes to prod");
  await expect(found).toHaveText(/^Merge changes to production application permission/);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/roles\?q=Merge/);
  await expect(page.getByRole("rowheader", { name: "Merge changes to production application" })).toBeVisible();
});

test("what is done on a page is done from the finder; Escape leaves everything as it was", async ({ page }) => {
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("add role");
  await page.keyboard.press("Enter");
  const adding = page.getByRole("dialog", { name: "Add role" });
  await expect(adding.getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(adding).toBeHidden();
  await expect(page).toHaveURL(/\/roles$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("pages that stand in no menu are found by what they are called, where their area is on", async ({ page }) => {
  const dialog = page.getByRole("dialog", { name: "Find or do" });
  const found = dialog.getByRole("option", { selected: true });
  for (const [words, wanted, path] of [
    ["compare", /^Compare roles$/, /\/roles\/compare$/],
    ["who can merge", /^Who can merge to production$/, /\/applications\/rights$/],
    ["history appl", /^History Applications & sandboxes$/, /\/applications\/history$/],
    ["set up access", /^Set up access Tenants$/, /\/tenants\/set-up$/],
  ] as const) {
    await page.keyboard.press("Control+k");
    await expect(dialog.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(words);
    await expect(found).toHaveText(wanted);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(path);
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("folders & robots");
  await expect(dialog.getByRole("status")).toHaveText("Nothing found. Try another word.");
});

test("who may see nobody finds nobody, and reads why a page stays shut", async ({ page, elsewhere }) => {
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  await open(kim, "/");
  await expect(kim.getByRole("region", { name: "Your access" })).toContainText("Your account");
  await expectAccessible(kim);
  await kim.keyboard.press("Control+k");
  await kim.keyboard.type("osei");
  await expect(kim.getByRole("status").filter({ hasText: "Nothing found" })).toBeVisible();
  await kim.getByRole("combobox").fill("compare roles");
  const compare = kim.getByRole("option", { name: /^Compare roles/ });
  await expect(compare).toHaveAttribute("aria-disabled", "true");
  await expect(compare).toContainText("You need “See roles & permissions”");
  await kim.getByRole("combobox").fill("people");
  const people = kim.getByRole("option", { name: /^People/ });
  await expect(people).toHaveAttribute("aria-disabled", "true");
  await expect(people).toContainText("You need “See people and groups”");
  await kim.keyboard.press("Enter");
  await expect(kim.getByRole("dialog", { name: "Find or do" })).toBeVisible();
});
