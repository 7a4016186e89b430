// Two browsers side by side: what one saves appears in the other, which keeps what it has staged.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, giveRole, hydrated, join, joined, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true } });

const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });
const menu = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name });
const authorise = (page: Page, permission: string) => page.getByRole("combobox", { name: permission, exact: true });
const chosen = (page: Page, permission: string) =>
  authorise(page, permission).getByRole("option", { selected: true });

async function openRole(page: Page, role: string): Promise<void> {
  await open(page, "/roles");
  await page.getByRole("link", { name: role, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(role);
}

/** Opens a person's page. */
async function openPerson(page: Page, name: string): Promise<void> {
  await open(page, `/people?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
}

/** The number of the change that has just been saved. */
async function saved(page: Page): Promise<number> {
  const said = await page.getByText(/[Cc]hange no\. \d+\.$/).innerText();
  return Number(/no\. (\d+)\.$/.exec(said)?.[1]);
}

/** Does something in a browser that hears no news: as when the line was down for a moment. */
async function unheard(page: Page, act: () => Promise<void>): Promise<void> {
  await page.route("**/events", (route) => route.abort());
  await page.reload();
  await hydrated(page);
  await expect(page.getByText(/^Not live/)).toBeVisible();
  await act();
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("a role that another one adds, renames and deletes appears; edits stay, and one that is lost says by whom", async ({
  page,
  elsewhere,
}) => {
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  await giveRole(page, "Kim Aas", "Admin");
  await openRole(page, "Service desk");
  await authorise(page, "See history").selectOption("Allowed");

  await openRole(kim, "Service desk");
  await authorise(kim, "Manage groups").selectOption("Allowed");
  await bar(kim).getByRole("button", { name: "Save 1 change" }).click();
  await expect(chosen(page, "Manage groups")).toHaveText("Allowed");
  await kim.getByRole("button", { name: "Rename" }).click();
  await kim.getByLabel("Name of the role").fill("Front desk");
  await kim.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Front desk");
  await expect(authorise(page, "See history")).toHaveValue("on");
  await expect(bar(page)).toContainText("1 change not saved");

  await open(page, "/roles");
  const cells = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "See history", exact: true }) });
  const heads = await page.getByRole("grid").getByRole("columnheader").allInnerTexts();
  const at = heads.findIndex((head) => head.startsWith("Front desk"));
  await cells.getByRole("gridcell").nth(at - 1).click();
  await expect(bar(page)).toContainText("1 change not saved");
  await kim.getByRole("button", { name: "Delete" }).click();
  await kim.getByRole("dialog").getByRole("button", { name: "Delete role" }).click();
  await expect(page.getByRole("link", { name: "Front desk", exact: true })).toHaveCount(0);
  await expect(
    page.getByText(/Kim Aas deleted Front desk in change no\. \d+\. Your edit of “See history” in it is gone\./),
  ).toBeVisible();
  await expect(bar(page)).toBeHidden();
  await expectAccessible(page);
});

test("people: the other one's changes appear in the list, and who is selected stays selected", async ({
  page,
  elsewhere,
}) => {
  const other = await elsewhere();
  await signIn(other, admin.email, admin.password);
  await open(page, "/people");
  await page.getByLabel("Select Hana Kobayashi").check();
  await giveRole(other, "Luca Ferrante", "Auditor");
  await expect(page.getByRole("button", { name: "Roles of Luca Ferrante:" })).toHaveText(/\+1$/);
  await other.getByRole("button", { name: "Edit name and address" }).click();
  await other.getByRole("dialog").getByLabel("Name").fill("Luca Ferrante-Riva");
  await other.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "Luca Ferrante-Riva", exact: true })).toBeVisible();
  await expect(page.getByLabel("Select Hana Kobayashi")).toBeChecked();
  await expect(page.getByRole("region", { name: "Selected people" })).toContainText("1 person selected");
});

test("groups: a dialog that is open keeps what was chosen in it while the other one renames the group", async ({
  page,
  elsewhere,
}) => {
  const other = await elsewhere();
  await signIn(other, admin.email, admin.password);
  for (const one of [page, other]) {
    await open(one, "/groups");
    await one.getByRole("link", { name: "Testers", exact: true }).click();
    await expect(one.getByRole("heading", { level: 1 })).toContainText("Testers");
  }
  await page.getByRole("button", { name: "Add people" }).click();
  const adding = page.getByRole("dialog");
  await adding.getByLabel("Name or e-mail address").fill("hana");
  await adding.getByRole("checkbox", { name: /Hana Kobayashi/ }).check();
  await other.getByRole("button", { name: "Rename" }).click();
  await other.getByLabel("Name of the group").fill("Release testers");
  await other.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add people to Release testers" })).toBeVisible();
  await expect(adding.getByRole("checkbox", { name: /Hana Kobayashi/ })).toBeChecked();
  await adding.getByRole("button", { name: "Add 1 person" }).click();
  await expect(other.getByRole("link", { name: "Hana Kobayashi" })).toBeVisible();
});

test("settings: what is staged stays, and saving over another one's name says who changed it", async ({
  page,
  elsewhere,
}) => {
  const lea = await elsewhere();
  await join(page, lea, "lea@nordhavn.example", "Lea Moss");
  await giveRole(page, "Lea Moss", "Admin");
  await open(page, "/settings");
  await open(lea, "/settings");
  await page.getByLabel("Name", { exact: true }).fill("Nordhavn Group");
  await expect(bar(page)).toContainText("1 change not saved");

  await lea.getByLabel("Name", { exact: true }).fill("Nordhavn Holding");
  await bar(lea).getByRole("button", { name: "Save 1 change" }).click();
  const number = await saved(lea);
  await expect(page.getByRole("navigation", { name: "Main menu" })).toContainText("Nordhavn Holding");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Nordhavn Group");
  const alert = bar(page).getByRole("alert");
  await expect(alert).toContainText("was changed meanwhile");
  await expect(alert).toContainText(`Lea Moss changed it in change no. ${number}.`);
  await expectAccessible(page);
  await bar(page).getByRole("button", { name: "Discard" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Nordhavn Holding");
});

test("history shows what another one saves while it is open", async ({ page, elsewhere }) => {
  const other = await elsewhere();
  await signIn(other, admin.email, admin.password);
  await open(page, "/history");
  await openRole(other, "Role designer");
  await authorise(other, "Undo changes").selectOption("Allowed");
  await bar(other).getByRole("button", { name: "Save 1 change" }).click();
  const number = await saved(other);
  await expect(page.getByRole("button", { name: `Undo change no. ${number}`, exact: true })).toBeVisible();
  await expect(page.getByText(`Live, change no. ${number}`)).toBeVisible();
});

test("an administrator who is demoted is told so, at once and at the next click", async ({ page, elsewhere }) => {
  const mia = await elsewhere();
  await join(page, mia, "mia@nordhavn.example", "Mia Lund");
  await giveRole(page, "Mia Lund", "Admin");
  await open(mia, "/roles");
  await expect(mia.getByRole("grid")).toBeVisible();
  await openPerson(page, "Mia Lund");
  await page.getByRole("button", { name: "Take Admin" }).click();
  const taking = page.getByRole("dialog", { name: "Take Admin from Mia Lund?" });
  await expect(taking).toContainText("1 person loses");
  await taking.getByRole("button", { name: "Take role" }).click();

  await expect(mia.getByRole("heading", { level: 1, name: "You may not see this" })).toBeVisible();
  await expect(mia.getByRole("alert")).toContainText("it needs “See roles & permissions” on");
  await expect(menu(mia, "Settings")).toHaveAccessibleDescription(/You need “Manage settings” to open this/);
  await expectAccessible(mia);
  await mia.getByRole("main").getByRole("link", { name: "Go to the overview" }).click();
  await expect(mia.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test("a demoted administrator whom the news has not reached is refused with a sentence", async ({
  page,
  elsewhere,
}) => {
  const noa = await elsewhere();
  await join(page, noa, "noa@nordhavn.example", "Noa Bech");
  await giveRole(page, "Noa Bech", "Admin");
  await openRole(noa, "Application owner");
  await unheard(noa, async () => {
    await openPerson(page, "Noa Bech");
    await page.getByRole("button", { name: "Take Admin" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take role" }).click();
    await expect(page.getByRole("button", { name: "Take Admin" })).toHaveCount(0);
  });
  await authorise(noa, "See history").selectOption("Allowed");
  await expect(noa.getByRole("alert").first()).toContainText("You may not do this: it needs “See roles & permissions”");
  await menu(noa, "Settings").click();
  await noa.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Leave" }).click();
  await expect(noa.getByRole("heading", { level: 1, name: "You may not see this" })).toBeVisible();
  await expect(noa.getByRole("alert")).toContainText("it needs “Manage settings” on");
});

test("who is deactivated lands on the sign-in page with a sentence at the next click", async ({ page, elsewhere }) => {
  const ole = await elsewhere();
  await join(page, ole, "ole@nordhavn.example", "Ole Dahl");
  await giveRole(page, "Ole Dahl", "Auditor");
  await open(ole, "/people");
  await openPerson(page, "Ole Dahl");
  await page.getByRole("button", { name: "Deactivate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Ole Dahl is deactivated and signed out.", { exact: false })).toBeVisible();

  await menu(ole, "History").click();
  await expect(ole.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(ole.getByRole("status")).toHaveText(
    "Your session has ended, so you are signed out. Sign in again; if that does not work, ask an administrator.",
  );
  await expectAccessible(ole);
  await ole.getByLabel("E-mail address").fill("ole@nordhavn.example");
  await ole.getByLabel("Password").fill(joined);
  await ole.getByRole("button", { name: "Sign in" }).click();
  await expect(ole.getByRole("alert")).toContainText("E-mail address or password is wrong.");
});
