// The main screens as an administrator of the sample organization sees them.
import type { Page } from "@playwright/test";
import { admin, expect, open, signIn, test } from "../fixtures.js";

test.use({
  setup: { sample: true, areas: ["packaging", "automation", "applications"], organization: "Meridian" },
  viewport: { width: 1280, height: 800 },
});

const shoot = async (page: Page, name: string) => {
  // What was said in passing is no part of the screen.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `../docs/screenshots/${name}.png`, animations: "disabled" });
};

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("the grid, with an edit and its effect", async ({ page }) => {
  await open(page, "/roles");
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /^Invite users/ }) });
  await row.getByRole("gridcell").nth(1).click();
  await expect(page.getByRole("region", { name: "Changes not saved" })).toContainText("gain");
  await shoot(page, "roles-grid");
});

test("who may merge to production, and why", async ({ page }) => {
  await open(page, "/people");
  const href = await page.getByRole("link", { name: "Sofia Marchetti", exact: true }).getAttribute("href");
  await open(page, `/check?who=person.${href?.split("/").pop()}&may=merge.production`);
  const option = page.getByRole("link", { name: /Production/ }).first();
  if (await option.isVisible()) await option.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check access");
  await shoot(page, "check-access");
});

test("people", async ({ page }) => {
  await open(page, "/people");
  await shoot(page, "people");
});

test("a tenant's access, with another audience staged", async ({ page }) => {
  await open(page, "/tenants?q=Asia");
  await page.getByRole("link", { name: "Meridian Asia" }).click();
  await page.getByRole("navigation", { name: "Parts of this page" }).getByRole("link", { name: "Access" }).click();
  await page.getByRole("combobox", { name: "Add to Upload apps" }).fill("test");
  await page.getByRole("option", { name: "Testers" }).click();
  await expect(page.getByRole("region", { name: "Changes not saved" })).toContainText("gain Upload apps");
  await shoot(page, "tenant-access");
});

test("all tenants beside each other", async ({ page }) => {
  await open(page, "/tenants/access");
  await shoot(page, "tenants-matrix");
});

test("set up access", async ({ page }) => {
  await open(page, "/tenants/set-up");
  await shoot(page, "set-up-access");
});

test("history", async ({ page }) => {
  await open(page, "/history");
  await shoot(page, "history");
});

test("a robot that two folders share", async ({ page }) => {
  await open(page, "/folders?find=hr-robot-02");
  await page.getByRole("list", { name: "Places that were found" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("hr-robot-02");
  await shoot(page, "robot");
});

test("an application's stages", async ({ page }) => {
  await open(page, "/applications");
  await page.getByRole("link", { name: "Customer portal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Customer portal");
  await shoot(page, "application");
});

test("who may merge to production, over all applications", async ({ page }) => {
  await open(page, "/applications/rights");
  await shoot(page, "merge-to-production");
});
