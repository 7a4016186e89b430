// Roles & permissions: the grid, each role by itself, staged edits, and what two administrators see of each other.
import type { Locator, Page } from "@playwright/test";
import { admin, expect, expectAccessible, hydrated, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications", "packaging"] } });

/** The cell of a permission in a role, by the head of its column. */
async function cell(page: Page, permission: string, role: string): Promise<Locator> {
  const heads = page.getByRole("grid").getByRole("columnheader");
  const names = await heads.allInnerTexts();
  // Under the name stand a count and perhaps a level; a locked role says so after a comma.
  const at = names.findIndex((name) => /^[^\n,]*/.exec(name.trim())?.[0].trim() === role);
  expect(at, `a column for ${role}`).toBeGreaterThan(0);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: permission, exact: true }) });
  return row.getByRole("gridcell").nth(at - 1);
}

async function addRole(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add role" }).click();
  const dialog = page.getByRole("dialog", { name: "Add role" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Save role" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("link", { name, exact: true })).toBeFocused();
}

const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  await open(page, "/roles");
});

test("a cell is allowed, saved and holds; undo takes it back", async ({ page }) => {
  const merge = await cell(page, "Merge changes to production application", "Team lead");
  await expect(merge).toHaveText("Not allowed");
  await merge.click();
  await expect(merge).toHaveText("Allowed, not saved");
  await expect(bar(page)).toContainText("1 change not saved");
  await expect(bar(page)).toContainText(/gains? Merge changes to production/);
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  await expect(page.getByText(/Saved as change no\. \d+/)).toBeVisible();
  await expect(merge).toHaveText("Allowed");
  await page.reload();
  await expect(await cell(page, "Merge changes to production application", "Team lead")).toHaveText("Allowed");
  await open(page, "/roles");
  const rollback = await cell(page, "Roll back further", "Team lead");
  await rollback.click();
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  await expect(rollback).toHaveText("Allowed");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rollback).toHaveText("Not allowed");
});

test("the bar names who gains and who loses, and discards", async ({ page }) => {
  const invite = await cell(page, "Invite users to organization", "Service desk");
  const history = await cell(page, "See history", "Role designer");
  await invite.click();
  await history.click();
  await expect(bar(page)).toContainText("2 changes not saved");
  await expect(bar(page)).toContainText("Tomasz Zieliński");
  await expect(bar(page)).toContainText(/lose.* Invite users to organization/);
  await expect(bar(page).getByRole("listitem").filter({ hasText: "Invite users" })).toContainText("more");
  await bar(page).getByRole("button", { name: "Details" }).click();
  const details = page.getByRole("dialog", { name: "What these changes alter" });
  await expect(details).toContainText("Bianca Moretti");
  await details.getByRole("button", { name: "Close" }).click();
  await expectAccessible(page);
  await bar(page).getByRole("button", { name: "Discard" }).click();
  await expect(invite).toHaveText("Allowed");
  await expect(history).toHaveText("Not allowed");
  await expect(bar(page)).toBeHidden();
});

test("an effect in many places is one line, and leaves room for the grid", async ({ page }) => {
  await (await cell(page, "Merge changes to production application", "Developer")).click();
  await (await cell(page, "Invite users to organization", "Application owner")).click();
  await expect(bar(page)).toContainText(/gain Merge changes to production application in .+, \d in .+ and more in/);
  const area = await bar(page).boundingBox();
  expect(area?.height, "the bar").toBeLessThan(160);
  await bar(page).getByRole("button", { name: "Details" }).click();
  const details = page.getByRole("dialog", { name: "What these changes alter" });
  const edits = details.getByRole("listitem").filter({ hasText: "Allowed:" });
  await expect(edits).toHaveText([
    /Application owner: Invite users to organization$/,
    /Developer: Merge changes to production application$/,
  ]);
  await expect(details).toContainText("in Supplier onboarding");
});

test("a word about what was saved does not lie on the buttons of the next edit", async ({ page }) => {
  await (await cell(page, "Manage groups", "Service desk")).click();
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await (await cell(page, "Undo changes", "Service desk")).click();
  const save = bar(page).getByRole("button", { name: "Save 1 change" });
  await expect(save).toBeVisible();
  const [word, bottom] = [await undo.boundingBox(), await bar(page).boundingBox()];
  expect((word?.y ?? 0) + (word?.height ?? 0)).toBeLessThanOrEqual(bottom?.y ?? 0);
  await bar(page).getByRole("button", { name: "Discard" }).click();
  await undo.click();
});

test("toggling back is no change", async ({ page }) => {
  const invite = await cell(page, "Invite users to organization", "Auditor");
  await invite.click();
  await expect(bar(page)).toBeVisible();
  await invite.click();
  await expect(bar(page)).toBeHidden();
});

test("Admin is locked with the reason, and what lies above a level does not apply", async ({ page }) => {
  const locked = await cell(page, "Manage people", "Admin");
  await locked.click();
  await expect(locked).toHaveText("Allowed, locked");
  await expect(locked).toHaveAttribute("aria-readonly", "true");
  await expect(locked).toHaveAccessibleDescription(/Admin came with Rolecall/);
  const above = await cell(page, "Manage people", "Developer");
  await above.click();
  await expect(above).toHaveText("Does not apply");
  await expect(above).toHaveAccessibleDescription(/above the level/);
  await expect(bar(page)).toBeHidden();
});

test("the grid is worked by the keyboard alone", async ({ page }) => {
  const first = await cell(page, "See people and groups", "Admin");
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await expect(await cell(page, "See people and groups", "Member")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const managed = await cell(page, "Manage people", "Member");
  await expect(managed).toBeFocused();
  await page.keyboard.press("Space");
  await expect(managed).toHaveText("Allowed, not saved");
  await page.keyboard.press("Enter");
  await expect(managed).toHaveText("Not allowed");
  await page.keyboard.press("Home");
  await expect(page.getByRole("rowheader", { name: "Manage people", exact: true })).toBeFocused();
  await page.keyboard.press("Control+Home");
  await expect(page.getByRole("button", { name: "Fold Administration" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Unfold Administration" })).toBeFocused();
  await expect(page).toHaveURL(/fold=administration/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+End");
  await expect(page.locator(":focus")).toHaveAttribute("role", "gridcell");
  await page.keyboard.press("PageUp");
  await expect(page.locator(":focus")).toHaveAttribute("role", "gridcell");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("link", { name: "Admin", exact: true })).toBeFocused();
  await expect(page.getByRole("grid").locator("[tabindex='0']")).toHaveCount(1);
});

test("keys that follow each other faster than the screen are all obeyed", async ({ page }) => {
  const first = await cell(page, "See people and groups", "Admin");
  await first.focus();
  await page.evaluate(() => {
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", " "]) {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  });
  const reached = await cell(page, "Manage people", "Member");
  await expect(reached).toBeFocused();
  await expect(reached).toHaveText("Allowed, not saved");
});

test("the focus comes back to the cell when the bar or the word with Undo is gone", async ({ page }) => {
  const edited = await cell(page, "Undo changes", "Auditor");
  await edited.focus();
  for (const [button, left] of [
    ["Save 1 change", "Allowed"],
    ["Undo", "Not allowed"],
    ["Discard", "Not allowed"],
  ] as const) {
    if (button !== "Undo") await page.keyboard.press("Space");
    await page.getByRole("button", { name: button, exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(edited, `after ${button}`).toBeFocused();
    await expect(edited, `after ${button}`).toHaveText(left);
  }
});

test("a permission that needs another one offers it", async ({ page }) => {
  const further = await cell(page, "Roll back further", "Developer");
  await further.click();
  const offer = page.getByRole("button", { name: /^Allow Rollback changes/ });
  await offer.click();
  await expect(await cell(page, "Rollback changes (to version prior to the last merge)", "Developer")).toHaveText(
    "Allowed, not saved",
  );
  await expect(offer).toBeHidden();
  await expect(further).toBeFocused();
});

test("search, level and differences stand in the address", async ({ page }) => {
  await page.getByRole("searchbox", { name: "Find a permission" }).fill("merge");
  await expect(page).toHaveURL(/q=merge/);
  await expect(page.getByRole("rowheader", { name: "Merge changes within sandbox manager" })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "Manage people" })).toBeHidden();
  await page.getByLabel("Level").selectOption("Application");
  await expect(page).toHaveURL(/level=application/);
  await expect(page.getByRole("link", { name: "Auditor", exact: true })).toBeHidden();
  await page.reload();
  await expect(page.getByLabel("Level")).toHaveValue("application");
  await expect(page.getByRole("link", { name: "Team lead", exact: true })).toBeVisible();
  await page.getByLabel("Differences only").check();
  await expect(page).toHaveURL(/differences=1/);
  await open(page, "/roles?q=nothing+like+it");
  await expect(page.getByRole("heading", { name: "No permission is shown" })).toBeVisible();
  await expectAccessible(page);
});

test("a role is added, and bad names are refused at the field", async ({ page }) => {
  await page.getByRole("button", { name: "Add role" }).click();
  const dialog = page.getByRole("dialog", { name: "Add role" });
  const name = dialog.getByLabel("Name");
  for (const [bad, sentence] of [
    ["", /empty or cannot be seen/],
    ["\u200b\u200b", /empty or cannot be seen/],
    ["x".repeat(81), /80 characters/],
    ["AUDITOR", /already a role called/],
    ["Ａｕｄｉｔｏｒ", /already a role called/],
  ] as const) {
    await name.fill(bad);
    await dialog.getByRole("button", { name: "Save role" }).click();
    await expect(name).toHaveAccessibleDescription(sentence);
    await expect(name).toHaveAttribute("aria-invalid", "true");
  }
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await addRole(page, "Release tester");
  await expect(await cell(page, "See people and groups", "Release tester")).toHaveText("Not allowed");
});

test("a role is renamed in place; Escape cancels", async ({ page }) => {
  await addRole(page, "Checker");
  await page.getByRole("link", { name: "Checker", exact: true }).press("Enter");
  await expect(page).toHaveURL(/\/roles\/[0-9a-z]{13}$/);
  await page.getByRole("button", { name: "Rename" }).click();
  const field = page.getByLabel("Name of the role");
  await field.fill("Never");
  await field.press("Escape");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Checker");
  await expect(page.getByRole("button", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await page.keyboard.type("Auditor");
  await expect(field, "what is typed replaces the name").toHaveValue("Auditor");
  await field.press("Enter");
  await expect(page.getByText(/already a role called/)).toBeVisible();
  await field.fill("Verifier");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Verifier");
  await page.getByRole("button", { name: "Describe" }).click();
  await page.getByLabel("What it is for").fill("Checks releases");
  await page.getByRole("button", { name: "Save description" }).click();
  await expect(page.getByText("Checks releases.")).toBeVisible();
  await expectAccessible(page);
});

test("a role allows by Authorise, is cloned, and is deleted with the names of who loses what", async ({ page }) => {
  await page.getByRole("link", { name: "Service desk", exact: true }).click();
  const authorise = page.getByRole("combobox", { name: "See history" });
  await authorise.selectOption("Allowed");
  await expect(bar(page)).toContainText("1 change not saved");
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  await expect(page.getByText(/Saved as change no\./)).toBeVisible();
  await expect(bar(page)).toBeHidden();
  await expect(authorise).toHaveValue("on");

  await page.getByRole("button", { name: "Clone" }).click();
  const clone = page.getByRole("dialog", { name: "Clone role Service desk" });
  await expectAccessible(page);
  await clone.getByLabel("Name").fill("Front desk");
  await clone.getByRole("button", { name: "Save role" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Front desk");
  await expect(page.getByText("Cloned from Service desk.")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "See history" })).toHaveValue("on");

  await open(page, "/roles");
  await page.getByRole("link", { name: "Service desk", exact: true }).click();
  await page.getByRole("link", { name: /Manage users/ }).click();
  await expect(page.getByRole("rowheader", { name: "Service desk" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete role Service desk?" });
  await expect(dialog).toContainText("Zuzana Kováčová");
  await expect(dialog).toContainText(/lose/);
  await expect(dialog).toContainText("Undo");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete role" }).click();
  await expect(page).toHaveURL(/\/roles$/);
  await expect(page.getByRole("link", { name: "Service desk", exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "Service desk", exact: true })).toBeVisible();
});

test("the seven permissions are each allowed and taken away by name", async ({ page }) => {
  const seven = [
    "Create applications",
    "Create sandboxes (and branches)",
    "Invite users to organization",
    "Merge changes to production application",
    "Merge changes within sandbox manager",
    "Rollback changes (to version prior to the last merge)",
    "Change application status (promote application to production)",
  ];
  await addRole(page, "Sandbox captain");
  await page.getByRole("link", { name: "Sandbox captain", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Sandbox captain");
  const authorise = (name: string) => page.getByRole("combobox", { name, exact: true });
  for (const [before, wanted] of [["Not allowed", "Allowed"], ["Allowed", "Not allowed"]] as const) {
    for (const name of seven) {
      await expect(authorise(name).getByRole("option", { selected: true })).toHaveText(before);
      await authorise(name).selectOption(wanted);
    }
    await bar(page).getByRole("button", { name: "Save 7 changes" }).click();
    await expect(page.getByText(/Saved as change no\. \d+/)).toBeVisible();
    await expect(bar(page)).toBeHidden();
    await page.reload();
    await hydrated(page);
    for (const name of seven) await expect(authorise(name).getByRole("option", { selected: true })).toHaveText(wanted);
  }
});

test("what lies above a role's level is left out, and shown on demand as what does not apply", async ({ page }) => {
  await page.getByRole("link", { name: "Team lead", exact: true }).click();
  await expect(page.getByText(/^\d+ more lie above the level of this role and do not apply\.$/)).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /^Manage people/ })).toHaveCount(0);
  await page.getByLabel("Show what does not apply").check();
  await expect(page).toHaveURL(/all=1/);
  const manage = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /^Manage people/ }) });
  await expect(manage).toContainText("Does not apply");
  await expect(manage.getByRole("combobox")).toHaveCount(0);
  await expectAccessible(page);
});

test("whoever has a role in several places is counted once", async ({ page }) => {
  await page.getByRole("link", { name: "Team lead", exact: true }).click();
  await page.getByRole("link", { name: "Manage users 3" }).click();
  await expect(page.getByRole("link", { name: "Ravi Deshpande" })).toHaveCount(2);
});

test("built-in roles say what is locked and why", async ({ page }) => {
  await page.getByRole("link", { name: "Member", exact: true }).click();
  const rename = page.getByRole("button", { name: "Rename" });
  await expect(rename).toHaveAttribute("aria-disabled", "true");
  await expect(rename).toHaveAccessibleDescription(/keeps its name/);
  await expect(page.getByRole("button", { name: "Delete" })).toHaveAccessibleDescription(/came with Rolecall/);
  await page.getByRole("combobox", { name: "See history" }).selectOption("Allowed");
  await expect(bar(page)).toBeVisible();
  await bar(page).getByRole("button", { name: "Discard" }).click();
  await open(page, "/roles");
  await page.getByRole("link", { name: "Admin", exact: true }).click();
  const authorise = page.getByRole("combobox", { name: "See history" });
  await expect(authorise).toHaveAttribute("aria-disabled", "true");
  await expect(authorise).toHaveAccessibleDescription(/Admin came with Rolecall/);
  await expectAccessible(page);
});

test("what one administrator saves appears in the other browser and leaves its edits alone", async ({
  page,
  elsewhere,
}) => {
  const other = await elsewhere();
  await signIn(other, admin.email, admin.password);
  await open(other, "/roles");
  const mine = await cell(page, "See history", "Application owner");
  await mine.click();
  const same = await cell(page, "Undo changes", "Auditor");
  await same.click();
  await expect(bar(page)).toContainText("2 changes not saved");

  const theirs = await cell(other, "Undo changes", "Auditor");
  await theirs.click();
  await bar(other).getByRole("button", { name: "Save 1 change" }).click();
  await expect(theirs).toHaveText("Allowed");

  await expect(same).toHaveText("Allowed");
  await expect(page.getByText(/already allowed “Undo changes” in Auditor in change no\. \d+/)).toBeVisible();
  await expect(mine).toHaveText("Allowed, not saved");
  await expect(bar(page)).toContainText("1 change not saved");
  await bar(page).getByRole("button", { name: "Save 1 change" }).click();
  await expect(await cell(other, "See history", "Application owner")).toHaveText("Allowed");
});

test("leaving with edits that are not saved asks first", async ({ page }) => {
  await (await cell(page, "See history", "Service desk")).click();
  await page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "History" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await expect(dialog).toContainText("1 change is not saved");
  await dialog.getByRole("button", { name: "Stay" }).click();
  await expect(bar(page)).toBeVisible();
  await page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "History" }).click();
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/history/);
});

test("an unknown role says so", async ({ page }) => {
  const answer = await page.goto("/roles/nothing");
  expect(answer?.status()).toBe(404);
  await expect(page.getByText(/no such role/)).toBeVisible();
});

test("the grid is accessible in light and dark", async ({ page }) => {
  await expectAccessible(page);
});
