// Groups: the list, members, roles, and what is lost with a group.
import { admin, expect, expectAccessible, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications"] } });

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  await open(page, "/groups");
});

test("a group is made, renamed in place, filled, given a role and deleted", async ({ page }) => {
  await page.getByRole("button", { name: "Add group" }).click();
  const adding = page.getByRole("dialog", { name: "Add group" });
  await adding.getByLabel("Name").fill("testers");
  await adding.getByRole("button", { name: "Save group" }).click();
  await expect(adding).toContainText("There is already a group called");
  await adding.getByLabel("Name").fill("Night shift");
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Save group" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Night shift");

  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Name of the group").fill("Late shift");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Late shift");

  await page.getByRole("button", { name: "Give role" }).click();
  const giving = page.getByRole("dialog", { name: "Give Late shift a role" });
  await giving.getByRole("radio", { name: "Auditor" }).check();
  await expectAccessible(page);
  await giving.getByRole("button", { name: "Give role" }).click();
  await expect(page.getByRole("button", { name: "Take Auditor" })).toBeVisible();

  await page.getByRole("button", { name: "Add people" }).click();
  const people = page.getByRole("dialog", { name: "Add people to Late shift" });
  await people.getByLabel("Name or e-mail address").fill("luca");
  await people.getByRole("checkbox", { name: /Luca Ferrante/ }).check();
  await expect(people).toContainText("Luca Ferrante");
  await expect(people).toContainText(/1 person gains/);
  await people.getByRole("button", { name: "Add 1 person" }).click();
  await expect(page.getByRole("link", { name: "Luca Ferrante" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Delete group" }).click();
  const deleting = page.getByRole("dialog", { name: "Delete the group Late shift?" });
  await expect(deleting).toContainText("Luca Ferrante");
  await deleting.getByRole("button", { name: "Delete group" }).click();
  await expect(page).toHaveURL(/\/groups$/);
  await expect(page.getByRole("link", { name: "Late shift" })).toHaveCount(0);
});

test("members leave together", async ({ page }) => {
  await page.getByRole("link", { name: "Claims team", exact: true }).click();
  for (const name of ["Daniel Osei", "Hana Kobayashi"]) await page.getByLabel(`Select ${name}`).check();
  await page.getByRole("button", { name: "Remove 2 people" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove 2 people from Claims team?" });
  await expect(dialog).toContainText("Hana Kobayashi");
  await dialog.getByRole("button", { name: "Remove from group" }).click();
  await expect(page.getByRole("link", { name: "Hana Kobayashi" })).toHaveCount(0);
});

test("the page that deletes hears how that went, also where the event stream is quicker than the answer", async ({
  page,
}) => {
  await page.getByRole("link", { name: "Claims team", exact: true }).click();
  await page.getByRole("button", { name: "Delete group" }).click();
  const heard = page.evaluate(
    () => new Promise<void>((done) => addEventListener("rolecall:revision", () => done(), { once: true })),
  );
  await page.route("**/groups/save", async (route) => {
    const answer = await route.fetch();
    await heard;
    // As long as the page would take to fetch the group that is gone.
    await page.evaluate(async () => (await fetch(location.href)).text());
    await route.fulfill({ response: answer });
  });
  await page.getByRole("dialog").getByRole("button", { name: "Delete group" }).click();
  await expect(page).toHaveURL(/\/groups$/);
  await expect(page.getByRole("link", { name: "Claims team", exact: true })).toHaveCount(0);
});
