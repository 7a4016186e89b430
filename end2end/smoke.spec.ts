// One walk through the built binary: it serves, signs in, hydrates under its policy, and is accessible.
import { admin, expect, expectAccessible, expectQuietConsole, signIn, test } from "./fixtures.js";

test("the first page asks who you are, and is accessible", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
});

test("an administrator signs in and the browser takes over without a complaint", async ({ page }) => {
  await expectQuietConsole(page, async () => {
    const module = page.waitForResponse(/\/assets\/frontend\.[0-9a-f]{16}\/frontend\.wasm$/);
    await signIn(page, admin.email, admin.password);
    const response = await module;
    expect(response.headers()["content-type"]).toBe("application/wasm");
    expect(response.headers()["cache-control"]).toContain("immutable");
    expect(["br", "gzip"]).toContain(response.headers()["content-encoding"]);
  });
  await expectAccessible(page);
});

test("an unknown asset is refused in a sentence", async ({ request }) => {
  const answer = await request.get("/assets/frontend.gone.js");
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain("Reload the page");
});
