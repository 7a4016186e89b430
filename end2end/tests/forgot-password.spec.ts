// “Forgot password” where mail is sent: one answer for every address, and a link for those who are here.
import { admin, expect, expectAccessible, signIn, test } from "../fixtures.js";

test.use({ setup: { mail: true } });

test("known and unknown addresses get the same answer; the link in the mail sets a new password", async ({
  page,
  rolecall,
}) => {
  const answers: string[] = [];
  for (const email of ["nobody@nordhavn.example", admin.email]) {
    await page.goto("/forgot-password");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText("If somebody here has this address", { exact: false })).toBeVisible();
    await expect(page.getByText(email)).toHaveCount(0);
    answers.push(await page.getByRole("main").innerText());
  }
  expect(answers[0]).toBe(answers[1]);
  await expectAccessible(page);

  // The first was asked for first: had it been answered by mail, that mail would be there by now.
  await expect.poll(() => rolecall.mailbox.mails.map((mail) => mail.to)).toEqual([admin.email]);
  const link = /http\S+\/reset\/\S+/.exec(rolecall.mailbox.mails[0]?.text ?? "")?.[0] ?? "";
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("copper window thistle 58");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("status")).toHaveText("Your new password is set. Sign in with it.");
  await signIn(page, admin.email, "copper window thistle 58");
});

test("what is no address is refused at the field", async ({ page }) => {
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail address").fill("ada@");
  // The browser's own check would keep it from being sent.
  await page.getByRole("main").locator("form").evaluate((form: HTMLFormElement) => form.submit());
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("E-mail address")).toHaveValue("ada@");
  await expectAccessible(page);
});
