// People: the list, the roles of a row, many at once, one person's page.
import type { Locator, Page } from "@playwright/test";
import { admin, expect, expectAccessible, giveRole, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications", "packaging"] } });

const row = (page: Page, name: string): Locator =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

const rolesOf = (page: Page, name: string): Locator => page.getByRole("button", { name: `Roles of ${name}:` });

/** A role in the list behind the button of a row; filters have options of the same names. */
const choice = (page: Page, name: RegExp): Locator =>
  page.getByRole("listbox", { name: /^Roles of/ }).getByRole("option", { name });

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  await open(page, "/people");
});

test("picking a role replaces the only one, says so, and is taken back by Undo", async ({ page }) => {
  await rolesOf(page, "Luca Ferrante").click();
  await expect(page.getByText("Picking a role replaces Member.")).toBeVisible();
  await choice(page, /^Auditor/).click();
  const confirm = page.getByRole("group", { name: "Auditor instead of Member" });
  await expect(confirm).toContainText(/Luca Ferrante/);
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Save" }).click();
  await expect(rolesOf(page, "Luca Ferrante")).toHaveText(/Auditor$/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rolesOf(page, "Luca Ferrante")).toHaveText(/Member$/);
});

test("and also adds a role, with the keyboard alone", async ({ page }) => {
  await rolesOf(page, "Hana Kobayashi").focus();
  await page.keyboard.press("Enter");
  await expect(choice(page, /^Member/)).toBeFocused();
  await page.keyboard.press("End");
  await expect(choice(page, /^And also/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Picking a role adds it.", { exact: false })).toBeVisible();
  await choice(page, /^Auditor/).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Auditor for Hana Kobayashi as well" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rolesOf(page, "Hana Kobayashi")).toHaveText(/\+1$/);
});

test("what has a place stays as it is", async ({ page }) => {
  await rolesOf(page, "Leïla Haddad").click();
  await expect(page.getByText("Stays as it is: Team lead in Customer portal.")).toBeVisible();
});

test("search, filters and Back stand in the address", async ({ page }) => {
  await page.getByRole("searchbox", { name: "Name or e-mail address" }).fill("LEÏLA");
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole("link", { name: "Leïla Haddad", exact: true })).toBeVisible();
  await expect(row(page, "Luca Ferrante")).toHaveCount(0);
  await open(page, "/people");
  await page.getByLabel("State").selectOption({ label: "Inactive" });
  await expect(page).toHaveURL(/state=inactive/);
  await expect(page.getByRole("link", { name: "Tariq Aziz", exact: true })).toBeVisible();
  await page.getByLabel("Role", { exact: true }).selectOption({ label: "Auditor" });
  await expect(page.getByRole("heading", { name: "Nobody is found" })).toBeVisible();
  await expectAccessible(page);
  await page.goBack();
  await expect(page.getByRole("link", { name: "Tariq Aziz", exact: true })).toBeVisible();
  await page.getByLabel("State").selectOption({ label: "Active and invited" });
  await page.getByLabel("Group", { exact: true }).selectOption({ label: "Claims team" });
  await expect(page.getByRole("link", { name: "Oskar Vestergaard", exact: true })).toBeVisible();
  await expect(row(page, "Luca Ferrante")).toHaveCount(0);
});

test("a role finds those who have it by a group too", async ({ page }) => {
  await page.getByLabel("Role", { exact: true }).selectOption({ label: "Developer" });
  await expect(page).toHaveURL(/role=/);
  await expect(row(page, "Hana Kobayashi")).toBeVisible();
  await expect(row(page, "Bianca Moretti")).toHaveCount(0);
});

test("many are changed as one change with one preview", async ({ page }) => {
  for (const name of ["Samuel Abebe", "Viktor Horváth"]) await page.getByLabel(`Select ${name}`).check();
  const bar = page.getByRole("region", { name: "Selected people" });
  await expect(bar).toContainText("2 people selected");
  await bar.getByRole("button", { name: "Give role" }).click();
  const dialog = page.getByRole("dialog", { name: "Give role: 2 people" });
  await dialog.getByLabel("Role").selectOption({ label: "Auditor" });
  await expect(dialog).toContainText("2 people gain");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(page.getByText(/Auditor is given\. Change no\. \d+/)).toBeVisible();
  await expect(rolesOf(page, "Samuel Abebe")).toHaveText(/\+1$/);
  await expect(bar).toBeHidden();
  await page.getByLabel("Select Viktor Horváth").check();
  await bar.getByRole("button", { name: "Clear" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main"), "the button is gone, the focus stays on the page").toBeFocused();
});

test("the last administrator is named and left out", async ({ page }) => {
  for (const name of [admin.name, "Marta Nowicka"]) await page.getByLabel(`Select ${name}`).check();
  await page.getByRole("region", { name: "Selected people" }).getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("dialog", { name: "Deactivate: 2 people" });
  await expect(dialog).toContainText("Left out");
  await expect(dialog).toContainText("Nobody would be left who can administer");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("roles that are not one's own are disabled with the reason", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await join(page, other, "kim@nordhavn.example", "Kim Aas");
  await open(page, "/people?q=kim");
  await rolesOf(page, "Kim Aas").click();
  await choice(page, /^Access manager/).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(rolesOf(page, "Kim Aas")).toHaveText(/Access manager$/);
  await open(other, "/people?q=luca");
  await rolesOf(other, "Luca Ferrante").click();
  const option = choice(other, /^Admin/);
  await expect(option).toBeDisabled();
  await expect(option).toHaveAccessibleDescription(/You give and take only what you hold yourself/);
});

test("who may give roles nowhere finds every way to it disabled, with the reason in sight", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await join(page, other, "una@nordhavn.example", "Una Falk");
  await giveRole(page, "Una Falk", "Auditor");
  await open(other, "/people?q=osei");
  await expect(rolesOf(other, "Daniel Osei")).toHaveText(/Release manager \+2$/);
  const invite = other.getByRole("button", { name: "Invite people" });
  await expect(invite).toHaveAccessibleDescription(/it needs “Invite users to organization”/);
  await invite.hover();
  const reason = other.getByText("it needs “Invite users to organization”", { exact: false });
  await expect(reason).toBeInViewport({ ratio: 1 });
  expect((await reason.boundingBox())?.width, "not clipped to a point").toBeGreaterThan(100);
  await other.getByRole("link", { name: "Daniel Osei", exact: true }).click();
  for (const name of ["Give role", "Take Member"]) {
    const button = other.getByRole("button", { name, exact: true });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(/it needs “Give and take roles”/);
  }
});

test("deactivating ends the other browser's session with a sentence", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await join(page, other, "lou@nordhavn.example", "Lou Berg");
  await open(page, "/people?q=lou@");
  await page.getByRole("link", { name: "Lou Berg", exact: true }).click();
  await page.getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("dialog", { name: "Deactivate Lou Berg?" });
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Lou Berg is deactivated and signed out.", { exact: false })).toBeVisible();
  await other.goto("/");
  await expect(other).toHaveURL(/sign-in/);
});

test("a removed person is a word in history", async ({ page }) => {
  await page.getByRole("link", { name: "Bianca Moretti", exact: true }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Bianca Moretti?" });
  await expect(dialog).toContainText("Leaves the groups Service desk");
  await dialog.getByLabel("What history calls this person from now on").fill("Former service desk");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Remove person" }).click();
  await expect(page).toHaveURL(/\/people$/);
  await open(page, "/history");
  await expect(page.getByText("Former service desk").first()).toBeVisible();
  await expect(page.getByText("Bianca Moretti")).toHaveCount(0);
});

test("every page is accessible and fits a narrow window", async ({ page }) => {
  await expectAccessible(page);
  await page.getByRole("link", { name: "Daniel Osei", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Access" })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 380, height: 800 });
  for (const path of ["/people", "/people/invite", "/people/invitations", "/groups"]) {
    await open(page, path);
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
