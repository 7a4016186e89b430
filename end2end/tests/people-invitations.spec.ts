// Invitations: a list with its errors by line, links to hand over, the pending ones.
import { admin, expect, expectAccessible, hydrated, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["applications"] } });

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("wrong lines are named, and nobody is invited before they are mended", async ({ page }) => {
  await open(page, "/people/invite");
  const list = page.getByLabel("E-mail addresses");
  await list.fill(`Ida Falk <ida@nordhavn.example>\nno address\n${admin.email}\nida@nordhavn.example`);
  await page.getByRole("button", { name: "Invite 4 people" }).click();
  const errors = page.getByRole("alert");
  await expect(errors).toContainText("Line 2, no address: Write an e-mail address");
  await expect(errors).toContainText(`Line 3, ${admin.email}: Here already.`);
  await expect(errors).toContainText("Line 4, ida@nordhavn.example: This address is in line 1 already");
  await expectAccessible(page);
  await list.fill("Ida Falk <ida@nordhavn.example>");
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  await expect(page.getByRole("heading", { name: "1 person is invited" })).toBeVisible();
  await expectAccessible(page);
});

test("a file is read like a pasted list", async ({ page }) => {
  await open(page, "/people/invite");
  await page.getByLabel("Or choose a file").setInputFiles({
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Name,E-mail\nOle Dahl,ole@nordhavn.example\nPia Munk,pia@nordhavn.example\n"),
  });
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(page.getByRole("textbox", { name: "Link for pia@nordhavn.example" })).toBeVisible();
});

test("a link is copied, accepted in another browser, and then pending no more", async ({ page, elsewhere }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/people/invite");
  await page.getByLabel("E-mail addresses").fill("per@nordhavn.example");
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  await page.getByRole("button", { name: "Copy link for per@nordhavn.example" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await elsewhere();
  await other.goto(link);
  await other.getByLabel("Your name").fill("Per Krag");
  await other.getByLabel("Password").fill("quiet harbour pebble 47");
  await other.getByRole("button").last().click();
  await hydrated(other);
  await open(page, "/people/invitations");
  await expect(page.getByText("per@nordhavn.example")).toHaveCount(0);
});

test("a new link kills the one before, and revoking kills all", async ({ page, elsewhere }) => {
  await open(page, "/people/invite");
  await page.getByLabel("E-mail addresses").fill("siv@nordhavn.example");
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  const first = await page.getByRole("textbox", { name: "Link for siv@nordhavn.example" }).inputValue();
  await open(page, "/people/invitations");
  await page.getByRole("button", { name: "New link for siv@nordhavn.example" }).click();
  const dialog = page.getByRole("dialog", { name: "The new link" });
  const second = await dialog.getByRole("textbox").inputValue();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Done" }).click();
  const other = await elsewhere();
  await other.goto(first);
  await expect(other.getByLabel("Password")).toHaveCount(0);
  await other.goto(second);
  await expect(other.getByLabel("Password")).toBeVisible();
  await page.getByRole("button", { name: "Revoke the invitation of siv@nordhavn.example" }).click();
  await page.getByRole("button", { name: "Revoke invitation", exact: true }).click();
  await expect(page.getByRole("link", { name: "siv@nordhavn.example" })).toHaveCount(0);
  await other.goto(second);
  await expect(other.getByLabel("Password")).toHaveCount(0);
});
