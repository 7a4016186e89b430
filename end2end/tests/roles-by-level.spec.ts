// Roles by level and owner: adding them, the matrix of resources of one role, and roles side by side.
import type { Locator, Page } from "@playwright/test";
import {
  admin,
  expect,
  expectAccessible,
  expectQuietConsole,
  giveRole,
  hydrated,
  join,
  open,
  signIn,
  test,
} from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications", "automation", "packaging"] } });

const title = (page: Page) => page.getByRole("heading", { level: 1 });
const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });
const help = (page: Page) => page.getByRole("region", { name: "About this cell" });
const four = ["View", "Edit", "Create", "Delete"] as const;

/** The line of a resource in the matrix of a role. */
const line = (page: Page, resource: string) =>
  page.getByRole("grid").getByRole("row").filter({ has: page.getByRole("rowheader", { name: resource, exact: true }) });

/** One of the four cells of a resource. */
const cell = (page: Page, resource: string, action: (typeof four)[number]): Locator =>
  line(page, resource).getByRole("gridcell").nth(four.indexOf(action));

/** A further action of a resource. */
const further = (page: Page, resource: string, action: string): Locator =>
  line(page, resource).getByRole("gridcell", { name: action });

/** Adds a role of a level on the page of roles, and opens its own page. */
async function addRole(page: Page, name: string, level: string, tenant?: string): Promise<void> {
  await open(page, "/roles?new=1");
  const dialog = page.getByRole("dialog", { name: "Add role" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Level").selectOption(level);
  if (tenant) {
    await dialog.getByLabel("Owner").selectOption({ value: "tenant" });
    await dialog.getByRole("combobox", { name: "Tenant" }).fill(tenant);
    await dialog.getByRole("option", { name: tenant }).first().click();
  }
  await dialog.getByRole("button", { name: "Save role" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name, exact: true }).click();
  await expect(title(page)).toContainText(name);
}

/** Opens the page of a role from the grid, of which a search leaves one line: so all columns are drawn. */
async function openRole(page: Page, name: string): Promise<void> {
  await open(page, "/roles?q=reveal+asset");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(title(page)).toContainText(name);
}

/** Adds a role to those that stand side by side. */
async function addToCompare(page: Page, label: string): Promise<void> {
  await page.getByLabel("Add a role to compare").selectOption({ label });
  await page.getByRole("button", { name: "Add", exact: true }).click();
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

// First, while there are few roles: the grid draws only the columns that are in sight.
test("on a narrow page the matrix and the comparison scroll, and nothing hangs over", async ({ page }) => {
  await openRole(page, "Automation User");
  await page.setViewportSize({ width: 390, height: 800 });
  const one = page.url();
  await page.getByRole("link", { name: "Compare" }).click();
  await addToCompare(page, "Process Starter");
  await expect(page.getByRole("grid")).toBeVisible();
  for (const address of [page.url(), one]) {
    await open(page, address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide, address).toBe(false);
    await expectAccessible(page);
  }
});

test("a role is added with its level, and the owner is asked only where a tenant can own it", async ({ page }) => {
  await open(page, "/roles?new=1");
  const dialog = page.getByRole("dialog", { name: "Add role" });
  const level = dialog.getByLabel("Level");
  await expect(level.getByRole("option")).toHaveText(["Organization", "Tenant", "Folder", "Application"]);
  await expect(dialog.getByLabel("Owner")).toHaveCount(0);
  await level.selectOption("Folder");
  await expect(dialog.getByLabel("Owner")).toBeVisible();
  await level.selectOption("Application");
  await expect(dialog.getByLabel("Owner")).toHaveCount(0);
  await level.selectOption("Folder");
  await dialog.getByLabel("Owner").selectOption({ value: "tenant" });
  await dialog.getByLabel("Name").fill("Invoice team");
  await dialog.getByRole("button", { name: "Save role" }).click();
  const tenant = dialog.getByRole("combobox", { name: "Tenant" });
  await expect(dialog.getByText("Choose one of the tenants that are found.")).toBeVisible();
  await expectAccessible(page);
  await tenant.fill("europe");
  await dialog.getByRole("option", { name: "Meridian Europe" }).click();
  await dialog.getByRole("button", { name: "Save role" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: "Invoice team", exact: true }).click();
  await expect(title(page)).toContainText("Folder");
  await expect(title(page)).toContainText("Owned by Meridian Europe");
  await expect(cell(page, "Assets", "View")).toHaveText("Not allowed");
});

test("a clone takes level and permissions over from its origin", async ({ page }) => {
  await open(page, "/roles?new=1");
  const dialog = page.getByRole("dialog", { name: "Add role" });
  await dialog.getByLabel("Name").fill("Night shift");
  await dialog.getByLabel("Start from").selectOption({ label: "Clone of Automation User" });
  await expect(dialog.getByLabel("Level")).toHaveCount(0);
  await expect(dialog).toContainText("Its level is folder, as that of Automation User.");
  await expect(dialog.getByLabel("Owner")).toBeVisible();
  await dialog.getByRole("button", { name: "Save role" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("link", { name: "Night shift", exact: true }).click();
  await expect(title(page)).toContainText("Folder");
  await expect(cell(page, "Jobs", "View")).toHaveText("Allowed");
});

test("the matrix stands first where it is what the role is about, and what does not apply is one line at the end", async ({
  page,
}) => {
  const region = page.getByRole("region", { name: "Permissions of this role" });
  const end = region.getByText(/^Nothing in .+ applies: all of it lies above the level of this role\.$/);
  const top = async (one: Locator) => (await one.boundingBox())?.y ?? Number.NaN;
  for (const role of ["Automation User", "Allow to be Automation User"]) {
    await openRole(page, role);
    const grid = page.getByRole("grid", { name: `Resources of ${role}` });
    await expect(grid).toBeVisible();
    await expect(end).toHaveCount(1);
    expect(await top(grid), "right under the bar").toBeLessThan((await top(region)) + 10);
    expect(await top(end)).toBeGreaterThan(await top(grid));
  }
  await page.getByLabel("Show what does not apply").check();
  await expect(end).toHaveCount(0);
  await expect(region.getByText("Does not apply").first()).toBeVisible();
  await expectAccessible(page);
});

test("resources are rows, and a cell says what it opens before it is set", async ({ page }) => {
  await expectQuietConsole(page, async () => {
    await addRole(page, "Asset keeper", "Folder");
    const heads = page.getByRole("grid").getByRole("columnheader");
    await expect(heads).toHaveText([/resources$/, ...four, "Further actions"]);
    const edit = cell(page, "Assets", "Edit");
    await edit.click();
    await expect(edit).toHaveText("Allowed, not saved");
    await expect(help(page)).toContainText("Assets: Edit");
    await expect(edit).toHaveAccessibleDescription(/Needs View Assets\./);
    await expect(bar(page)).toContainText("1 change not saved");
  });
  // What is useless alone offers what it needs.
  await page.getByRole("button", { name: "Allow View Assets" }).click();
  await expect(cell(page, "Assets", "View")).toHaveText("Allowed, not saved");
  await expect(cell(page, "Assets", "Edit")).toBeFocused();
  await further(page, "Assets", "Set asset values").click();
  await expect(bar(page)).toContainText("3 changes not saved");
  await expectAccessible(page);
  await bar(page).getByRole("button", { name: "Save 3 changes" }).click();
  await expect(bar(page)).toBeHidden();
  await page.reload();
  await hydrated(page);
  await expect(further(page, "Assets", "Set asset values")).toHaveText(/: Allowed$/);
  await expect(cell(page, "Assets", "Create")).toHaveText("Not allowed");
});

test("what has no known effect and what does not apply are drawn and said unlike what is off", async ({ page }) => {
  await addRole(page, "Marks", "Folder");
  const legend = page.getByRole("note", { name: "What the marks mean" });
  for (const words of ["Not allowed", "No known effect", "Does not apply"]) {
    await expect(legend.getByText(words, { exact: true })).toBeVisible();
  }
  const none = cell(page, "Storage Files", "Edit");
  await expect(none).toContainText("Not allowed, no known effect");
  await expect(none).toHaveAttribute("data-mark", "none");
  await none.click();
  await expect(none).toContainText("Allowed, not saved, no known effect");
  await expect(help(page)).toContainText("No known effect.");
  const gap = cell(page, "Robots in folders", "Delete");
  await gap.click();
  await expect(gap).toHaveText("Does not apply");
  await expect(gap).toHaveAttribute("aria-readonly", "true");
  await expect(help(page)).toContainText("Does not apply");
  await expect(bar(page)).toContainText("1 change not saved");
  await bar(page).getByRole("button", { name: "Discard" }).click();
});

test("what nothing is known of is folded under Other, and found by a search", async ({ page }) => {
  await addRole(page, "Unfolder", "Folder");
  await expect(line(page, "Indexes")).toHaveCount(0);
  await page.getByRole("button", { name: /^Unfold Other/ }).click();
  await expect(page).toHaveURL(/other=1/);
  await expect(line(page, "Indexes")).toBeVisible();
  await page.getByRole("button", { name: /^Fold Other/ }).click();
  await expect(line(page, "Indexes")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Find a permission" }).fill("indexes");
  await expect(page).toHaveURL(/q=indexes/);
  await expect(line(page, "Indexes")).toBeVisible();
  await expect(line(page, "Assets")).toHaveCount(0);
  await open(page, `${new URL(page.url()).pathname}?q=nothing+like+it`);
  await expect(page.getByRole("heading", { name: "No permission is shown" })).toBeVisible();
});

test("the names of a resource and of a column set all of it, or none", async ({ page }) => {
  await addRole(page, "Toggler", "Folder");
  await line(page, "Queues").getByRole("button", { name: "Queues" }).click();
  for (const action of four) await expect(cell(page, "Queues", action)).toHaveText("Allowed, not saved");
  await line(page, "Queues").getByRole("button", { name: "Queues" }).click();
  await expect(bar(page)).toBeHidden();
  await page.getByRole("searchbox", { name: "Find a permission" }).fill("triggers");
  await expect(line(page, "Queues")).toHaveCount(0);
  await page.getByRole("columnheader", { name: "View" }).getByRole("button").click();
  await expect(cell(page, "Triggers", "View")).toHaveText("Allowed, not saved");
  await expect(bar(page), "only what is in sight").toContainText("1 change not saved");
  await bar(page).getByRole("button", { name: "Discard" }).click();
});

test("a tenant role has the resources of the tenant and those in folders", async ({ page }) => {
  await addRole(page, "Tenant keeper", "Tenant");
  await expect(page.getByRole("rowheader", { name: /Robots & processes, in the tenant/ })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /Robots & processes, in folders/ })).toBeVisible();
  await page.getByRole("button", { name: "Fold Robots & processes, in folders" }).click();
  await expect(page).toHaveURL(/fold=automation-folder/);
  await expect(line(page, "Assets")).toHaveCount(0);
  await expect(line(page, "Machines")).toBeVisible();
  await openRole(page, "Folder Administrator");
  await expect(line(page, "Machines")).toHaveCount(0);
  await page.getByLabel("Show what does not apply").check();
  await expect(cell(page, "Machines", "View")).toHaveText("Does not apply");
});

test("a built-in role is locked with the reason", async ({ page }) => {
  await openRole(page, "Automation User");
  const view = cell(page, "Jobs", "View");
  await view.click();
  await expect(view).toHaveText("Allowed, locked");
  await expect(view).toHaveAccessibleDescription(/came with Rolecall/);
  await expect(page.getByRole("columnheader", { name: "View" }).getByRole("button")).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(bar(page)).toBeHidden();
  await expectAccessible(page);
});

test("with the keyboard alone a role is added, its cells are set and saved, and it is compared", async ({ page }) => {
  await open(page, "/roles");
  await page.getByRole("button", { name: "Add role" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add role" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("By keys");
  const level = dialog.getByLabel("Level");
  while (!(await level.evaluate((field) => field === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.type("Folder");
  await expect(level).toHaveValue("folder");
  await dialog.getByLabel("Name").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "By keys", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(title(page)).toContainText("By keys");

  await expect(page.getByRole("grid").locator("[tabindex='0']")).toHaveCount(1);
  await page.getByRole("grid").locator("[tabindex='0']").focus();
  await page.keyboard.press("Control+Home");
  await expect(page.getByRole("button", { name: /^Fold Robots & processes/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(line(page, "Assets").getByRole("button", { name: "Assets" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(cell(page, "Assets", "View")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(cell(page, "Assets", "View")).toHaveText("Allowed, not saved");
  await page.keyboard.press("End");
  await expect(further(page, "Assets", "Reveal asset values")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(further(page, "Assets", "Set asset values")).toHaveText(/: Allowed, not saved$/);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("columnheader", { name: "View" }).getByRole("button")).toBeFocused();
  await page.keyboard.press("Control+End");
  await expect(page.getByRole("button", { name: /^Unfold Other/ })).toBeFocused();
  await expect(page.getByRole("grid").locator("[tabindex='0']")).toHaveCount(1);
  await bar(page).getByRole("button", { name: "Save 2 changes" }).focus();
  await page.keyboard.press("Enter");
  await expect(bar(page)).toBeHidden();

  await page.getByRole("link", { name: "Compare" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "One role is chosen" })).toBeVisible();
});

test("roles are compared side by side; which ones, and differences only, stand in the address", async ({ page }) => {
  await open(page, "/roles");
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { name: "No role is chosen" })).toBeVisible();
  await expectAccessible(page);
  await addToCompare(page, "Team lead (application)");
  await expect(page.getByRole("heading", { name: "One role is chosen" })).toBeVisible();
  const add = page.getByLabel("Add a role to compare");
  await expect(add.getByRole("option", { name: "Auditor" }), "another level").toHaveCount(0);
  await addToCompare(page, "Developer");
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("columnheader")).toHaveCount(3);
  const row = (name: string) => grid.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  await expect(row("Merge changes within sandbox manager").getByRole("gridcell")).toHaveText(["Allowed", "Allowed"]);
  await expect(row("Manage people"), "above their level").toHaveCount(0);
  await page.getByLabel("Differences only").check();
  await expect(page).toHaveURL(/role=[0-9a-z]{13}.*role=[0-9a-z]{13}/);
  await expect(page).toHaveURL(/differences=1/);
  await expect(row("Merge changes within sandbox manager")).toHaveCount(0);
  await expect(row("Create sandboxes (and branches)").getByRole("gridcell")).toHaveText(["Allowed", "Not allowed"]);
  await expectAccessible(page);
  await page.reload();
  await hydrated(page);
  await expect(page.getByLabel("Differences only")).toBeChecked();
  await expect(grid.getByRole("columnheader")).toHaveCount(3);
  await page.getByRole("link", { name: "Leave out Developer" }).click();
  await expect(page.getByRole("heading", { name: "One role is chosen" })).toBeVisible();
  await page.goBack();
  await expect(grid.getByRole("columnheader")).toHaveCount(3);
});

test("four roles at most are compared, and one that is gone is said", async ({ page }) => {
  await open(page, "/roles/compare?role=000000000000z");
  await expect(page.getByText("One of these roles is not there any more.")).toBeVisible();
  const add = page.getByLabel("Add a role to compare");
  for (const role of ["Auditor (organization)", "Service desk", "Role designer", "Access manager"]) {
    await addToCompare(page, role);
  }
  await expect(page.getByRole("grid").getByRole("columnheader")).toHaveCount(5);
  await expect(add.getByRole("option")).toHaveText(["Four roles at most"]);
});

test("who may not make roles does not add one, and may not set a cell", async ({ page, elsewhere }) => {
  await addRole(page, "To look at", "Folder");
  const role = new URL(page.url()).pathname;
  const other = await elsewhere();
  await join(page, other, "lotte@nordhavn.example", "Lotte Berg");
  await giveRole(page, "Lotte Berg", "Auditor");

  await open(other, "/roles");
  const add = other.getByRole("button", { name: "Add role" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription(/Manage roles & permissions/);
  await open(other, role);
  await expect(title(other)).toContainText("To look at");
  const locked = cell(other, "Assets", "View");
  await locked.click();
  await expect(locked).toHaveText("Not allowed, locked");
  await expect(locked).toHaveAccessibleDescription(/Manage roles & permissions/);
  const all = other.getByRole("columnheader", { name: "View" }).getByRole("button");
  await expect(all).toHaveAttribute("aria-disabled", "true");
  await all.press("Enter");
  await expect(bar(other)).toBeHidden();
});

test("who keeps the roles of one tenant sees and makes those alone", async ({ page, elsewhere }) => {
  const keeper = "Keeper of roles";
  await addRole(page, keeper, "Tenant");
  for (const name of ["See roles & permissions", "Manage roles & permissions"]) {
    await page.getByRole("combobox", { name, exact: true }).selectOption("Allowed");
  }
  await cell(page, "Assets", "View").click();
  await bar(page).getByRole("button", { name: "Save 3 changes" }).click();
  await expect(bar(page)).toBeHidden();
  const other = await elsewhere();
  await join(page, other, "mats@nordhavn.example", "Mats Lind");
  await open(page, "/folders?find=Meridian+Europe");
  const found = page.getByRole("list", { name: "Places that were found" });
  await found.getByRole("link", { name: /(^|\/ )Meridian Europe\b/ }).first().click();
  await page.getByRole("navigation", { name: "Parts of this page" }).getByRole("link", { name: "Access" }).click();
  await page.getByRole("button", { name: "Assign access" }).click();
  const assigning = page.getByRole("dialog");
  await assigning.getByRole("combobox", { name: "Who" }).fill("Mats");
  await assigning.getByRole("option", { name: "Mats Lind" }).first().click();
  await assigning.getByRole("radio", { name: keeper, exact: true }).check();
  await assigning.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("button", { name: `Remove ${keeper} from Mats Lind` })).toBeVisible();

  await open(other, "/");
  const menu = other.getByRole("navigation", { name: "Main menu" });
  await menu.getByRole("link", { name: "Roles & permissions" }).click();
  await expect(title(other)).toHaveText("Roles & permissions");
  await other.getByRole("button", { name: "Add role" }).click();
  const dialog = other.getByRole("dialog", { name: "Add role" });
  await expect(dialog.getByLabel("Level").getByRole("option")).toHaveText(["Tenant", "Folder"]);
  await expect(dialog.getByLabel("Owner")).toHaveCount(0);
  await expect(dialog.getByRole("combobox", { name: "Tenant" })).toHaveValue("Meridian Europe");
  await dialog.getByLabel("Name").fill("Europe's viewers");
  await dialog.getByLabel("Level").selectOption("Folder");
  await dialog.getByRole("button", { name: "Save role" }).click();
  await expect(dialog).toBeHidden();
  await other.getByRole("link", { name: "Europe's viewers", exact: true }).click();
  await expect(title(other)).toContainText("Owned by Meridian Europe");
  const view = cell(other, "Assets", "View");
  await view.click();
  await expect(view).toHaveText("Allowed, not saved");
  await bar(other).getByRole("button", { name: "Save 1 change" }).click();
  await expect(bar(other)).toBeHidden();
  // More than they hold, and what the organization owns, is locked.
  const edit = cell(other, "Assets", "Edit");
  await edit.click();
  await expect(edit).toHaveText("Not allowed, locked");
  await expect(edit).toHaveAccessibleDescription(/only what you hold yourself/);
  await openRole(other, keeper);
  await cell(other, "Assets", "View").click();
  await expect(cell(other, "Assets", "View")).toHaveText("Allowed, locked");
  await open(other, "/roles?q=see+people");
  await expect(other.getByRole("link", { name: "Auditor", exact: true })).toHaveCount(0);
});
