// Tenants: the list, settings, apps, who has access, and the matrix of them all.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, expectQuietConsole, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["packaging"] } });

const menu = (page: Page) => page.getByRole("navigation", { name: "Main menu" });
const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
const picker = (page: Page, permission: string) => page.getByRole("combobox", { name: `Add to ${permission}` });
const parts = (page: Page) => page.getByRole("navigation", { name: "Parts of this page" });

/** Opens a part of a tenant's page. */
async function openTenant(page: Page, name: string, part?: "Apps" | "Access"): Promise<void> {
  await open(page, `/tenants?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  if (part) await parts(page).getByRole("link", { name: part }).click();
}

/** Names somebody as well by a permission of the tenant whose access is open, without saving. */
async function name(page: Page, permission: string, who: string): Promise<void> {
  await picker(page, permission).fill(who);
  await page.getByRole("option", { name: who }).first().click();
}

async function save(page: Page): Promise<void> {
  await bar(page).getByRole("button", { name: /^Save/ }).click();
  await expect(bar(page)).toHaveCount(0);
}

async function addTenant(page: Page, tenant: string): Promise<void> {
  await open(page, "/tenants");
  await page.getByRole("button", { name: "Add tenant" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(tenant);
  await page.getByRole("button", { name: "Save tenant" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(tenant);
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("the menu leads to the tenants, who may what in each stands beside it, and a search finds", async ({ page }) => {
  await menu(page).getByRole("link", { name: "Tenants" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tenants");
  await expect(row(page, "Meridian Europe")).toContainText("8");
  await expectAccessible(page);
  await page.getByRole("searchbox", { name: "Find a tenant" }).fill("train");
  await expect(page.getByRole("rowheader")).toHaveText(["Meridian Training"]);
  await expect(page).toHaveURL(/q=train/);
  await page.getByRole("searchbox", { name: "Find a tenant" }).fill("nowhere");
  await expect(page.getByRole("heading", { name: "No tenant is found" })).toBeVisible();
  await expectAccessible(page);
});

test("the guide says what is left, and a team's roles are given to a group in one step and taken back", async ({
  page,
}) => {
  await open(page, "/tenants");
  await parts(page).getByRole("link", { name: "Set up access" }).click();
  const steps = page.getByRole("region", { name: "Set up access" });
  await expect(steps).toContainText("4 of 5 done");
  await expect(steps.getByRole("listitem").filter({ hasText: "Give each team its roles" })).not.toContainText("Done:");
  await expectAccessible(page);
  const packaging = row(page, "Packaging team");
  await expect(packaging).toContainText("Nobody yet");
  await packaging.getByRole("button", { name: "Give the roles of Packaging team" }).click();
  const dialog = page.getByRole("dialog", { name: "Give the roles of Packaging team" });
  await dialog.getByRole("combobox", { name: "To whom" }).fill("packaging");
  await dialog.getByRole("option", { name: /^Packaging/ }).first().click();
  await expect(dialog).toContainText(/4 people gain/);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Give roles" }).click();
  await expect(dialog).toBeHidden();
  await expect(packaging).toContainText("4 people");
  await expect(steps).toContainText("5 of 5 done");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(packaging).toContainText("Nobody yet");
});

test("a tenant is added, starts with See for all users and nobody else, is renamed, removed and comes back", async ({
  page,
}) => {
  await addTenant(page, "Meridian Nordic");
  await parts(page).getByRole("link", { name: "Access" }).click();
  await expect(row(page, "See / Read information")).toContainText("All users");
  for (const permission of ["Upload apps", "Set configuration", "Set permissions"]) {
    await expect(row(page, permission)).toContainText("0 people");
  }
  await expect(row(page, "Set permissions")).toContainText("They are enough: this tenant cannot be locked.");

  await parts(page).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Meridian North");
  await page.getByRole("textbox", { name: "Domain" }).fill("north.meridian.example");
  await page.getByRole("textbox", { name: "Notes" }).fill("Cold.\nDark.");
  await expect(bar(page)).toContainText("3 changes not saved");
  await save(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Meridian North");
  await expect(page.getByText("north.meridian.example, 0 apps")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Notes" })).toHaveValue("Cold.\nDark.");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Remove tenant" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the tenant Meridian North?" });
  await expect(dialog).toContainText("people see it no longer");
  await dialog.getByRole("button", { name: "Remove tenant" }).click();
  await expect(page).toHaveURL(/\/tenants$/);
  await expect(page.getByRole("link", { name: "Meridian North", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "Meridian North", exact: true })).toBeVisible();

  await open(page, "/history");
  await expect(page.getByText(/^Details of .*Meridian Nor.* changed$/)).toBeVisible();
});

test("apps are uploaded by name, by a table and as JSON; a newer one replaces its version; one is removed", async ({
  page,
}) => {
  await openTenant(page, "Meridian Europe", "Apps");
  await expect(row(page, "Claims viewer")).toContainText("Kofi Mensah");
  await page.getByRole("button", { name: "Upload apps" }).click();
  const dialog = page.getByRole("dialog", { name: "Upload apps" });
  await dialog.getByLabel("Name", { exact: true }).fill("Weather map");
  await dialog.getByLabel("Version", { exact: true }).fill("1.0");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Upload app" }).click();
  await expect(row(page, "Weather map")).toContainText(admin.name);

  await page.getByRole("button", { name: "Upload apps" }).click();
  const text = "name,version\nWeather map,1.1\nPhone book,7\n";
  await dialog.getByLabel(/choose a file/).setInputFiles({ name: "apps.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await expect(dialog).toContainText("The file names 2 apps.");
  await dialog.getByRole("button", { name: "Upload 2 apps" }).click();
  await expect(row(page, "Weather map")).toContainText("1.1");
  await expect(row(page, "Phone book")).toContainText("7");

  await page.getByRole("button", { name: "Upload apps" }).click();
  await dialog
    .getByLabel(/choose a file/)
    .setInputFiles({ name: "apps.json", mimeType: "application/json", buffer: Buffer.from("[1]") });
  await expect(dialog).toContainText("This is not JSON that names apps");
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Remove Phone book" }).click();
  await page.getByRole("dialog", { name: "Remove Phone book?" }).getByRole("button", { name: "Remove app" }).click();
  await expect(row(page, "Phone book")).toHaveCount(0);
});

test("an audience is staged with its effect by name, put back, saved and taken back", async ({ page }) => {
  await openTenant(page, "Meridian Europe", "Access");
  await expect(page.getByText(/^Access given here is in force in this console for \d+ of \d+ permissions; /)).toBeVisible();
  await expect(page.getByText("They add up; nothing on this page takes away what a role gives.")).toBeVisible();
  await expect(row(page, "Set configuration")).toContainText("Gets in anyway");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Take Platform team out" }).click();
  await expect(bar(page)).toContainText(/people lose Set configuration in Meridian Europe/);
  await expect(row(page, "Set configuration")).toContainText("→");
  await page.getByRole("button", { name: "Put Platform team back" }).click();
  await expect(bar(page)).toHaveCount(0);

  await picker(page, "Upload apps").fill("luca");
  await expect(page.getByRole("option", { name: /Luca Ferrante/ })).toBeVisible();
  await expect(page.getByText("1 of 1 found")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("option", { name: /Luca Ferrante/ }).click();
  await expect(bar(page)).toContainText("1 person gains Upload apps in Meridian Europe");
  await expect(bar(page)).toContainText("Luca Ferrante");
  await expectAccessible(page);
  await save(page);
  await expect(page.getByRole("button", { name: "Take Luca Ferrante out" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Take Luca Ferrante out" })).toHaveCount(0);
});

test("with the keyboard alone somebody is found, named, and saved", async ({ page }) => {
  await openTenant(page, "Meridian Americas", "Access");
  await picker(page, "Set permissions").focus();
  await page.keyboard.type("testers");
  await expect(page.getByRole("option", { name: "Testers" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(picker(page, "Set permissions")).toBeFocused();
  await page.keyboard.type("amara");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option")).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Take Testers out again" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(bar(page)).toHaveCount(0);
  await picker(page, "Set permissions").fill("testers");
  await expect(page.getByRole("option", { name: "Testers" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await bar(page).getByRole("button", { name: "Discard" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Take Testers out" })).toBeVisible();
});

test("who governs one tenant sets its audiences, sees no other, and is told what is not theirs", async ({
  page,
  elsewhere,
}) => {
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  await addTenant(page, "Hidden");
  await parts(page).getByRole("link", { name: "Access" }).click();
  await page.getByRole("button", { name: "Take All users out" }).click();
  await save(page);
  await addTenant(page, "Kim's own");
  await parts(page).getByRole("link", { name: "Access" }).click();
  await name(page, "Set permissions", "Kim Aas");
  await save(page);

  await open(kim, "/tenants");
  await expect(kim.getByRole("link", { name: "Hidden", exact: true })).toHaveCount(0);
  await kim.getByRole("link", { name: "Kim's own" }).click();
  await expect(kim.getByRole("button", { name: "Remove tenant" })).toHaveAttribute("aria-disabled", "true");
  await expect(kim.getByText(/needs “Set configuration” on Kim's own/)).toBeVisible();
  await parts(kim).getByRole("link", { name: "Access" }).click();
  await name(kim, "Upload apps", "Luca Ferrante");
  await save(kim);
  await expect(kim.getByRole("button", { name: "Take Luca Ferrante out" })).toBeVisible();
  await name(kim, "Upload apps", "Kim Aas");
  await expect(bar(kim)).toContainText("You give and take only what you hold yourself.");
  await bar(kim).getByRole("button", { name: "Discard" }).click();

  // Europe is for all users to see, and not Kim's to govern.
  await open(kim, "/tenants");
  await kim.getByRole("link", { name: "Meridian Europe" }).click();
  await parts(kim).getByRole("link", { name: "Access" }).click();
  await expect(kim.getByText(/needs “Set permissions” on Meridian Europe/)).toBeVisible();
  await expectAccessible(kim);
  await open(page, "/tenants?q=Hidden");
  const path = await page.getByRole("link", { name: "Hidden", exact: true }).getAttribute("href");
  expect((await kim.goto(path ?? ""))?.status()).toBe(404);
  await expect(kim.getByText("There is no such tenant.")).toBeVisible();
});

test("what another one saves appears at once, and what is staged stays", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await signIn(other, admin.email, admin.password);
  await openTenant(page, "Meridian Asia", "Access");
  await name(page, "Set configuration", "Testers");
  await openTenant(other, "Meridian Asia", "Access");
  await other.getByRole("button", { name: "Take Mikael Rautio out" }).click();
  await save(other);
  await expect(page.getByRole("button", { name: "Take Mikael Rautio out" })).toHaveCount(0);
  await expect(bar(page)).toContainText("1 change not saved");
  await name(other, "Set configuration", "Testers");
  await save(other);
  await expect(bar(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Take Testers out" })).toBeVisible();
});

test("the matrix marks what differs, and tenants are made like another in one change", async ({ page }) => {
  await expectQuietConsole(page, async () => {
    await open(page, "/tenants/access");
    await expect(row(page, "Meridian Training").getByText("Differs from most tenants").first()).toBeAttached();
    await expectAccessible(page);
    await page.getByLabel("Differences only").check();
    await expect(page).toHaveURL(/only=differences/);
    await expect(row(page, "Meridian Europe")).toHaveCount(0);
    await page.getByLabel("Differences only").uncheck();
    await page.getByLabel("Select Meridian Training").check();
    const picked = page.getByRole("region", { name: "Selected tenants" });
    await expect(picked).toContainText("1 tenant selected");
    await picked.getByLabel("Make them like").selectOption("Meridian Europe");
    await picked.getByRole("button", { name: "Show what would change" }).click();
    const dialog = page.getByRole("dialog", { name: "Make 1 tenant like Meridian Europe" });
    await expect(dialog).toContainText("1 tenant is altered.");
    await expect(dialog).toContainText(/Anneke de Vries/);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Make alike" }).click();
    await expect(row(page, "Meridian Training").getByText("Differs from most tenants")).toHaveCount(0);
  });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Meridian Training").getByText("Differs from most tenants").first()).toBeAttached();
});

test("fifty tenants stand on one screen, and on a narrow one as cards", async ({ page }) => {
  test.slow();
  const made = await page.evaluate(async () => {
    const add = (name: string) =>
      fetch("/api/tenants/create", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ new: { name } }),
      });
    const answers = [];
    for (let number = 1; number <= 50; number++) answers.push((await add(`Branch ${number}`)).status);
    return answers.filter((status) => status === 200).length;
  });
  expect(made).toBe(50);
  await open(page, "/tenants/access?q=branch");
  await expect(page.getByRole("rowheader")).toHaveCount(50);
  await page.getByLabel("Select all").check();
  await expect(page.getByRole("region", { name: "Selected tenants" })).toContainText("50 tenants selected");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 800 });
  await expectAccessible(page);
  for (const path of ["/tenants", "/tenants/access"]) {
    await open(page, path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide, path).toBe(false);
    await expectAccessible(page);
  }
  await openTenant(page, "Meridian Europe", "Access");
  await expectAccessible(page);
});

test("while the area is off, tenants are nowhere", async ({ page }) => {
  await open(page, "/settings");
  await page.getByLabel("Apps for tenants").uncheck();
  await save(page);
  await expect(menu(page).getByRole("link", { name: "Tenants" })).toHaveCount(0);
  expect((await page.goto("/tenants"))?.status()).toBe(404);
  await open(page, "/settings");
  await page.getByLabel("Apps for tenants").check();
  await save(page);
  await expect(menu(page).getByRole("link", { name: "Tenants" })).toBeVisible();
});
