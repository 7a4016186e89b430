// What is given in one sentence: the five use cases, each allowed and not allowed, and what keeps a robot busy.
import type { Locator, Page } from "@playwright/test";
import { admin, expect, expectAccessible, join, open, signIn, test } from "../fixtures.js";

test.use({ setup: { sample: true, areas: ["automation"] } });

const title = (page: Page) => page.getByRole("heading", { level: 1 });
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Parts of this page" }).getByRole("link", { name });
const verdict = (page: Page) => page.getByRole("status").filter({ hasText: /As of change no\./ });

/** Opens a place by its name, and says which it is. */
async function openPlace(page: Page, name: string): Promise<string> {
  await open(page, `/folders?find=${encodeURIComponent(name)}`);
  const found = page.getByRole("list", { name: "Places that were found" });
  await found.getByRole("link", { name: new RegExp(`(^|/ )${name}\\b`) }).first().click();
  await expect(title(page)).toContainText(name);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Who somebody is in an address. */
async function personOf(page: Page, name: string): Promise<string> {
  await open(page, `/people?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(/\/people\/\w{13}/);
  return `person.${new URL(page.url()).pathname.split("/").at(-1)}`;
}

/** Gives what a sentence says, from the place that is shown, in five clicks at the most. */
async function give(
  page: Page,
  { sentence, who, chosen, told }: { sentence: string; who: string; chosen?: string; told: string },
): Promise<void> {
  let clicks = 0;
  const click = async (on: Locator) => {
    clicks += 1;
    await on.click();
  };
  await click(page.getByRole("button", { name: "Give access" }));
  await click(page.getByRole("menuitem", { name: sentence }));
  const dialog = page.getByRole("dialog", { name: "Give access" });
  await dialog.getByRole("combobox", { name: "Who" }).fill(who);
  await click(dialog.getByRole("option", { name: who }).first());
  if (chosen) await click(dialog.getByRole("radio", { name: chosen }));
  await expect(dialog).toContainText(`${who} ${told}.`);
  await expect(dialog).toContainText("1 person gains");
  await expectAccessible(page);
  await click(dialog.getByRole("button", { name: "Give access" }));
  await expect(dialog).toBeHidden();
  expect(clicks).toBeLessThanOrEqual(5);
}

interface Question {
  who: string;
  may: string;
  where: string;
  robot?: string;
  environment?: string;
}

/** Asks Check access, by its address. */
async function expectVerdict(page: Page, question: Question, answer: string): Promise<void> {
  await open(page, `/check?${new URLSearchParams({ ...question })}`);
  await expect(verdict(page)).toContainText(answer);
}

test.beforeEach(async ({ page }) => {
  await signIn(page, admin.email, admin.password);
});

test("a person may start one process, and nothing else", async ({ page }) => {
  const who = await personOf(page, "Luca Ferrante");
  const other = await openPlace(page, "Pension report");
  const process = await openPlace(page, "Payroll letters");
  const start = { who, may: "processes.start", where: process };
  await expectVerdict(page, start, "Not allowed");
  await openPlace(page, "Payroll letters");
  await page.getByRole("button", { name: "Give access" }).click();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  const told = "may start Payroll letters on any robot of Human resources, and nothing else";
  await give(page, { sentence: "… may start Payroll letters, and nothing else", who: "Luca Ferrante", told });
  await expect(page.getByText(`Luca Ferrante ${told}.`)).toBeVisible();
  await tab(page, "Access").click();
  await expect(row(page, "Luca Ferrante")).toContainText(told);
  await expectAccessible(page);
  await expectVerdict(page, start, "Allowed");
  await expectVerdict(page, { ...start, where: other }, "Not allowed");
});

test("developers deploy to staging, not to production", async ({ page }) => {
  const who = await personOf(page, "Nadia Petrenko");
  const process = await openPlace(page, "Read invoices");
  const production = await openPlace(page, "Finance production");
  const staging = await openPlace(page, "Finance staging");
  const told = "may deploy to Finance staging, not to Finance production";
  await give(page, { sentence: `… ${told}`, who: "Nadia Petrenko", told });
  await tab(page, "Access").click();
  await expect(row(page, "Nadia Petrenko")).toContainText(told);
  const deploy = { who, may: "processes.deploy", where: process };
  await expectVerdict(page, { ...deploy, environment: staging }, "Allowed");
  await expectVerdict(page, { ...deploy, environment: production }, "Not allowed");
});

test("a person may start a process on one robot only, and both halves end together", async ({ page }) => {
  const who = await personOf(page, "Ravi Deshpande");
  const process = await openPlace(page, "Pension report");
  const other = await openPlace(page, "hr-robot-03");
  const robot = await openPlace(page, "hr-robot-01");
  const told = "may start Pension report on hr-robot-01 only";
  await give(page, {
    sentence: "… may start one process on hr-robot-01 only",
    who: "Ravi Deshpande",
    chosen: "Pension report",
    told,
  });
  await tab(page, "Access").click();
  await expect(row(page, "Ravi Deshpande")).toContainText(told);
  await expect(row(page, "Ravi Deshpande")).toContainText("only for Pension report");
  const start = { who, may: "processes.start", where: process };
  await expectVerdict(page, { ...start, robot }, "Allowed");
  await expectVerdict(page, { ...start, robot: other }, "Not allowed");
  await expectVerdict(page, start, "It depends");

  await open(page, `/folders/${process}?tab=access`);
  await expect(row(page, "Ravi Deshpande")).toContainText(told);
  await page.getByRole("button", { name: "Remove Process Starter from Ravi Deshpande" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Process Starter from Ravi Deshpande?" });
  await expect(dialog).toContainText(`Process Starter and Robot User end together. They say: ${told}.`);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(row(page, "Ravi Deshpande")).toHaveCount(0);
  await expectVerdict(page, { ...start, robot }, "Not allowed");
});

test("a business team has its own robots: it sets the values of assets and does not read them", async ({ page }) => {
  const who = await personOf(page, "Ingrid Solheim");
  const login = await openPlace(page, "Payroll login");
  const robot = await openPlace(page, "hr-robot-02");
  await openPlace(page, "HR unattended");
  const told =
    "may see status, reports, logs, jobs, schedules and assets of the robots of HR unattended, and set the values of " +
    "assets without reading them";
  await give(page, { sentence: `A business team’s own robots: … ${told}`, who: "Ingrid Solheim", told });
  await tab(page, "Access").click();
  await expect(row(page, "Ingrid Solheim")).toContainText(told);
  await expectVerdict(page, { who, may: "jobs.view", where: robot }, "Allowed");
  await expectVerdict(page, { who, may: "logs.view", where: robot }, "Allowed");
  await expectVerdict(page, { who, may: "assets.set-value", where: login }, "Allowed");
  await expectVerdict(page, { who, may: "assets.reveal", where: login }, "Not allowed");
});

test("what a robot works on is kept as its jobs, for who may view them", async ({ page, rolecall, elsewhere }) => {
  const ida = await elsewhere();
  await join(page, ida, "ida@nordhavn.example", "Ida Moen");
  const letters = await openPlace(page, "Payroll letters");
  const robot = await openPlace(page, "hr-robot-02");
  const jobs = (on: Page) => on.getByRole("region", { name: "Jobs" });
  const job = (on: Page, name: string) => jobs(on).getByRole("listitem").filter({ hasText: name });
  await tab(page, "Related").click();
  await expect(jobs(page)).toContainText("None yet. rolecall occupancy reports what a robot works on");
  await expectAccessible(page);
  await give(page, {
    sentence: "… may start one process on hr-robot-02 only",
    who: "Ida Moen",
    chosen: "Payroll letters",
    told: "may start Payroll letters on hr-robot-02 only",
  });

  const until = new Date(Date.now() + 80 * 60_000).toISOString();
  const works = (process: string) =>
    rolecall.command(["occupancy", "hr-robot-02", "--process", process, "--until", until]);
  await works("Payroll letters");
  await open(page, `/folders/${robot}?tab=related`);
  const times = /Since \d\d:\d\d, ends about (tomorrow, )?\d\d:\d\d\s*Running/;
  await expect(job(page, "Payroll letters")).toContainText(times);
  await works("Payroll / Pay run");
  await page.reload();
  await expect(jobs(page).getByRole("listitem")).toHaveCount(2);
  await expect(jobs(page).getByRole("listitem").first()).toContainText("Pay run");
  await expect(job(page, "Pay run")).toContainText("Running");
  await expect(job(page, "Payroll letters")).toContainText("Done");
  await expectAccessible(page);

  // Ida may view jobs of one process on this robot, and not what else it works on.
  await open(ida, `/folders/${robot}?tab=related`);
  await expect(jobs(ida)).toContainText("You may not see its jobs: that needs “View Jobs” on hr-robot-02.");
  await expect(jobs(ida).getByRole("listitem")).toHaveCount(0);
  await expect(ida.getByText("Pay run")).toHaveCount(0);
  await expect(jobs(ida).getByRole("link")).toHaveCount(0);
  await expectAccessible(ida);
  await open(ida, `/folders/${letters}?tab=related`);
  await expect(jobs(ida).getByRole("listitem")).toHaveCount(1);
  await expect(job(ida, "hr-robot-02")).toContainText("Done");
  await job(ida, "hr-robot-02").getByRole("link", { name: "hr-robot-02" }).click();
  await expect(title(ida)).toContainText("hr-robot-02");

  await rolecall.command(["occupancy", "hr-robot-02", "--clear"]);
  await page.reload();
  await expect(job(page, "Pay run")).toContainText("Done");
  await expect(jobs(page)).toContainText("Logs stay with the program that runs the robot. Roles let");
  await jobs(page).getByRole("link", { name: /who may view logs$/ }).click();
  await expect(page).toHaveURL(new RegExp(`/check\\?may=logs\\.view&where=${robot}$`));
  await expect(verdict(page)).toContainText(/may view Logs/);
});

test("a robot is shared by two folders, and who may not see what keeps it busy is told only until when", async ({
  page,
  rolecall,
  elsewhere,
}) => {
  const kim = await elsewhere();
  await join(page, kim, "kim@nordhavn.example", "Kim Aas");
  const robot = await openPlace(page, "hr-robot-02");
  await give(page, {
    sentence: "… may start one process on hr-robot-02 only",
    who: "Kim Aas",
    chosen: "Payroll letters",
    told: "may start Payroll letters on hr-robot-02 only",
  });
  await tab(page, "Access").click();
  await expect(page.getByText("Shared by 2 folders: each starts its own processes on it")).toBeVisible();

  const until = new Date(Date.now() + 80 * 60_000).toISOString();
  const words = ["--process", "Payroll / Pay run", "--until", until];
  const said = await rolecall.command(["occupancy", "Human resources / hr-robot-02", ...words]);
  expect(said).toContain("Meridian Europe / Human resources / hr-robot-02 is busy until about");
  const busy = /Busy until about (tomorrow, )?\d\d:\d\d/;
  await open(page, `/folders/${robot}`);
  await expect(page.getByText(busy)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Pay run", exact: true }).click();
  await expect(title(page)).toContainText("Pay run");

  await open(kim, `/folders/${robot}`);
  await expect(kim.getByText(busy)).toBeVisible();
  await expect(kim.getByText("Pay run")).toHaveCount(0);
  await expect(kim.getByText("Finance")).toHaveCount(0);
  await expectAccessible(kim);
  await kim.getByRole("button", { name: "Give access" }).click();
  for (const item of await kim.getByRole("menuitem").all()) await expect(item).toHaveAttribute("aria-disabled", "true");

  const refused = rolecall.command(["occupancy", "nobody", "--until", until]);
  await expect(refused).rejects.toThrow(/There is no such robot or machine/);
  await rolecall.command(["occupancy", "hr-robot-02", "--clear"]);
  await kim.reload();
  await expect(title(kim)).toContainText("hr-robot-02");
  await expect(kim.getByText(busy)).toHaveCount(0);

  // One more folder, from the same menu.
  await open(page, `/folders/${robot}`);
  await page.getByRole("button", { name: "Give access" }).click();
  await page.getByRole("menuitem", { name: "Share hr-robot-02 with one more folder" }).click();
  await expect(page.getByRole("dialog", { name: "Share hr-robot-02 into a folder" })).toBeVisible();
});

test("a role is assigned within a limit in plain words", async ({ page }) => {
  await openPlace(page, "Claims");
  await tab(page, "Access").click();
  await page.getByRole("button", { name: "Assign access" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign access to Claims" });
  await dialog.getByRole("combobox", { name: "Who" }).fill("Luca Ferrante");
  await dialog.getByRole("option", { name: "Luca Ferrante" }).click();
  await dialog.getByRole("radio", { name: "Robot Owner", exact: true }).check();
  await expect(dialog.getByLabel("Limit (optional)")).toHaveCount(0);
  await dialog.getByRole("radio", { name: "Automation User", exact: true }).check();
  await dialog.getByLabel("Limit (optional)").selectOption("Only on one robot");
  await dialog.getByRole("combobox", { name: "Robot" }).fill("claims");
  await dialog.getByRole("option", { name: "claims-robot-01" }).click();
  await expect(dialog).toContainText("Depends on the robot");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Assign" }).click();
  await expect(row(page, "Luca Ferrante")).toContainText("only on claims-robot-01");
});
