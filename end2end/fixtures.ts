// What every test starts from: a running Rolecall of its file's own, and a page that knows its address.
import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import { type Options, Rolecall } from "./server.js";

interface PerTest {
  rolecall: Rolecall;
  /** Opens a page in another browser: its cookies are its own, and it is closed with the test. */
  elsewhere: (options?: BrowserContextOptions) => Promise<Page>;
}

interface PerWorker {
  setup: Options;
  servers: Servers;
}

/** The server of the file that runs now. */
class Servers {
  private file = "";
  private server: Rolecall | undefined;

  async of(file: string, options: Options): Promise<Rolecall> {
    if (!this.server || this.file !== file) {
      await this.stop();
      this.server = await Rolecall.start(options);
      this.file = file;
    }
    return this.server;
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    this.server = undefined;
  }
}

export const test = base.extend<PerTest, PerWorker>({
  setup: [{}, { option: true, scope: "worker" }],
  servers: [
    async ({}, use) => {
      const servers = new Servers();
      await use(servers);
      await servers.stop();
    },
    { scope: "worker" },
  ],
  rolecall: async ({ servers, setup }, use, info) => {
    const rolecall = await servers.of(info.file, setup);
    await use(rolecall);
    if (info.status !== info.expectedStatus) await info.attach("server log", { body: rolecall.log });
  },
  baseURL: async ({ rolecall }, use) => use(rolecall.url),
  elsewhere: async ({ browser, rolecall }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: rolecall.url, ...options });
      opened.push(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});

export { admin, Rolecall } from "./server.js";
export { expect } from "@playwright/test";

/** Opens a page of the application and waits until it answers. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/** Waits until the browser has taken over the page that the server has sent. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html[data-hydrated]")).toBeAttached();
}

/** Signs in through the form and waits until the first page is there and answers. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  await hydrated(page);
}

/** The password of everybody who joins in a test. */
export const joined = "quiet harbour pebble 47";

/** Invites somebody from an administrator's page; they accept on `other`, and stand before the first page there. */
export async function join(page: Page, other: Page, email: string, name: string): Promise<void> {
  await open(page, "/people/invite");
  await page.getByLabel("E-mail addresses").fill(email);
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  await other.goto(await page.getByRole("textbox", { name: `Link for ${email}` }).inputValue());
  await other.getByLabel("Your name").fill(name);
  await other.getByLabel("Password").fill(joined);
  await other.getByRole("button", { name: "Join" }).click();
  await hydrated(other);
}

/** Gives a person a role beside those that they have, on their own page. */
export async function giveRole(page: Page, person: string, role: string): Promise<void> {
  await open(page, `/people?q=${encodeURIComponent(person)}`);
  await page.getByRole("link", { name: person, exact: true }).click();
  await page.getByRole("button", { name: "Give role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: role, exact: true }).check();
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(page.getByRole("button", { name: `Take ${role}` })).toBeVisible();
}

/** Waits until colours that were on their way from one to another have arrived. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(transitions.map((one) => one.finished));
  });
}

/** Fails on anything that axe finds on the page as it stands, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await painted(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.html}`).join("\n")}`);
    expect(found, `axe, ${colorScheme}`).toEqual([]);
  }
}

/** Fails when the browser has refused or complained about anything while `act` ran. */
export async function expectQuietConsole(page: Page, act: () => Promise<void>): Promise<void> {
  const said: string[] = [];
  const note = (text: string) => said.push(text);
  page.on("pageerror", (error) => note(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(message.text());
  });
  await act();
  expect(said, "the browser's console").toEqual([]);
}
