// Settings: the organization's name, what it manages, facts; edits are staged and their effect is shown.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, hydrated, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true } });

const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });
const name = (page: Page) => page.getByLabel("Name", { exact: true });
const area = (page: Page, called: string) => page.getByRole("checkbox", { name: called });

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  await open(page, "/settings");
});

test("the organization is renamed, and the menu says so at once", async ({ page }) => {
  await expect(bar(page)).toBeHidden();
  await name(page).fill("Nordhavn Group");
  await expect(bar(page)).toContainText("1 change not saved");
  await expect(bar(page)).toContainText("Nobody gains or loses anything.");
  await expectAccessible(page);
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  await expect(page.getByText(/Saved as change no\. \d+/)).toBeVisible();
  await expect(bar(page)).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Main menu" })).toContainText("Nordhavn Group");
  await page.reload();
  await expect(name(page)).toHaveValue("Nordhavn Group");
});

test("edits are discarded together, and typing back is no edit", async ({ page }) => {
  const before = await name(page).inputValue();
  await name(page).fill("Something else");
  await area(page, "Apps for tenants").click();
  await expect(area(page, "Apps for tenants")).not.toBeChecked();
  await expect(bar(page)).toContainText("2 changes not saved");
  await bar(page).getByRole("button", { name: "Discard" }).click();
  await expect(bar(page)).toBeHidden();
  await expect(name(page)).toHaveValue(before);
  await expect(area(page, "Apps for tenants")).toBeChecked();
  await name(page).fill("Something else");
  await expect(bar(page)).toBeVisible();
  await name(page).fill(before);
  await expect(bar(page)).toBeHidden();
});

test("a name that cannot be is refused at the field, and nothing is saved", async ({ page }) => {
  const before = await name(page).inputValue();
  for (const [bad, sentence] of [
    ["", /empty or cannot be seen/],
    ["\u200b", /empty or cannot be seen/],
    ["x".repeat(81), /80 characters/],
  ] as const) {
    await name(page).fill(bad);
    await expect(bar(page).getByRole("alert")).toContainText(sentence);
    await expect(bar(page).getByRole("button", { name: "Save 1 change" })).toHaveAttribute("aria-disabled", "true");
    await expect(name(page)).toHaveAttribute("aria-invalid", "true");
    await expect(name(page)).toHaveAccessibleDescription(sentence);
  }
  await expectAccessible(page);
  await bar(page).getByRole("button", { name: "Discard" }).click();
  await expect(name(page)).not.toHaveAttribute("aria-invalid");
  await page.reload();
  await expect(name(page)).toHaveValue(before);
});

test("an area that is off is shown nowhere, and turning it says who loses and who gains", async ({ page }) => {
  const applications = area(page, "Applications & sandboxes");
  await applications.click();
  await expect(bar(page)).toContainText(/people lose/);
  await bar(page).getByRole("button", { name: "Details" }).click();
  const details = page.getByRole("dialog", { name: "What these changes alter" });
  await expect(details).toContainText("Leïla Haddad");
  await details.getByRole("button", { name: "Close" }).click();
  await expectAccessible(page);
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  await expect(page.getByText(/Saved as change no\. \d+/)).toBeVisible();
  await expect(applications).not.toBeChecked();

  const merge = page.getByRole("rowheader", { name: "Merge changes to production application" });
  await open(page, "/roles");
  await expect(page.getByRole("rowheader", { name: "Manage people", exact: true })).toBeVisible();
  await expect(merge).toHaveCount(0);

  await open(page, "/settings");
  await applications.click();
  await expect(bar(page)).toContainText(/people gain/);
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  await expect(page.getByText(/Saved as change no\. \d+/)).toBeVisible();
  await open(page, "/roles");
  await expect(merge).toBeVisible();
});

test("leaving with edits that are not saved asks first", async ({ page }) => {
  await name(page).fill("Not yet");
  const history = page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "History" });
  await history.click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(name(page)).toHaveValue("Not yet");
  await history.click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/history/);
  await hydrated(page);
});

test("facts say where and how this console runs", async ({ page, rolecall }) => {
  const facts = page.getByRole("region", { name: "This console" });
  await expect(facts).toContainText(rolecall.url);
  await expect(facts).toContainText("SQLite");
  await expect(facts).toContainText("Not set up: invitations and links");
  await page.setViewportSize({ width: 380, height: 800 });
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
