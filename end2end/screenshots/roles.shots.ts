// One role's resources, and roles side by side, as an administrator of the sample organization sees them.
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

test("what a folder role allows, with an edit that needs another one", async ({ page }) => {
  await open(page, "/roles?new=1");
  const dialog = page.getByRole("dialog", { name: "Add role" });
  await dialog.getByLabel("Name").fill("Invoice team");
  await dialog.getByLabel("Start from").selectOption({ label: "Clone of Robot User" });
  await dialog.getByRole("button", { name: "Save role" }).click();
  await page.getByRole("link", { name: "Invoice team", exact: true }).click();
  const grid = page.getByRole("grid", { name: "Resources of Invoice team" });
  const row = grid.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Assets", exact: true }) });
  await row.getByRole("gridcell").nth(1).click();
  await expect(page.getByRole("region", { name: "Changes not saved" })).toContainText("1 change");
  await shoot(page, "role-resources");
});

test("two roles side by side", async ({ page }) => {
  await open(page, "/roles/compare?differences=1");
  for (const label of ["Automation User (folder)", "Automation Publisher"]) {
    await page.getByLabel("Add a role to compare").selectOption({ label });
    await page.getByRole("button", { name: "Add", exact: true }).click();
  }
  await expect(page.getByRole("grid").getByRole("columnheader")).toHaveCount(3);
  await shoot(page, "roles-compare");
});
