// Signing in and out, a new password by a link, and the pages that work without scripts.
import type { Page } from "@playwright/test";
import { admin, expect, expectAccessible, hydrated, join, joined, open, signIn, test } from "../fixtures.js";

async function fill(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A link for a new password, made by an administrator on the person's page. */
async function passwordLink(page: Page, person: string): Promise<string> {
  await open(page, `/people?q=${encodeURIComponent(person)}`);
  await page.getByRole("link", { name: person, exact: true }).click();
  await page.getByRole("button", { name: "Link for a new password" }).click();
  const dialog = page.getByRole("dialog", { name: `Link for a new password for ${person}` });
  await expect(dialog).toContainText("Using it ends all their sessions.");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByRole("textbox", { name: `Link for ${person}` }).inputValue();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).click();
  return link;
}

test("a wrong password and an unknown address are answered alike, and what was typed stays", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail address"), "typing starts at once").toBeFocused();
  await fill(page, admin.email, "not the password at all");
  const alert = page.getByRole("alert");
  await expect(alert).toHaveText(/E-mail address or password is wrong\. Try again, or set a new password\./);
  const known = await alert.innerText();
  await expect(page.getByLabel("E-mail address")).toHaveValue(admin.email);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await expect(page.getByLabel("Password")).toBeFocused();
  await expectAccessible(page);
  await fill(page, "nobody@nordhavn.example", "not the password at all");
  await expect(page.getByLabel("E-mail address")).toHaveValue("nobody@nordhavn.example");
  expect(await alert.innerText()).toBe(known);
});

test("who asks for a page signs in first and then stands before it; strange addresses are not followed", async ({
  page,
}) => {
  await page.goto("/roles?q=merge");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fill(page, admin.email, admin.password);
  await hydrated(page);
  await expect(page).toHaveURL(/\/roles\?q=merge$/);
  await page.getByRole("button", { name: `${admin.name}, your account` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("status")).toHaveText("You are signed out.");
  await page.goto("/sign-in?next=//evil.example/");
  await fill(page, admin.email, admin.password);
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test("sign-in works with scripts off", async ({ elsewhere }) => {
  const page = await elsewhere({ javaScriptEnabled: false });
  await page.goto("/");
  await expect(page.getByText("Works without scripts.")).toBeVisible();
  await fill(page, admin.email, "not the password at all");
  await expect(page.getByRole("alert")).toBeVisible();
  await fill(page, admin.email, admin.password);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.goto("/people");
  await expect(page.getByRole("link", { name: admin.name, exact: true })).toBeVisible();
});

test("a link that an administrator makes sets a new password, once, and ends the person's sessions", async ({
  page,
  elsewhere,
}) => {
  await signIn(page, admin.email, admin.password);
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  const link = await passwordLink(page, "Kim Aas");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await expectAccessible(page);

  const other = await elsewhere({ javaScriptEnabled: false });
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  const password = other.getByLabel("New password", { exact: true });
  await password.fill("password1234");
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(password).toHaveAccessibleDescription(/easy to guess/);
  await password.fill("copper window thistle 58");
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(other.getByRole("status")).toHaveText("Your new password is set. Sign in with it.");

  await kim.goto("/account");
  await expect(kim.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await fill(kim, "kim@nordhavn.example", joined);
  await expect(kim.getByRole("alert")).toContainText("password is wrong");
  await signIn(kim, "kim@nordhavn.example", "copper window thistle 58");

  const answer = await other.goto(link);
  expect(answer?.status()).toBe(410);
  await expect(other.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await expect(other.getByText("This link has been used already.")).toBeVisible();
});

test("a link that was replaced, and one that never was, say so and what to do", async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  await join(page, await page.context().newPage(), "siv@nordhavn.example", "Siv Dahl");
  // Both pages are of one browser: whoever joined is signed in there now.
  await page.context().clearCookies();
  await signIn(page, admin.email, admin.password);
  const first = await passwordLink(page, "Siv Dahl");
  await passwordLink(page, "Siv Dahl");
  await page.goto(first);
  await expect(page.getByText("This link has expired or was replaced by a newer one. Ask for a new link.")).toBeVisible();
  await expectAccessible(page);
  for (const path of ["/reset/nothing", "/invitation/nothing", "/recover/nothing"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(410);
    await expect(page.getByText("This link is not known.", { exact: false })).toBeVisible();
  }
});

test("from the machine itself an administrator gets back in", async ({ page, rolecall }) => {
  const said = await rolecall.command(["recover", "--public-url", rolecall.url]);
  const link = /http\S+\/recover\/\S+/.exec(said)?.[0] ?? "";
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Back in" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep the password and sign in" }).click();
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test("without mail, forgot password says who can help", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByText("This console sends no mail. Ask an administrator for a link", { exact: false })).toBeVisible();
  await expectAccessible(page);
});

test("an address without a page says so, signed in or not", async ({ page }) => {
  await page.goto("/nothing-here");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, admin.email, admin.password);
  const answer = await page.goto("/nothing-here");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeVisible();
  await hydrated(page);
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "Go to the overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
});

test("guessing is slowed down with a time to wait, and the right password is then let in again elsewhere", async ({
  page,
}) => {
  await page.goto("/sign-in");
  const alert = page.getByRole("alert");
  await expect
    .poll(async () => {
      await fill(page, "guessed@nordhavn.example", "not the password at all");
      return alert.innerText();
    })
    .toMatch(/Too many tries\. Wait \d+ seconds, then try again\./);
  await expectAccessible(page);
  await signIn(page, admin.email, admin.password);
});
