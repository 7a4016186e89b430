// Manage users of a role, the half of a folder role, deleting a role with its people, and what an origin allows.
import type { Locator, Page } from "@playwright/test";
import { admin, expect, expectAccessible, expectQuietConsole, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications", "automation"] } });

type Level = "organization" | "tenant" | "folder" | "application";

const title = (page: Page) => page.getByRole("heading", { level: 1 });
const parts = (page: Page) => page.getByRole("navigation", { name: "Parts of this page" });
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });
const half = (page: Page) => page.getByRole("dialog").getByRole("checkbox", { name: /^Also give/ });

async function openRole(page: Page, name: string, level: Level): Promise<void> {
  await open(page, `/roles?level=${level}`);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(title(page)).toContainText(name);
}

async function openUsers(page: Page, name: string, level: Level): Promise<void> {
  await openRole(page, name, level);
  await parts(page).getByRole("link", { name: /Manage users/ }).click();
  await expect(page.getByRole("searchbox", { name: "Find who has it" })).toBeVisible();
}

/** Types into a field of the dialog that searches, and takes the first option of that name. */
async function choose(page: Page, field: string, words: string, option: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: field }).fill(words);
  await dialog.getByRole("option", { name: option }).first().click();
}

/** Opens a place by its name, with who has access there. */
async function openAccess(page: Page, name: string): Promise<void> {
  await open(page, `/folders?find=${encodeURIComponent(name)}`);
  const found = page.getByRole("list", { name: "Places that were found" });
  await found.getByRole("link", { name: new RegExp(`(^|/ )${name}\\b`) }).first().click();
  await expect(title(page)).toContainText(name);
  await parts(page).getByRole("link", { name: "Access" }).click();
}

/** The cell of a permission in a role of the grid, by the head of its column. */
async function cell(page: Page, permission: string, role: string): Promise<Locator> {
  const heads = page.getByRole("grid").getByRole("columnheader");
  const names = await heads.allInnerTexts();
  const at = names.findIndex((name) => /^[^\n,]*/.exec(name.trim())?.[0].trim() === role);
  expect(at, `a column for ${role}`).toBeGreaterThan(0);
  const of = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: permission, exact: true }) });
  return of.getByRole("gridcell").nth(at - 1);
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("who has a role stands with place and time, and is found by name", async ({ page }) => {
  await expectQuietConsole(page, async () => {
    await openUsers(page, "Team lead", "application");
    await expect(row(page, "Ravi Deshpande")).toHaveCount(2);
    await expect(row(page, "Ravi Deshpande").first()).toContainText(/Field service|Supplier onboarding/);
    await expect(row(page, "Daniel Osei")).toContainText("Claims intake");
    await expectAccessible(page);
  });
  await page.getByRole("searchbox", { name: "Find who has it" }).fill("osei");
  await expect(page).toHaveURL(/q=osei/);
  await expect(row(page, "Ravi Deshpande")).toHaveCount(0);
  await expect(row(page, "Daniel Osei")).toBeVisible();
  await page.reload();
  await expect(row(page, "Daniel Osei")).toBeVisible();
  await openUsers(page, "Release manager", "application");
  await expect(row(page, "Ingrid Solheim")).toContainText("Until");
  await expect(row(page, "Daniel Osei")).toContainText("From");
  await expect(row(page, "Platform team")).toHaveCount(4);
});

test("many are added at once where the level allows, after a preview, and undone", async ({ page }) => {
  await openUsers(page, "Developer", "application");
  await page.getByRole("button", { name: "Add users" }).click();
  const dialog = page.getByRole("dialog", { name: "Add users to Developer" });
  await choose(page, "Who", "ferrante", "Luca Ferrante");
  await choose(page, "Who", "service desk", "Service desk");
  await choose(page, "Who", "mensah", "Kofi Mensah");
  const chosen = dialog.getByRole("list", { name: "Chosen" });
  await expect(chosen.getByRole("listitem")).toHaveCount(3);
  await chosen.getByRole("button", { name: "Leave out Kofi Mensah" }).click();
  await expect(chosen.getByRole("listitem")).toHaveCount(2);
  await dialog.getByRole("combobox", { name: "Where" }).fill("human");
  await expect(dialog.getByText("Nothing found. Try another word."), "folders are above no application").toBeVisible();
  await choose(page, "Where", "claims", "Claims intake");
  await dialog.getByLabel("Until the end of").fill("2099-12-31");
  await expect(dialog.getByRole("listitem").filter({ hasText: /gain Merge changes within sandbox/ })).toBeVisible();
  await expect(half(page)).toHaveCount(0);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(page.getByText(/Luca Ferrante and Service desk have Developer\. Change no\. \d+\./)).toBeVisible();
  await expect(row(page, "Luca Ferrante")).toContainText("Claims intake");
  await expect(row(page, "Luca Ferrante")).toContainText("Until");
  await expect(row(page, "Service desk")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Luca Ferrante")).toHaveCount(0);
  await expect(row(page, "Service desk")).toHaveCount(0);
});

test("one or many are removed after a preview, and come back", async ({ page }) => {
  await openUsers(page, "Team lead", "application");
  for (const place of ["Field service", "Supplier onboarding"]) {
    await page.getByLabel(`Select Ravi Deshpande in ${place}`).check();
  }
  const selected = page.getByRole("region", { name: "Selected users" });
  await expect(selected).toContainText("2 selected");
  await selected.getByRole("button", { name: "Remove selected" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Team lead from Ravi Deshpande?" });
  await expect(dialog.getByRole("listitem").filter({ hasText: "Ravi Deshpande" }).first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(row(page, "Ravi Deshpande")).toHaveCount(0);
  await expect(selected).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Ravi Deshpande")).toHaveCount(2);

  await page.getByRole("button", { name: "Remove Daniel Osei in Claims intake" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(row(page, "Daniel Osei")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Daniel Osei")).toBeVisible();
});

test("what is not one's own to give stays in sight with the reason, and the last Admin stays", async ({
  page,
  elsewhere,
}) => {
  await openUsers(page, "Admin", "organization");
  await page.getByRole("button", { name: new RegExp(`^Remove ${admin.name} in`) }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Left out");
  await expect(dialog).toContainText("Nobody would be left who can administer");
  await expect(dialog.getByRole("button", { name: "Remove" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  await openUsers(page, "Auditor", "organization");
  await page.getByRole("button", { name: "Add users" }).click();
  await choose(page, "Who", "kim", "Kim Aas");
  await expect(page.getByRole("dialog").getByRole("combobox", { name: "Where" })).toHaveValue("Nordhavn Foods");
  await page.getByRole("dialog").getByRole("button", { name: "Give role" }).click();
  await expect(row(page, "Kim Aas")).toBeVisible();
  await openUsers(kim, "Member", "organization");
  const add = kim.getByRole("button", { name: "Add users" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription(/needs “Give and take roles”/);
  await expect(kim.getByRole("button", { name: /^Remove Hana Kobayashi/ })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(kim);
});

test("a folder role offers its half in the tenant, on the role's page and on the folder's", async ({ page }) => {
  await openUsers(page, "Automation User", "folder");
  await page.getByRole("button", { name: "Add users" }).click();
  const dialog = page.getByRole("dialog", { name: "Add users to Automation User" });
  await choose(page, "Who", "petrenko", "Nadia Petrenko");
  await choose(page, "Where", "claims", "Meridian Americas / Claims");
  await expect(half(page)).toBeChecked();
  await expect(half(page)).toHaveAccessibleName("Also give Allow to be Automation User in tenant Meridian Americas");
  await expect(dialog).toContainText("View Packages");
  await half(page).uncheck();
  await expect(dialog).not.toContainText("View Packages");
  await half(page).check();
  await expect(half(page)).toBeFocused();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(row(page, "Nadia Petrenko")).toContainText("Meridian Americas / Claims");
  await openUsers(page, "Allow to be Automation User", "tenant");
  await expect(row(page, "Nadia Petrenko")).toContainText("Meridian Americas");

  await openAccess(page, "Claims");
  for (const [who, role, ticked] of [
    ["Nadia Petrenko", "Folder Administrator", true],
    ["Ilse Vandenberghe", "Automation User", false],
  ] as const) {
    await page.getByRole("button", { name: "Assign access" }).click();
    await choose(page, "Who", who, who);
    await page.getByRole("dialog").getByRole("radio", { name: role, exact: true }).check();
    await expect(half(page)).toBeChecked();
    if (!ticked) await half(page).uncheck();
    await page.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
    await expect(page.getByRole("button", { name: `Remove ${role} from ${who}` })).toBeVisible();
  }
  await openUsers(page, "Allow to be Folder Administrator", "tenant");
  await expect(row(page, "Nadia Petrenko")).toContainText("Meridian Americas");
  await openUsers(page, "Allow to be Automation User", "tenant");
  await expect(row(page, "Ilse Vandenberghe")).toHaveCount(0);
});

test("who may not give the half is told so, and gives the folder role alone", async ({ page, elsewhere }) => {
  const una = await elsewhere();
  await join(page, una, "una@nordhavn.example", "Una Falk");
  await openAccess(page, "Leaving staff");
  await page.getByRole("button", { name: "Assign access" }).click();
  await choose(page, "Who", "una", "Una Falk");
  await page.getByRole("dialog").getByRole("radio", { name: "Folder Administrator", exact: true }).check();
  await half(page).uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("button", { name: "Remove Folder Administrator from Una Falk" })).toBeVisible();

  await openAccess(una, "Leaving staff");
  await una.getByRole("button", { name: "Assign access" }).click();
  await choose(una, "Who", "petrenko", "Nadia Petrenko");
  await una.getByRole("dialog").getByRole("radio", { name: "Automation User", exact: true }).check();
  await expect(half(una)).toHaveAttribute("aria-disabled", "true");
  await expect(half(una)).not.toBeChecked();
  await expect(half(una)).toHaveAccessibleDescription(/It is left out\. You may not do this: it needs/);
  await expectAccessible(una);
  await una.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
  await expect(una.getByRole("button", { name: "Remove Automation User from Nadia Petrenko" })).toBeVisible();
});

test("a role is deleted and its people moved to the nearest or another; undo brings back both", async ({ page }) => {
  await openRole(page, "Auditor", "organization");
  await page.getByRole("button", { name: "Delete" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Delete role Auditor?" });
  await expect(dialog.getByRole("list", { name: "Who has it" })).toContainText("Jakub Dvořák");
  await expect(dialog.getByRole("radio", { name: "They lose it" })).toBeChecked();
  await expect(dialog.getByRole("listitem").filter({ hasText: /lose/ }).first()).toContainText("Jakub Dvořák");
  await dialog.getByRole("radio", { name: "They get Security Reader, the nearest role" }).check();
  await expect(dialog).toContainText("Gives more: nothing. Gives less: See history.");
  await expect(dialog.getByRole("listitem").filter({ hasText: /lose See history/ })).toBeVisible();
  await dialog.getByRole("radio", { name: "They get another role" }).check();
  await expect(dialog.getByRole("button", { name: "Delete role" })).toBeDisabled();
  await dialog.getByLabel("Role", { exact: true }).selectOption({ label: "Role designer" });
  await expect(dialog).toContainText("Gives more: Manage roles & permissions. Gives less: See history.");
  await expect(dialog.getByRole("listitem").filter({ hasText: /gain.*Manage roles/ })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete role" }).click();
  await expect(page).toHaveURL(/\/roles$/);
  await expect(page.getByRole("link", { name: "Auditor", exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: "Role designer", exact: true }).click();
  await parts(page).getByRole("link", { name: /Manage users/ }).click();
  await expect(row(page, "Jakub Dvořák")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Jakub Dvořák")).toHaveCount(0);
  await openUsers(page, "Auditor", "organization");
  await expect(row(page, "Jakub Dvořák")).toBeVisible();
  await expect(row(page, "Aoife Brennan")).toContainText("Until");
});

test("a clone takes over what its origin allows since, one by one or all", async ({ page }) => {
  await openRole(page, "Developer", "application");
  await page.getByRole("button", { name: "Clone" }).click();
  const clone = page.getByRole("dialog", { name: "Clone role Developer" });
  await clone.getByLabel("Name").fill("Trial developer");
  await clone.getByRole("button", { name: "Save role" }).click();
  await expect(title(page)).toContainText("Trial developer");
  const origin = page.getByRole("region", { name: "Origin" });
  await expect(origin).toContainText("Cloned from Developer. It allows the same now.");

  await open(page, "/roles?level=application&q=merge");
  for (const permission of ["Merge changes to production application", "Approve merges"]) {
    await (await cell(page, permission, "Developer")).click();
  }
  await bar(page).getByRole("button", { name: "Save 2 changes" }).click();
  await expect(bar(page)).toHaveCount(0);

  await page.getByRole("link", { name: "Trial developer", exact: true }).click();
  await expect(origin).toContainText("2 permissions differ now.");
  await origin.getByText("What differs", { exact: true }).click();
  const list = origin.getByRole("list", { name: "What differs" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list).toContainText("Allowed there, not here.");
  await expectAccessible(page);
  await list.getByRole("button", { name: "Take over Approve merges" }).click();
  await expect(bar(page)).toContainText("1 change not saved");
  await expect(origin).toContainText("1 permission differs now.");
  await bar(page).getByRole("button", { name: "Discard" }).click();
  await expect(origin).toContainText("2 permissions differ now.");
  await origin.getByRole("button", { name: "Take over all 2 differences" }).click();
  await expect(bar(page)).toContainText("2 changes not saved");
  await bar(page).getByRole("button", { name: "Save 2 changes" }).click();
  await expect(origin).toContainText("It allows the same now.");
  await origin.getByRole("link", { name: "Developer" }).click();
  await expect(title(page)).toHaveText(/^\s*Developer/);
});

test("a clone says that the role it came from was deleted", async ({ page }) => {
  await openRole(page, "Developer", "application");
  const origin = page.getByRole("region", { name: "Origin" });
  for (const [from, name] of [
    ["Developer", "Stopgap"],
    ["Stopgap", "Lasting"],
  ] as const) {
    await page.getByRole("button", { name: "Clone" }).click();
    const clone = page.getByRole("dialog", { name: `Clone role ${from}` });
    await clone.getByLabel("Name").fill(name);
    await clone.getByRole("button", { name: "Save role" }).click();
    await expect(title(page)).toContainText(name);
    await expect(origin).toContainText(`Cloned from ${from}.`);
  }
  await origin.getByRole("link", { name: "Stopgap" }).click();
  await expect(title(page)).toContainText("Stopgap");
  await page.getByRole("button", { name: "Delete" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete role" }).click();
  await expect(page).toHaveURL(/\/roles$/);
  await openRole(page, "Lasting", "application");
  await expect(origin).toHaveText("Cloned from a role that was deleted.");
  await expectAccessible(page);
});
