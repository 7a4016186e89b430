// History: what changed in words, finding it again, taking it back.
import type { Locator, Page } from "@playwright/test";
import { admin, expect, expectAccessible, giveRole, hydrated, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications"] } });

const row = (page: Page, number: number): Locator =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: `Change no. ${number}`, exact: true }) });

/** Sets one permission of a role on its page; hands back the number of the change. */
async function authorise(page: Page, role: string, permission: string, wanted: "Allowed" | "Not allowed") {
  await open(page, "/roles");
  await page.getByRole("link", { name: role, exact: true }).click();
  await page.getByRole("combobox", { name: permission, exact: true }).selectOption(wanted);
  await page.getByRole("button", { name: "Save 1 change" }).click();
  const said = await page.getByText(/Saved as change no\. \d+/).innerText();
  return Number(/no\. (\d+)/.exec(said)?.[1]);
}

async function renameOrganization(page: Page, name: string): Promise<number> {
  await open(page, "/settings");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save 1 change" }).click();
  const said = await page.getByText(/Saved as change no\. \d+/).innerText();
  return Number(/no\. (\d+)/.exec(said)?.[1]);
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("the set-up is the first change, told in words and line by line", async ({ page }) => {
  await open(page, "/history");
  const first = row(page, 1);
  await expect(first).toContainText("Organization set up");
  await expect(first).toContainText("Set-up");
  await expect(first.getByRole("cell").nth(2)).toHaveText(/^\d\d:\d\d$/);
  await first.getByRole("button", { name: /Show \d+ more lines of change no\. 1/ }).click();
  await expect(first).toContainText("Ingrid Solheim has Release manager on Hotfix 2.4.1 until");
  await expect(first.getByRole("link", { name: "Release manager" }).first()).toBeVisible();
  await expectAccessible(page);
});

test("a change stands there with its author, and is taken back with its effect in sight", async ({ page }) => {
  const number = await authorise(page, "Auditor", "Manage groups", "Allowed");
  await open(page, "/history");
  const changed = row(page, number);
  await expect(changed).toContainText("Role changed");
  await expect(changed).toContainText("Added: Auditor: Manage groups allowed");
  await expect(changed.getByRole("link", { name: admin.name })).toBeVisible();

  await changed.getByRole("button", { name: `Undo change no. ${number}` }).click();
  const dialog = page.getByRole("dialog", { name: `Undo change no. ${number}?` });
  await expect(dialog).toContainText("1 person loses Manage groups");
  await expect(dialog).toContainText("Jakub Dvořák");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await expect(changed.getByRole("button", { name: `Undo change no. ${number}` })).toBeFocused();

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Undo it" }).click();
  await expect(page.getByText(`Change no. ${number} is undone, by change no. ${number + 1}.`)).toBeVisible();
  await expect(row(page, number + 1)).toContainText(`Takes back change no. ${number}`);
  await expect(changed).toContainText(`Undone by change no. ${number + 1}`);
  await expect(changed.getByRole("button", { name: /^Undo/ })).toHaveAccessibleDescription(/Undone by change no\. /);

  await open(page, "/roles");
  await page.getByRole("link", { name: "Auditor", exact: true }).click();
  const authorised = page.getByRole("combobox", { name: "Manage groups", exact: true });
  await expect(authorised.getByRole("option", { selected: true })).toHaveText("Not allowed");
});

test("changes stand under the day on which they were saved, by the reader's clock", async ({ page }) => {
  const day = 86_400_000;
  const heads = (name: string | RegExp) => page.getByRole("rowheader", { name, exact: true });
  await open(page, "/history");
  await expect(heads("Today")).toHaveCount(1);
  for (const [later, head] of [
    [1, "Yesterday"],
    [3, /^\d{1,2} [A-Z][a-z]{2}( \d{4})?$/],
  ] as const) {
    await page.clock.setFixedTime(Date.now() + later * day);
    await page.reload();
    await hydrated(page);
    await expect(heads(head)).toHaveCount(1);
    await expect(heads("Today")).toHaveCount(0);
    await expect(row(page, 1).getByRole("cell").nth(2)).toHaveText(/^\d\d:\d\d$/);
  }
  await expectAccessible(page);
});

test("an undo can be undone", async ({ page }) => {
  const number = await authorise(page, "Service desk", "See history", "Allowed");
  await open(page, "/history");
  for (const undone of [number, number + 1]) {
    await page.getByRole("button", { name: `Undo change no. ${undone}`, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo it" }).click();
    await expect(row(page, undone)).toContainText(`Undone by change no. ${undone + 1}`);
  }
  const again = page.getByRole("button", { name: `Undo change no. ${number}`, exact: true });
  await expect(again).not.toHaveAttribute("aria-disabled");
});

test("what no longer fits says why and does nothing", async ({ page }) => {
  const first = await renameOrganization(page, "Nordhavn Group");
  await renameOrganization(page, "Nordhavn Foods");
  await open(page, "/history");
  const overtaken = page.getByRole("button", { name: `Undo change no. ${first}`, exact: true });
  await expect(overtaken).toHaveAttribute("aria-disabled", "true");
  await expect(overtaken).toHaveAccessibleDescription(/was changed since/);
  await overtaken.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  const setUp = page.getByRole("button", { name: "Undo change no. 1", exact: true });
  await expect(setUp).toHaveAccessibleDescription("People came with it. Remove them under People instead.");
  await expect(row(page, 1)).toContainText("People came with it.");
});

test("filters by kind, author, time and words stand in the address", async ({ page }) => {
  const number = await authorise(page, "Role designer", "See history", "Allowed");
  await open(page, "/history");
  await page.getByLabel("Kind").selectOption("Roles");
  await expect(page).toHaveURL(/kind=roles/);
  await expect(row(page, number)).toBeVisible();
  await page.getByLabel("Kind").selectOption("Settings");
  await expect(row(page, number)).toHaveCount(0);
  await page.goBack();
  await expect(page.getByLabel("Kind")).toHaveValue("roles");
  await expect(row(page, number)).toBeVisible();

  await page.getByLabel("By", { exact: true }).selectOption("Set-up");
  await expect(page).toHaveURL(/by=/);
  await expect(row(page, 1)).toBeVisible();
  await expect(row(page, number)).toHaveCount(0);
  await page.getByLabel("By", { exact: true }).selectOption(admin.name);
  await page.getByLabel("When").selectOption("Last 24 hours");
  await expect(page).toHaveURL(/when=day/);
  await expect(row(page, number)).toBeVisible();

  const words = page.getByRole("searchbox", { name: "Person, role or place" });
  await words.fill("ROLE DESIGNER history");
  await expect(page).toHaveURL(/q=ROLE/);
  await expect(row(page, number)).toBeVisible();
  await page.reload();
  await expect(words).toHaveValue("ROLE DESIGNER history");
  await expect(page.getByLabel("When")).toHaveValue("day");
  await words.fill("zeppelin");
  await expect(page.getByRole("heading", { name: "No change found" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show all changes" }).click();
  await expect(page).toHaveURL(/\/history$/);
  await expect(row(page, 1)).toBeVisible();
  await expect(page.getByLabel("Kind")).toHaveValue("");
});

test("a change can be linked to, and is told whole there", async ({ page }) => {
  await open(page, "/history");
  await page.getByRole("link", { name: "Change no. 1", exact: true }).click();
  await expect(page).toHaveURL(/no=1$/);
  await expect(page.getByText("Only change no. 1.")).toBeVisible();
  await expect(row(page, 1)).toContainText("Ingrid Solheim has Release manager on Hotfix 2.4.1 until");
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(row(page, 2)).toBeVisible();
});

test("fifty stand on a page, and the next page goes on where it ended", async ({ page }) => {
  await open(page, "/account");
  // As many saves as nobody would press buttons for.
  const last = await page.evaluate(async () => {
    let number = 0;
    for (let at = 0; at < 60; at += 1) {
      const sent = { method: "POST", headers: { "Content-Type": "application/json" } };
      const body = JSON.stringify({ name: `Ada Holm ${at % 2 ? "" : "II"}`.trim() });
      number = await (await fetch("/api/account/rename", { ...sent, body })).json();
    }
    return number;
  });
  await open(page, "/history");
  const pages = page.getByRole("navigation", { name: "Pages of the list" });
  await expect(pages).toContainText(`1–50 of ${last}`);
  await expect(row(page, last)).toBeVisible();
  await expect(pages.getByRole("link", { name: "Previous" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(row(page, last - 50)).toBeVisible();
  await expect(row(page, last)).toHaveCount(0);
  await expect(pages).toContainText(`51–${Math.min(100, last)} of ${last}`);
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect(row(page, last)).toBeVisible();
});

test("who may see history and not undo reads why, and who may not see it is told so", async ({ page, elsewhere }) => {
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  const menu = kim.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "History" });
  await expect(menu).toHaveAccessibleDescription("You need “See history” to open this. Ask an Admin.");
  const answer = await kim.goto("/history");
  expect(answer?.status()).toBe(403);
  await expect(kim.getByRole("alert")).toContainText("it needs “See history” on");
  await expectAccessible(kim);

  const number = await authorise(page, "Auditor", "See history", "Not allowed").then(() =>
    authorise(page, "Auditor", "See history", "Allowed"),
  );
  await giveRole(page, "Kim Aas", "Auditor");
  await open(kim, "/history");
  const undo = kim.getByRole("button", { name: `Undo change no. ${number}`, exact: true });
  await expect(undo).toHaveAttribute("aria-disabled", "true");
  await expect(undo).toHaveAccessibleDescription(/You may not: it needs “Undo changes”/);
});
