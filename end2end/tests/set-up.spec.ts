// The first start: nobody can sign in before the organization is set up by the link in the server's output.
import { admin, expect, expectAccessible, hydrated, test } from "../fixtures.js";

test.use({ setup: { untouched: true } });

test("before the set-up every page says where the link is", async ({ page }) => {
  for (const path of ["/", "/sign-in", "/people"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(503);
    await expect(page.getByRole("heading", { name: "Not set up yet" })).toBeVisible();
  }
  await expectAccessible(page);
  await page.goto("/set-up/nothing");
  await expect(page.getByText("This link is not known.", { exact: false })).toBeVisible();
});

test("the link from the log sets up, says what is wrong at the field, and works once", async ({ rolecall, elsewhere }) => {
  const link = /http\S+\/set-up\/\S+/.exec(rolecall.log)?.[0] ?? "";
  const looking = await elsewhere();
  await looking.goto(link);
  await expect(looking.getByRole("heading", { name: "Set up Rolecall" })).toBeVisible();
  await expectAccessible(looking);
  const page = await elsewhere({ javaScriptEnabled: false });
  await page.goto(link);
  await page.getByLabel("Name of the organization").fill("Nordhavn Foods");
  await page.getByLabel("Your name").fill(admin.name);
  await page.getByLabel("Your e-mail address").fill(admin.email);
  await page.getByLabel("Password").fill("NordhavnFoods2026");
  await page.getByRole("checkbox", { name: "Applications & sandboxes" }).check();
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/easy to guess/);
  await expect(page.getByLabel("Name of the organization")).toHaveValue("Nordhavn Foods");
  await expect(page.getByRole("checkbox", { name: "Applications & sandboxes" })).toBeChecked();
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  const again = await elsewhere();
  const answer = await again.goto(link);
  expect(answer?.status()).toBe(410);
  await expect(again.getByRole("heading", { name: "Set up already" })).toBeVisible();
  await expectAccessible(again);
});

test("the new organization shows the first steps", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(admin.email);
  await page.getByLabel("Password").fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await hydrated(page);
  const steps = page.getByRole("region", { name: "First steps" });
  await expect(steps).toContainText("Nordhavn Foods, with Applications & sandboxes. You are its only Admin.");
  await expect(steps).toContainText("1 of 4 done");
  await expectAccessible(page);
  await steps.getByRole("link", { name: "Open the grid" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Roles & permissions" })).toBeVisible();
});
