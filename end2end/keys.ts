// What stories by the keyboard alone are told with. Nothing is clicked, and nothing is focused but by keys: what cannot be
// reached within so many presses is lost.
import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.js";

/** How many presses of a key lead to anything from where one is. */
export const MOST = 40;

export const title = (page: Page) => page.getByRole("heading", { level: 1 });
export const main = (page: Page) => page.getByRole("main");
export const bar = (page: Page) => page.getByRole("region", { name: "Changes not saved" });
const undo = (page: Page) => page.getByRole("button", { name: "Undo", exact: true });
export const row = (page: Page, name: string | RegExp) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
export const part = (page: Page, name: string | RegExp) =>
  page.getByRole("navigation", { name: "Parts of this page" }).getByRole("link", { name, exact: true });
export const item = (page: Page, name: string) => page.getByRole("treeitem", { name, exact: true });

/** What has the focus, in words. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    const name = active?.getAttribute("aria-label") ?? active?.textContent?.trim().slice(0, 60);
    return `${active?.tagName.toLowerCase()} “${name}”`;
  });
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((element) => element === document.activeElement);
}

/** Presses a key until something has the focus. */
export async function press(page: Page, key: string, wanted: Locator, most = MOST): Promise<void> {
  await expect(wanted).toBeVisible();
  const from = await focused(page);
  for (let presses = 0; presses <= most; presses++) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${most} times ${key} from ${from} does not lead to ${wanted}, but to ${await focused(page)}.`);
}

export const tabTo = (page: Page, wanted: Locator, most?: number) => press(page, "Tab", wanted, most);
export const tabBackTo = (page: Page, wanted: Locator, most?: number) => press(page, "Shift+Tab", wanted, most);

/** Goes to a control and presses Enter on it. */
export async function enter(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}

export async function enterBack(page: Page, wanted: Locator): Promise<void> {
  await tabBackTo(page, wanted);
  await page.keyboard.press("Enter");
}

/** Follows a link to another page: the focus is then at its beginning. */
export async function follow(page: Page, link: Locator, heading: string | RegExp): Promise<void> {
  await enter(page, link);
  await expect(title(page)).toHaveText(heading);
  await expect(main(page)).toBeFocused();
}

/** Goes to the menu, from the top of the window or back from the page, and follows one of its links. */
export async function goTo(page: Page, place: string): Promise<void> {
  const menu = page.getByRole("navigation", { name: "Main menu" });
  const isAtTop = await hasFocus(page.locator("body"));
  await press(page, isAtTop ? "Tab" : "Shift+Tab", menu.getByRole("link", { name: place }));
  await page.keyboard.press("Enter");
  await expect(title(page)).toHaveText(place);
  await expect(main(page)).toBeFocused();
}

/** Opens something by its name, through the finder. */
export async function find(page: Page, words: string, wanted: RegExp, heading: RegExp): Promise<void> {
  await page.keyboard.press("Control+k");
  const finder = page.getByRole("dialog", { name: "Find or do" });
  await expect(finder.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(words);
  await expect(finder.getByRole("option", { selected: true })).toHaveText(wanted);
  await page.keyboard.press("Enter");
  await expect(finder).toBeHidden();
  await expect(title(page)).toHaveText(heading);
  await expect(main(page)).toBeFocused();
}

/** Types into a field that searches, which has the focus, and takes an option with arrows and Enter. */
export async function pick(page: Page, field: Locator, words: string, name: string): Promise<void> {
  await expect(field).toBeFocused();
  await page.keyboard.type(words);
  const option = page.getByRole("option", { name }).first();
  await expect(option).toBeVisible();
  const wanted = await option.getAttribute("id");
  for (let presses = 0; (await field.getAttribute("aria-activedescendant")) !== wanted; presses++) {
    expect(presses, `${name} is reached by arrows`).toBeLessThan(20);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-expanded", "false");
}

/** Goes to a group of radio buttons and chooses one with arrows. */
export async function choose(page: Page, dialog: Locator, name: string | RegExp): Promise<void> {
  const radio = dialog.getByRole("radio", { name, exact: true });
  await expect(radio).toBeVisible();
  const isRadio = () => page.evaluate(() => document.activeElement?.getAttribute("type") === "radio");
  for (let presses = 0; !(await isRadio()); presses++) {
    expect(presses, "the radio buttons are reached").toBeLessThan(MOST);
    await page.keyboard.press("Tab");
  }
  await press(page, "ArrowDown", radio);
  if (!(await radio.isChecked())) await page.keyboard.press("Space");
  await expect(radio).toBeChecked();
}

/** Goes to a list to choose from and types what is wanted. */
export async function select(page: Page, list: Locator, words: string): Promise<void> {
  await tabTo(page, list);
  await page.keyboard.type(words);
  await expect(list.locator("option:checked")).toHaveText(words);
}

/** Opens a dialog by its button; Escape leaves it, and the focus is where it was. */
export async function openDialog(page: Page, button: Locator, name: string | RegExp): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name });
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Presses the button that does it, as soon as it may be pressed, and waits until the dialog is closed. */
export async function confirm(page: Page, dialog: Locator, name: string): Promise<void> {
  const button = dialog.getByRole("button", { name, exact: true });
  await expect(button).toBeEnabled();
  await enter(page, button);
  await expect(dialog).toBeHidden();
}

export async function save(page: Page): Promise<void> {
  const button = bar(page).getByRole("button", { name: /^Save/ });
  await expect(button).toBeEnabled();
  await enter(page, button);
  await expect(bar(page)).toHaveCount(0);
}

/** Takes back what was just saved. */
export async function takeBack(page: Page): Promise<void> {
  await enter(page, undo(page));
  await expect(page.getByText(/^Change no\. \d+ is taken back\.$/)).toBeVisible();
  await expectSomewhere(page);
}

/** Soon after what had the focus is gone: before a word that vanishes by itself could have set it right. */
export const soon = { timeout: 2_000 };

/** The focus is on something of the page: the next key does not start at the top of the window. */
export async function expectSomewhere(page: Page): Promise<void> {
  const tag = () => page.evaluate(() => document.activeElement?.tagName);
  await expect.poll(tag, { ...soon, message: "the focus is on the page" }).not.toBe("BODY");
}

/** What had the focus is gone, and the page has it. */
export async function expectMain(page: Page): Promise<void> {
  await expect(main(page)).toBeFocused(soon);
}
