// Every page of the application, asked for often and at once: none may fail to answer.
import { admin, expect, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true } });

test("every page answers each time it is asked, whatever else is going on", async ({ page }) => {
  await signIn(page, admin.email, admin.password);
  const linked = async (list: string, name: string) => {
    await open(page, list);
    return (await page.getByRole("link", { name, exact: true }).getAttribute("href")) ?? "";
  };
  const paths = ["/", "/people", "/people/invite", "/people/invitations", "/groups", "/roles", "/history", "/settings"];
  paths.push("/account", await linked("/people", "Hana Kobayashi"), await linked("/roles", "Auditor"));
  const group = await linked("/groups", "Testers");
  for (const path of [...paths, group]) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => page.request.get(path)));
    expect(answers.map((answer) => answer.status()), path).toEqual(Array(20).fill(200));
  }
});
