// Folders & robots: the tree, a place with its chain, who has what there, and what is done to it.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, expectQuietConsole, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["automation"] } });

const menu = (page: Page) => page.getByRole("navigation", { name: "Main menu" });
const item = (page: Page, name: string) => page.getByRole("treeitem", { name, exact: true });
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
const parts = (page: Page) => page.getByRole("navigation", { name: "Parts of this page" });
const way = (page: Page) => page.getByRole("navigation", { name: "What holds it" });

/** Opens a place by its name, through the search. */
async function openPlace(page: Page, name: string, part?: "Access" | "Related" | "History"): Promise<void> {
  await open(page, `/folders?find=${encodeURIComponent(name)}`);
  const found = page.getByRole("list", { name: "Places that were found" });
  await found.getByRole("link", { name: new RegExp(`(^|/ )${name}\\b`) }).first().click();
  await expect(title(page)).toContainText(name);
  if (part) await parts(page).getByRole("link", { name: part }).click();
}

/** Types into a field of the dialog that searches, and takes the option of that name. */
async function choose(page: Page, field: string, words: string, option: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: field }).fill(words);
  await dialog.getByRole("option", { name: option }).first().click();
}

/** Gives a role on the place whose access is shown. */
async function assign(page: Page, who: string, role: string): Promise<void> {
  await page.getByRole("button", { name: "Assign access" }).click();
  await choose(page, "Who", who, who);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: role, exact: true }).check();
  await expect(dialog.getByRole("listitem").filter({ hasText: who }).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("button", { name: `Remove ${role} from ${who}` })).toBeVisible();
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("the menu leads to the tree, which opens as one goes and stands in the address", async ({ page }) => {
  await expectQuietConsole(page, async () => {
    await menu(page).getByRole("link", { name: "Folders & robots" }).click();
    await expect(title(page)).toHaveText("Folders & robots");
    await expectAccessible(page);
    await item(page, "Meridian Europe").getByRole("link").click();
    await expect(title(page)).toContainText("Meridian Europe");
    await item(page, "Human resources").getByRole("link").click();
    await expect(title(page)).toContainText("Human resources");
    await expect(row(page, "hr-robot-02")).toContainText("Robot");
    await expect(item(page, "New staff")).toBeVisible();
    await expectAccessible(page);
  });
  await page.goBack();
  await expect(title(page)).toContainText("Meridian Europe");
  await page.goForward();
  await page.reload();
  await expect(item(page, "Human resources")).toHaveAttribute("aria-selected", "true");
  await expect(way(page).getByRole("link")).toHaveText(["Meridian Europe"]);
});

test("with the keyboard alone the tree is walked, opened, closed and followed", async ({ page }) => {
  await open(page, "/folders");
  await item(page, "Meridian Americas").focus();
  await page.keyboard.press("End");
  await expect(item(page, "Meridian Training")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(item(page, "Meridian Europe")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "Meridian Europe")).toHaveAttribute("aria-expanded", "true");
  await expect(item(page, "Finance")).toBeVisible();
  await expect(item(page, "Finance")).toHaveAttribute("aria-level", "2");
  await expect(item(page, "Meridian Europe")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "Finance")).toBeFocused();
  await page.keyboard.press("h");
  await expect(item(page, "Human resources")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(item(page, "Meridian Europe")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(item(page, "Finance")).toHaveCount(0);
  await page.keyboard.press("Home");
  await expect(item(page, "Meridian Americas")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(title(page)).toContainText("Meridian Americas");
  await expect(item(page, "Claims")).toBeVisible();
});

test("a robot shows its chain, where else it is, and what belongs to it", async ({ page }) => {
  await openPlace(page, "hr-robot-02");
  await expect(
    page.getByText(
      "hr-robot-02 is in environment HR unattended, in folder Human resources, in tenant Meridian Europe. " +
        "It runs on machine HRVM-7. It is shared into Meridian Europe / Finance / Payroll.",
    ),
  ).toBeVisible();
  await expect(page.getByText(/^Access given here is in force in this console for \d+ of \d+ permissions; /)).toBeVisible();
  const chain = page.getByRole("region", { name: "Chain of hr-robot-02" });
  for (const box of ["Human resources, folder", "HR unattended, environment", "HRVM-7, runs on machine"]) {
    await expect(chain.getByRole("link", { name: box, exact: true })).toBeVisible();
  }
  await chain.focus();
  await page.keyboard.press("Tab");
  await expect(chain.getByRole("link", { name: "Meridian Europe, tenant" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(title(page)).toContainText("Human resources");
  await page.goBack();
  await expect(row(page, "Meridian Europe / Finance / Payroll")).toContainText("Shared");
  await expectAccessible(page);
  await parts(page).getByRole("link", { name: "Related" }).click();
  await expect(page.getByRole("region", { name: "Is in environments" })).toContainText("HR unattended");
  await expect(page.getByRole("region", { name: "Has assets" })).toContainText("Payroll login");
  const processes = page.getByRole("region", { name: "Processes in the same folders" });
  await expect(processes).toContainText("Payroll letters");
  await expect(processes).toContainText("Pay run");
  await expectAccessible(page);
  await page.getByRole("region", { name: "Runs on machine" }).getByRole("link", { name: "HRVM-7" }).click();
  await expect(title(page)).toContainText("HRVM-7");
});

test("a folder is added, renamed, refused where its name is taken, removed with what it holds, and comes back", async ({
  page,
}) => {
  await openPlace(page, "Invoices");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const adding = page.getByRole("dialog", { name: "Add" });
  await adding.getByLabel("Name").fill("Reminders");
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add" }).click();
  await expect(title(page)).toContainText("Reminders");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await adding.getByLabel("Kind").selectOption("Queue");
  await adding.getByLabel("Name").fill("To remind");
  await adding.getByRole("button", { name: "Add" }).click();
  await expect(title(page)).toContainText("To remind");
  await way(page).getByRole("link", { name: "Reminders" }).click();
  await expect(title(page)).toContainText("Reminders");
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Name of the place" }).fill("Late payers");
  await page.keyboard.press("Enter");
  await expect(title(page)).toContainText("Late payers");

  await way(page).getByRole("link", { name: "Invoices" }).click();
  await expect(title(page)).toContainText("Invoices");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await adding.getByLabel("Name").fill("late PAYERS");
  await adding.getByRole("button", { name: "Add" }).click();
  await expect(adding).toContainText("There is already");
  await adding.getByRole("button", { name: "Cancel" }).click();

  await row(page, "Late payers").getByRole("link").click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const removing = page.getByRole("dialog", { name: "Remove the folder Late payers?" });
  await expect(removing).toContainText("1 queue goes with it: To remind.");
  await expectAccessible(page);
  await removing.getByRole("button", { name: "Remove" }).click();
  await expect(title(page)).toContainText("Invoices");
  await expect(row(page, "Late payers")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Late payers")).toBeVisible();
});

test("a move says who and which machines come and go before it is saved, and is undone", async ({ page }) => {
  await openPlace(page, "New staff");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Move New staff" });
  await choose(page, "Place", "finance", "Meridian Europe / Finance");
  await expect(dialog).toContainText("New staff no longer gets by passing down: HRVM-7.");
  await expect(dialog).toContainText("Marta Nowicka");
  await expect(dialog).toContainText("Greta Johansson");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(way(page).getByRole("link")).toHaveText(["Meridian Europe", "Finance"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(way(page).getByRole("link")).toHaveText(["Meridian Europe", "Human resources"]);
});

test("a folder is not offered to itself, nor to another tenant", async ({ page }) => {
  await openPlace(page, "Human resources");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Move Human resources" });
  for (const words of ["new staff", "claims"]) {
    await dialog.getByRole("combobox", { name: "Place" }).fill(words);
    await expect(dialog.getByText("Nothing found. Try another word.")).toBeVisible();
  }
});

test("a robot is shared into one more folder and taken out; a machine is passed down no longer", async ({ page }) => {
  await openPlace(page, "hr-robot-01");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const folder = "Meridian Europe / Human resources / Leaving staff";
  await choose(page, "Place", "leaving", folder);
  await page.getByRole("dialog").getByRole("button", { name: "Share" }).click();
  await expect(row(page, folder)).toContainText("Shared");
  // The word with Undo comes a moment later, and would lie under the mouse.
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await page.getByRole("button", { name: `Take out of ${folder}` }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Take out" }).click();
  await expect(row(page, folder)).toHaveCount(0);

  await openPlace(page, "HRVM-7");
  await page.getByRole("button", { name: /^Stop passing down/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Stop passing down HRVM-7/ });
  await expect(dialog).toContainText("It is no longer passed down to 3 folders beneath Human resources.");
  await dialog.getByRole("button", { name: "Stop passing down" }).click();
  await expect(page.getByRole("button", { name: /^Pass down/ })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: /^Stop passing down/ })).toBeVisible();
});

test("access says what is given here and what is inherited; a role is assigned, taken away and given back", async ({
  page,
}) => {
  await openPlace(page, "New staff", "Access");
  await expect(row(page, "Elif Yıldız")).toContainText("Here");
  await expect(row(page, "Elif Yıldız")).toContainText("Until");
  const inherited = row(page, "Marta Nowicka").filter({ hasText: "Folder Administrator" }).first();
  await expect(inherited.getByRole("link", { name: "Meridian Europe / Human resources" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Assign access" }).click();
  await choose(page, "Who", "all users", "All users");
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

  await assign(page, "Luca Ferrante", "Automation User");
  await page.getByRole("button", { name: "Remove Automation User from Luca Ferrante" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Automation User from Luca Ferrante?" });
  await expect(dialog.getByRole("listitem").filter({ hasText: "Luca Ferrante" }).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(row(page, "Luca Ferrante")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Luca Ferrante")).toBeVisible();
});

test("who has a role on one folder sees that and no other, and is told what is not theirs", async ({
  page,
  elsewhere,
}) => {
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  await openPlace(page, "Finance");
  const finance = new URL(page.url()).pathname;
  await openPlace(page, "Leaving staff", "Access");
  await assign(page, "Kim Aas", "Automation User");

  await open(kim, "/folders");
  await item(kim, "Meridian Europe").getByRole("link").click();
  await item(kim, "Human resources").getByRole("link").click();
  await item(kim, "Leaving staff").getByRole("link").click();
  await expect(title(kim)).toContainText("Leaving staff");
  await expect(item(kim, "Finance")).toHaveCount(0);
  await expect(item(kim, "New staff")).toHaveCount(0);
  for (const name of ["Add", "Move", "Remove", "Rename"]) {
    await expect(kim.getByRole("button", { name, exact: true })).toHaveAttribute("aria-disabled", "true");
  }
  await expectAccessible(kim);
  await parts(kim).getByRole("link", { name: "Access" }).click();
  await expect(kim.getByText(/needs “See people and groups”/)).toBeVisible();
  await parts(kim).getByRole("link", { name: "History" }).click();
  await expect(kim.getByText(/needs “See history”/)).toBeVisible();
  await expectAccessible(kim);
  expect((await kim.goto(finance))?.status()).toBe(404);
  await expect(kim.getByText("There is no such place.")).toBeVisible();
  await open(kim, "/folders?find=pay");
  await expect(kim.getByText("0 of 0 found")).toBeVisible();
});

test("a place tells what was changed in it and beneath it", async ({ page }) => {
  await openPlace(page, "Leaving staff", "Access");
  await assign(page, "Luca Ferrante", "Automation User");
  await openPlace(page, "Human resources", "History");
  await expect(page).toHaveURL(/tab=history/);
  const given = page.getByRole("row").filter({ hasText: "Luca Ferrante has Automation User on Leaving staff" });
  await expect(given).toBeVisible();
  await expect(given.getByRole("button", { name: /^Undo change no\. / })).toBeVisible();
  await expectAccessible(page);
  const search = page.getByRole("searchbox", { name: "Person, role or place" });
  await search.fill("nowhere at all");
  await expect(page.getByRole("heading", { name: "No change found" })).toBeVisible();
  await page.getByRole("link", { name: "Show all changes" }).click();
  await expect(given).toBeVisible();
  await expect(page).toHaveURL(/\/folders\/.*tab=history/);
  await openPlace(page, "Finance", "History");
  await expect(page.getByRole("row").filter({ hasText: "Organization set up" })).toBeVisible();
  await expect(given).toHaveCount(0);
});

test("what another one does appears in the tree at once", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await signIn(other, admin.email, admin.password);
  await openPlace(page, "Claims");
  await openPlace(other, "Claims");
  await other.getByRole("button", { name: "Add", exact: true }).click();
  await other.getByRole("dialog").getByLabel("Name").fill("Appeals");
  await other.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await expect(title(other)).toContainText("Appeals");
  await expect(item(page, "Appeals")).toBeVisible();
  await expect(row(page, "Appeals")).toBeVisible();
});

test("a search finds by name and by what holds it", async ({ page }) => {
  await open(page, "/folders");
  await page.getByRole("searchbox", { name: "Find in folders" }).fill("finance pay");
  await expect(page).toHaveURL(/find=finance/);
  const found = page.getByRole("list", { name: "Places that were found" });
  await expect(found.getByRole("link", { name: "Meridian Europe / Finance / Payroll" }).first()).toBeVisible();
  await expectAccessible(page);
  await found.getByRole("link", { name: "Payroll / Pay run on the 25th" }).click();
  await expect(title(page)).toContainText("Pay run on the 25th");
});

test("on a narrow page the tree gives way and nothing hangs over", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await openPlace(page, "hr-robot-02");
  const place = new URL(page.url()).pathname;
  for (const path of ["/folders", place, `${place}?tab=access`, `${place}?tab=related`]) {
    await open(page, path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide, path).toBe(false);
    await expectAccessible(page);
  }
  await expect(page.getByRole("tree")).toBeHidden();
  await way(page).getByRole("link", { name: "Human resources" }).click();
  await expect(row(page, "hr-robot-02")).toBeVisible();
});

test("while the area is off, folders are nowhere", async ({ page }) => {
  const save = async () => {
    const bar = page.getByRole("region", { name: "Changes not saved" });
    await bar.getByRole("button", { name: /^Save/ }).click();
    await expect(bar).toHaveCount(0);
  };
  await open(page, "/settings");
  await page.getByLabel("Robots & processes").uncheck();
  await save();
  await expect(menu(page).getByRole("link", { name: "Folders & robots" })).toHaveCount(0);
  expect((await page.goto("/folders"))?.status()).toBe(404);
  await open(page, "/settings");
  await page.getByLabel("Robots & processes").check();
  await save();
  await expect(menu(page).getByRole("link", { name: "Folders & robots" })).toBeVisible();
});
