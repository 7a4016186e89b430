// Applications: the list, stages with merging and rolling back, rights, history, and who can merge to production.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, expectQuietConsole, giveRole, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications"] } });

const menu = (page: Page) => page.getByRole("navigation", { name: "Main menu" });
const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });
const row = (page: Page, name: string | RegExp) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
const parts = (page: Page) => page.getByRole("navigation", { name: "Parts of this page" });
const picture = (page: Page, application: string) => page.getByRole("group", { name: `Stages of ${application}` });
const twin = (page: Page) => page.getByRole("table", { name: "Stages in words" });
const stageRow = (page: Page, name: string) =>
  twin(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

/** Opens an application, and a part of it. */
async function openApplication(page: Page, name: string, part?: "Rights" | "History"): Promise<void> {
  await open(page, `/applications?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  if (part) await parts(page).getByRole("link", { name: part }).click();
}

/** Chooses a stage by its box in the picture. */
async function choose(page: Page, application: string, stage: string): Promise<void> {
  await picture(page, application).getByRole("link", { name: new RegExp(`^${stage},`) }).click();
  await expect(page.getByRole("heading", { level: 2, name: new RegExp(`^${stage}`) })).toBeVisible();
}

/** Creates an application with its chain, and gives its lowest stage versions. */
async function createChain(page: Page, name: string): Promise<void> {
  await open(page, "/applications");
  await page.getByRole("button", { name: "Create application", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Create application" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
}

/** Merges from the stage that is chosen and leaves it running. */
async function beginMerge(page: Page, into: string, about: string): Promise<void> {
  await page.getByRole("button", { name: `Merge into ${into}` }).click();
  const dialog = page.getByRole("dialog", { name: /^Merge / });
  await expect(dialog).toContainText("Rolecall only records this.");
  await dialog.getByLabel("What is in it").fill(about);
  await dialog.getByRole("button", { name: "Begin merge" }).click();
  await expect(page.getByText("The merge has begun")).toBeVisible();
}

async function done(page: Page): Promise<void> {
  await page.getByRole("button", { name: "It is done" }).click();
  await expect(page.getByRole("button", { name: "It is done" })).toHaveCount(0);
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("the menu leads to the applications, with what is in production and who may merge there", async ({ page }) => {
  await menu(page).getByRole("link", { name: "Applications & sandboxes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Applications & sandboxes");
  await expect(row(page, "Customer portal")).toContainText("5.2.1");
  await expect(row(page, "Customer portal")).toContainText("Live");
  await expect(row(page, "Customer portal")).toContainText("people");
  await expect(row(page, "Supplier onboarding")).toContainText("Live planned for 2027-03-15");
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Status" }).selectOption("development");
  await expect(page.getByRole("rowheader")).toHaveText(["Supplier onboarding"]);
  await expect(page).toHaveURL(/status=development/);
  await page.getByRole("combobox", { name: "Status" }).selectOption("");
  await page.getByRole("searchbox", { name: "Find an application" }).fill("claims");
  await expect(page.getByRole("rowheader")).toHaveText(["Claims intake"]);
  await page.getByRole("searchbox", { name: "Find an application" }).fill("nowhere");
  await expect(page.getByRole("heading", { name: "No application is found" })).toBeVisible();
  await expectAccessible(page);
});

test("the stages are a picture and the same in words", async ({ page }) => {
  await expectQuietConsole(page, async () => {
    await openApplication(page, "Field service");
    await expect(page.getByText(/^Access given here is in force in this console for 6 of 8 permissions; /)).toBeVisible();
    const boxes = picture(page, "Field service").getByRole("link");
    await expect(boxes).toHaveCount(5);
    await expect(
      picture(page, "Field service").getByRole("link", { name: "Hotfix 2.4.1, 2.4.1-h1, 1 ahead of Production" }),
    ).toBeVisible();
    await expect(stageRow(page, "Acceptance")).toContainText("2.5.0-11");
    await expect(stageRow(page, "Acceptance")).toContainText("1 ahead of Production");
    await expect(stageRow(page, "Hotfix 2.4.1")).toContainText("Branch below Production");
    await choose(page, "Field service", "Development");
    await expect(page).toHaveURL(/stage=/);
    await expect(page.getByRole("button", { name: "Merge into Testing" })).toBeVisible();
    await expectAccessible(page);
  });
  // Production is merged into, not from.
  await choose(page, "Field service", "Production");
  await expect(page.getByText(/^Not to be merged: Nothing stands above it/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Merge", exact: true })).toHaveAttribute("aria-disabled", "true");
});

test("an application is created with its chain, versions are set by the command line, and move up a stage at a time", async ({
  page,
  rolecall,
}) => {
  await createChain(page, "Recipe book");
  await expect(picture(page, "Recipe book").getByRole("link")).toHaveCount(4);
  await choose(page, "Recipe book", "Development");
  await expect(page.getByText(/^Not to be merged: The version of Development is not known/)).toBeVisible();
  const said = await rolecall.command([
    "stage", "version", "set", "--application", "Recipe book", "--stage", "Development", "1.0.0-1",
  ]);
  expect(said).toContain("Development of Recipe book has version 1.0.0-1 now.");
  await expect(stageRow(page, "Development")).toContainText("1 ahead of Testing");

  await beginMerge(page, "Testing", "The first recipes.");
  await expect(stageRow(page, "Development")).toContainText("Locked");
  await expect(stageRow(page, "Testing")).toContainText("Locked");
  await expect(page.getByRole("button", { name: "Merge into Testing" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
  const refused = rolecall.command([
    "stage", "version", "set", "--application", "Recipe book", "--stage", "Testing", "9",
  ]);
  await expect(refused).rejects.toThrow("Testing is locked");
  await done(page);
  await expect(stageRow(page, "Testing")).toContainText("1.0.0-1");
  await expect(stageRow(page, "Development")).toContainText("Level with Testing");
  await expect(stageRow(page, "Development")).toContainText("Free");

  await choose(page, "Recipe book", "Testing");
  await beginMerge(page, "Acceptance", "The first recipes, tested.");
  await page.getByRole("button", { name: "It failed" }).click();
  await expect(page.getByText("The merge has failed; nothing has moved.")).toBeVisible();
  await expect(stageRow(page, "Acceptance")).toContainText("no version");

  await parts(page).getByRole("link", { name: "History" }).click();
  await expect(row(page, /Testing → Acceptance/)).toContainText("Failed, unlocked");
  await expect(row(page, /Development → Testing/)).toContainText("Recorded only");
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Kind" }).selectOption("update");
  await expect(page.getByRole("rowheader")).toHaveText(["Development"]);
});

test("a merge without a description is refused, and its plan says what it brings and what it lacks", async ({ page }) => {
  await openApplication(page, "Field service");
  await choose(page, "Field service", "Hotfix 2.4.1");
  await page.getByRole("button", { name: "Merge into Production" }).click();
  const dialog = page.getByRole("dialog", { name: "Merge Hotfix 2.4.1 to production" });
  await expect(dialog).toContainText("1 version: 2.4.1-h1");
  await dialog.getByRole("button", { name: "Begin merge" }).click();
  await expect(dialog.getByText("Say what is in it")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(stageRow(page, "Production")).toContainText("Free");
});

test("a rollback goes back one merge, says what it takes away, and not twice in a row without a right of its own", async ({
  page,
  elsewhere,
}) => {
  await openApplication(page, "Customer portal");
  await choose(page, "Customer portal", "Testing");
  await page.getByRole("button", { name: "Roll back", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Roll back Testing" });
  await expect(dialog.getByRole("radio").first()).toBeChecked();
  await expect(dialog).toContainText("Takes away 1 version: 5.3.0-36. It has 5.3.0-34 again.");
  await expectAccessible(page);
  await dialog.getByLabel("Why").fill("The wording was wrong.");
  await dialog.getByRole("button", { name: "Begin rollback" }).click();
  await expect(stageRow(page, "Testing")).toContainText("Locked");
  await done(page);
  await expect(stageRow(page, "Testing")).toContainText("5.3.0-34");

  // Somebody who may roll back, and not further.
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  await giveOn(page, "Kim Aas", "Team lead", "Customer portal");
  await openApplication(kim, "Customer portal");
  await choose(kim, "Customer portal", "Testing");
  await kim.getByRole("button", { name: "Roll back", exact: true }).click();
  await expect(kim.getByRole("dialog")).toContainText("not taken back one after the other");
  await expect(kim.getByRole("dialog").getByRole("radio").first()).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(kim);
});

/** Gives a person a role on one application. */
async function giveOn(page: Page, person: string, role: string, place: string): Promise<void> {
  await open(page, `/people?q=${encodeURIComponent(person)}`);
  await page.getByRole("link", { name: person, exact: true }).click();
  await page.getByRole("button", { name: "Give role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Where").selectOption({ label: `${place} (application)` });
  await dialog.getByRole("radio", { name: role, exact: true }).check();
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(page.getByRole("button", { name: new RegExp(`^Take ${role}`) })).toBeVisible();
}

test("who may merge between sandboxes may not merge to production, is told so, and sees no other application", async ({
  page,
  elsewhere,
}) => {
  const kim = await elsewhere();
  await join(page, kim, "noor@nordhavn.example", "Noor Ali");
  await giveOn(page, "Noor Ali", "Developer", "Claims intake");
  await open(kim, "/applications");
  await expect(kim.getByRole("rowheader")).toHaveText(["Claims intake"]);
  await expect(kim.getByRole("button", { name: "Create application" })).toHaveAttribute("aria-disabled", "true");
  await expect(row(kim, "Claims intake")).toContainText("Not shown to you");
  await kim.getByRole("link", { name: "Claims intake", exact: true }).click();
  await choose(kim, "Claims intake", "Acceptance");
  await expect(kim.getByText(/^Not to be merged: .*needs “Merge changes to production application” on Acceptance/)).toBeVisible();
  await expect(kim.getByRole("button", { name: "Merge into Production" })).toHaveAttribute("aria-disabled", "true");
  await expect(kim.getByText(/^Not to be rolled back: .*needs “Rollback changes/)).toBeVisible();
  await expectAccessible(kim);
  await choose(kim, "Claims intake", "Development");
  await beginMerge(kim, "Testing", "Smaller photographs.");
  await done(kim);
  await expect(stageRow(kim, "Testing")).toContainText("3.4.0-8");
  await parts(kim).getByRole("link", { name: "Rights" }).click();
  await expect(kim.getByText(/needs “See people and groups”/)).toBeVisible();
});

test("a branch is added, deleted and comes back; what stands above another stays", async ({ page }) => {
  await openApplication(page, "Supplier onboarding");
  await page.getByRole("button", { name: "New sandbox" }).click();
  const dialog = page.getByRole("dialog", { name: "New sandbox or branch" });
  await dialog.getByLabel("Name").fill("Trial");
  await dialog.getByLabel("Below").selectOption({ label: "Acceptance" });
  await dialog.getByLabel(/A branch beside the chain/).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save stage" }).click();
  await expect(stageRow(page, "Trial")).toContainText("Branch below Acceptance");
  await expect(stageRow(page, "Trial")).toContainText("0.8.0");
  await expect(page.getByRole("heading", { level: 2, name: "Trial" })).toBeVisible();

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog", { name: "Delete Trial?" }).getByRole("button", { name: "Delete stage" }).click();
  await expect(stageRow(page, "Trial")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(stageRow(page, "Trial")).toContainText("Branch below Acceptance");

  await choose(page, "Supplier onboarding", "Testing");
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: "Delete application" })).toHaveAttribute("aria-disabled", "true");
});

test("name, description, owners and status are changed, and an archived application moves nothing", async ({ page }) => {
  await createChain(page, "Shop floor");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Edit application" });
  await dialog.getByLabel("What it is for").fill("Screens beside the line.");
  await dialog.getByRole("combobox", { name: "Add a person or group" }).fill("claims team");
  await page.getByRole("option", { name: /Claims team/ }).click();
  await expect(dialog.getByRole("button", { name: "Take Claims team out" })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save application" }).click();
  await expect(page.getByText("Screens beside the line.")).toBeVisible();
  await expect(page.getByText("Owned by Claims team.")).toBeVisible();

  await page.getByRole("button", { name: "Change status" }).click();
  const status = page.getByRole("dialog", { name: "Change status: Development now" });
  await status.getByLabel("Planned to go live on").fill("2027-05-01");
  await expectAccessible(page);
  await status.getByRole("button", { name: "Save status" }).click();
  await expect(page.getByText("planned to go live on 2027-05-01")).toBeVisible();
  await page.getByRole("button", { name: "Change status" }).click();
  await page.getByRole("dialog").getByLabel(/Archived/).check();
  await page.getByRole("button", { name: "Save status" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Archived");
  await choose(page, "Shop floor", "Development");
  await expect(page.getByText(/^Not to be merged: The application is archived/)).toBeVisible();
});

test("the rights of an application name who holds them and from where", async ({ page }) => {
  await openApplication(page, "Claims intake", "Rights");
  await expect(page.getByRole("table", { name: "Rights" }).getByRole("rowheader")).toHaveCount(8);
  const merging = row(page, /^Merge changes to production application/);
  await expect(merging).toContainText("Platform team (group, 5 people) as Release manager, on Claims intake");
  await expect(merging).toContainText("Amara Okafor (person) as Admin, inherited from Nordhavn Foods");
  await expectAccessible(page);
  await merging.getByRole("link", { name: /check access/ }).click();
  await expect(page).toHaveURL(/\/check\?may=merge.production/);
});

test("a role is given on one stage with its effect in sight, taken away and given back, by who may", async ({
  page,
  elsewhere,
}) => {
  const lena = await elsewhere();
  await join(page, lena, "lena@nordhavn.example", "Lena Fromm");
  await openApplication(page, "Claims intake", "Rights");
  const given = page.getByRole("table", { name: "Role assignments" });
  await expect(given.getByRole("row").filter({ hasText: "Tariq Aziz" })).toContainText("Until");
  await expect(given.getByRole("row").filter({ hasText: "Amara Okafor" })).toContainText("organization");
  await page.getByRole("button", { name: "Assign access" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign access to Claims intake" });
  await dialog.getByRole("combobox", { name: "Who" }).fill("lena");
  await dialog.getByRole("option", { name: "Lena Fromm" }).first().click();
  await dialog.getByRole("combobox", { name: "Where" }).selectOption({ label: "Testing (stage)" });
  await dialog.getByRole("radio", { name: "Developer", exact: true }).check();
  await expect(dialog.getByRole("listitem").filter({ hasText: "Lena Fromm" }).first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Assign" }).click();
  const hers = given.getByRole("row").filter({ hasText: "Lena Fromm" });
  await expect(hers).toContainText("Testing");
  await expectAccessible(page);
  await openApplication(lena, "Claims intake");

  await page.getByRole("button", { name: "Remove Developer from Lena Fromm" }).click();
  const taking = page.getByRole("dialog", { name: "Remove Developer from Lena Fromm?" });
  await expect(taking.getByRole("listitem").filter({ hasText: "Lena Fromm" }).first()).toBeVisible();
  await taking.getByRole("button", { name: "Remove" }).click();
  await expect(hers).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(hers).toBeVisible();

  // Who only merges sees why there is nothing here; who sees people sees who has what, and why it is not theirs to give.
  await openApplication(lena, "Claims intake", "Rights");
  await expect(lena.getByText(/needs “See people and groups”/)).toBeVisible();
  await giveRole(page, "Lena Fromm", "Auditor");
  await openApplication(lena, "Claims intake", "Rights");
  await expect(lena.getByRole("button", { name: "Assign access" })).toHaveAttribute("aria-disabled", "true");
  await expect(lena.getByText(/needs “Give and take roles”/).first()).toBeVisible();
  await expect(lena.getByRole("button", { name: "Remove Developer from Lena Fromm" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expectAccessible(lena);
});

test("the matrix says on one screen who can merge to production, and by which paths", async ({ page }) => {
  await expectQuietConsole(page, async () => {
    await open(page, "/applications/rights");
    const grid = page.getByRole("grid", { name: "Who can merge to production" });
    await expect(grid.getByRole("columnheader").filter({ hasText: "Customer portal" })).toBeVisible();
    await expect(row(page, /Amara Okafor/)).toContainText("Admin");
    await expectAccessible(page);
    // The keys of the grid pattern.
    await grid.getByRole("gridcell").first().focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await expect(grid.getByRole("gridcell").nth(1)).toBeFocused();
    await expect(page.getByRole("region", { name: "About this cell" })).toContainText(/may (not )?merge .* to production/);
    await page.getByRole("searchbox", { name: "Application or person" }).fill("niels");
    await expect(grid.getByRole("rowheader")).toHaveCount(1);
    await grid.getByRole("gridcell").first().focus();
    const help = page.getByRole("region", { name: "About this cell" });
    await expect(help).toContainText("Niels Bergström may merge");
    await expect(help).toContainText(/2 paths: .*Admin on Nordhavn Foods/);
    await expect(help).toContainText("Release manager on");
    await help.getByRole("link", { name: "See every path" }).click();
    await expect(page).toHaveURL(/\/check\?who=person/);
  });
});

test("a path to production is ended where the matrix names it, with its effect in sight, and comes back", async ({
  page,
}) => {
  await open(page, "/applications/rights?q=ingrid");
  const grid = page.getByRole("grid", { name: "Who can merge to production" });
  await grid.getByRole("gridcell").filter({ hasText: "from Hotfix 2.4.1 only" }).click();
  const help = page.getByRole("region", { name: "About this cell" });
  await expect(help).toContainText("Ingrid Solheim may merge Field service to production from Hotfix 2.4.1 only.");
  await expectAccessible(page);
  await help.getByRole("button", { name: "Remove Release manager from Ingrid Solheim" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Release manager from Ingrid Solheim?" });
  await expect(dialog.getByRole("listitem").filter({ hasText: "Ingrid Solheim" }).first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Take away" }).click();
  await expect(page.getByRole("heading", { name: "Nobody is found" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, /Ingrid Solheim/)).toContainText("from Hotfix 2.4.1 only");
});

test("the whole matrix is downloaded as a file for spreadsheets", async ({ page }) => {
  await open(page, "/applications/rights?q=nobody");
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("merge-to-production.csv");
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines[0]).toMatch(/^\uFEFFWho,What,By,.*Claims intake,.*Field service,.*,In all$/);
  expect(lines.some((line) => line.startsWith("Amara Okafor,person,"))).toBe(true);
  expect(lines.some((line) => line.startsWith("Ingrid Solheim,") && line.includes("from Hotfix 2.4.1 only"))).toBe(true);
});

test("with the keyboard alone a stage is chosen, merged and its merge ended", async ({ page, rolecall }) => {
  await createChain(page, "Canteen");
  await rolecall.command(["stage", "version", "set", "--application", "Canteen", "--stage", "Development", "7"]);
  await expect(stageRow(page, "Development")).toContainText("1 ahead of Testing");
  await picture(page, "Canteen").getByRole("link", { name: /^Development,/ }).focus();
  await page.keyboard.press("Enter");
  const merge = page.getByRole("button", { name: "Merge into Testing" });
  await merge.focus();
  await page.keyboard.press("Enter");
  const about = page.getByRole("dialog").getByLabel("What is in it");
  await about.focus();
  await page.keyboard.type("Soup on Mondays.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "It is done" }).focus();
  await page.keyboard.press("Enter");
  await expect(stageRow(page, "Testing")).toContainText("7");
});

test("what another one merges appears at once", async ({ page, elsewhere }) => {
  await createChain(page, "Depot");
  const address = page.url();
  const other = await elsewhere();
  await signIn(other, admin.email, admin.password);
  await open(other, address);
  await page.getByRole("button", { name: "New sandbox" }).click();
  const dialog = page.getByRole("dialog", { name: "New sandbox or branch" });
  await dialog.getByLabel("Name").fill("Trial");
  await dialog.getByRole("button", { name: "Save stage" }).click();
  await expect(stageRow(other, "Trial")).toContainText("Sandbox below Development");
});

test("on a narrow screen lists are cards and only the picture and the grid scroll sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await openApplication(page, "Field service");
  const application = new URL(page.url()).pathname;
  const paths = ["/applications", "/applications/rights", "/applications/history"];
  for (const path of [...paths, application, `${application}/rights`, `${application}/history`]) {
    await open(page, path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide, path).toBe(false);
    await expectAccessible(page);
  }
});

test("while the area is off, applications are nowhere", async ({ page }) => {
  const area = page.getByLabel("Applications & sandboxes");
  await open(page, "/settings");
  await area.uncheck();
  await bar(page).getByRole("button", { name: /^Save/ }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(menu(page).getByRole("link", { name: "Applications & sandboxes" })).toHaveCount(0);
  expect((await page.goto("/applications"))?.status()).toBe(404);
  await open(page, "/settings");
  await area.check();
  await bar(page).getByRole("button", { name: /^Save/ }).click();
  await expect(menu(page).getByRole("link", { name: "Applications & sandboxes" })).toBeVisible();
});
