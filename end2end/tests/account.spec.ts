// One's own account: name, password, sessions, theme.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, join, joined, open, signIn, test } from "../fixtures.js";

const sessions = (page: Page) => page.getByRole("region", { name: "Where you are signed in" });
const firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  await open(page, "/account");
});

test("a name is changed, and everybody reads the new one", async ({ page }) => {
  const name = page.getByRole("region", { name: "Name and address" }).getByLabel("Name");
  await name.fill(" ");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(name).toHaveAccessibleDescription(/empty or cannot be seen/);
  await name.fill("Ada Holm-Berg");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Your name is saved.")).toBeVisible();
  await expect(name).not.toHaveAttribute("aria-invalid");
  await expect(page.getByRole("button", { name: "Ada Holm-Berg, your account" })).toBeVisible();
  await open(page, "/people");
  await expect(page.getByRole("link", { name: "Ada Holm-Berg", exact: true })).toBeVisible();
  await open(page, "/account");
  await name.fill(admin.name);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("button", { name: `${admin.name}, your account` })).toBeVisible();
});

test("a wrong present password and an easy new one are refused at their fields", async ({ page }) => {
  const [old, wanted] = [page.getByLabel("Present password"), page.getByLabel("New password")];
  const change = page.getByRole("button", { name: "Change password" });
  await old.fill("not the password at all");
  await wanted.fill("copper window thistle 58");
  await change.click();
  await expect(old).toHaveAccessibleDescription("This is not your present password.");
  await expect(old).toHaveAttribute("aria-invalid", "true");
  await expect(wanted).not.toHaveAttribute("aria-invalid");
  await expectAccessible(page);
  await old.fill(admin.password);
  for (const [bad, sentence] of [
    ["short", /at least 12 characters/],
    ["Ada Holm 2026", /easy to guess/],
    ["aaaaaaaaaaaaaaaa", /easy to guess/],
  ] as const) {
    await wanted.fill(bad);
    await change.click();
    await expect(wanted).toHaveAccessibleDescription(sentence);
  }
});

test("a new password holds at once and ends the other sessions", async ({ page, elsewhere }) => {
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  const other = await elsewhere();
  await signIn(other, "kim@nordhavn.example", joined);

  await open(kim, "/account");
  await kim.getByLabel("Present password").fill(joined);
  await kim.getByLabel("New password").fill("copper window thistle 58");
  await kim.getByRole("button", { name: "Change password" }).click();
  await expect(kim.getByText("Your password is changed. Your other sessions have ended.")).toBeVisible();
  await expect(kim.getByLabel("Present password")).toHaveValue("");
  await expect(sessions(kim).getByRole("row")).toHaveCount(2);
  await expect(kim.getByRole("region", { name: "Recent sign-in events" })).toContainText("Password changed");

  await other.goto("/account");
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await other.getByLabel("E-mail address").fill("kim@nordhavn.example");
  await other.getByLabel("Password").fill(joined);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert")).toContainText("E-mail address or password is wrong.");
  await signIn(other, "kim@nordhavn.example", "copper window thistle 58");
  await open(kim, "/account");
  await expect(kim.getByRole("region", { name: "Recent sign-in events" })).toContainText("A wrong password was tried");
});

test("sessions are listed with their device, and each can be ended", async ({ page, elsewhere }) => {
  const other = await elsewhere({ userAgent: firefox });
  await signIn(other, admin.email, admin.password);
  await page.reload();
  const theirs = sessions(page).getByRole("row").filter({ hasText: "Firefox on Windows" });
  await expect(theirs).toContainText("127.0.0.1");
  await expect(sessions(page).getByRole("row").filter({ hasText: "This one" })).toHaveCount(1);
  await expectAccessible(page);
  await theirs.getByRole("button", { name: /^End the session of Firefox on Windows/ }).click();
  await expect(theirs).toHaveCount(0);
  await other.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "People" }).click();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("all other sessions end together; where there is none, the button says so", async ({ page, elsewhere }) => {
  const [one, two] = [await elsewhere({ userAgent: firefox }), await elsewhere({ userAgent: firefox })];
  await signIn(one, admin.email, admin.password);
  await signIn(two, admin.email, admin.password);
  await page.reload();
  const endAll = page.getByRole("button", { name: "End all others" });
  await expect(sessions(page).getByRole("row").filter({ hasText: "Firefox on Windows" })).toHaveCount(2);
  await endAll.click();
  await expect(sessions(page).getByRole("row").filter({ hasText: "Firefox on Windows" })).toHaveCount(0);
  await expect(page.getByText("Ended. You are signed in here only.")).toBeVisible();
  await expect(endAll).toHaveAccessibleDescription("You are signed in here only.");
  for (const other of [one, two]) {
    await other.goto("/people");
    await expect(other).toHaveURL(/\/sign-in/);
  }
});

test("the theme is kept in this browser, also on the pages without scripts", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  const theme = page.getByRole("radiogroup", { name: "Theme" });
  await theme.getByRole("radio", { name: "Dark theme" }).check();
  await expect.poll(ground).not.toBe(light);
  await page.reload();
  await expect(theme.getByRole("radio", { name: "Dark theme" })).toBeChecked();
  expect(await ground()).not.toBe(light);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "light" });
  await theme.getByRole("radio", { name: "Theme as the system has it" }).check();
  await expect.poll(ground).toBe(light);
});

test("roles and rights are told, and the page fits a narrow window", async ({ page }) => {
  await expect(page.getByRole("region", { name: "Your roles" })).toContainText("Admin");
  await expect(page.getByRole("region", { name: "What you may do" })).toContainText("Manage people");
  await page.setViewportSize({ width: 380, height: 800 });
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
