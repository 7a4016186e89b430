// With the keyboard alone: tenants, folders and robots, roles by level and owner, applications, and a use case.
import { admin, expect, hydrated, test } from "../fixtures.js";
import {
  MOST,
  bar,
  choose,
  confirm,
  enter,
  enterBack,
  expectMain,
  expectSomewhere,
  find,
  follow,
  goTo,
  item,
  main,
  openDialog,
  part,
  pick,
  press,
  row,
  save,
  select,
  soon,
  tabBackTo,
  tabTo,
  takeBack,
  title,
} from "../keys.js";

test.use({ setup: { sample: true, areas: ["applications", "automation", "packaging"] } });

test.beforeEach(async ({ page }) => {
  await page.goto("/sign-in");
  await press(page, "Tab", page.getByLabel("E-mail address"));
  await page.keyboard.type(admin.email);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/sign-in/);
  await hydrated(page);
});

test("the content is skipped to, and the menu leads to every area", async ({ page }) => {
  await enter(page, page.getByRole("link", { name: "Skip to content" }));
  await expect(main(page)).toBeFocused();
  for (const place of ["Tenants", "Folders & robots", "Applications & sandboxes", "Roles & permissions"]) {
    await goTo(page, place);
  }
});

test("tenants: an audience is found, staged, saved and taken back", async ({ page }) => {
  await goTo(page, "Tenants");
  await follow(page, page.getByRole("link", { name: "Meridian Europe", exact: true }), "Meridian Europe");
  await follow(page, part(page, "Access"), "Meridian Europe");

  const picker = page.getByRole("combobox", { name: "Add to Upload apps" });
  await tabTo(page, picker);
  await pick(page, picker, "luca", "Luca Ferrante");
  await expect(bar(page)).toContainText("1 person gains Upload apps in Meridian Europe");
  await pick(page, picker, "e", "Testers");
  await expect(bar(page)).toContainText("2 changes not saved");
  await enterBack(page, page.getByRole("button", { name: "Take Testers out again" }));
  await expect(picker).toBeFocused();
  await expect(bar(page)).toContainText("1 change not saved");

  // A dialog of the bar, and back.
  await tabTo(page, bar(page).getByRole("button", { name: "Details" }));
  await openDialog(page, bar(page).getByRole("button", { name: "Details" }), "What these changes alter");
  await page.keyboard.press("Escape");
  await expect(bar(page).getByRole("button", { name: "Details" })).toBeFocused();
  await save(page);
  await expectMain(page);
  const chip = page.getByRole("button", { name: "Take Luca Ferrante out" });
  await expect(chip).toBeVisible();
  await takeBack(page);
  await expect(chip).toHaveCount(0);
  await expectMain(page);

  // A chip stays the same while it is taken out and put back.
  await enter(page, page.getByRole("button", { name: "Take Platform team out" }));
  await expect(bar(page)).toContainText("1 change not saved");
  await expect(page.getByRole("button", { name: "Put Platform team back" })).toBeFocused();
  await enter(page, bar(page).getByRole("button", { name: "Discard" }));
  await expect(bar(page)).toHaveCount(0);
  await expectMain(page);
});

test("tenants: one is made like another in the matrix, and as it was", async ({ page }) => {
  await goTo(page, "Tenants");
  await follow(page, part(page, "Access"), "Tenants");
  const differs = row(page, "Meridian Training").getByText("Differs from most tenants").first();
  await expect(differs).toBeAttached();

  const training = page.getByRole("checkbox", { name: "Select Meridian Training" });
  await tabTo(page, training);
  await page.keyboard.press("Space");
  await expect(training).toBeChecked();
  const picked = page.getByRole("region", { name: "Selected tenants" });
  await select(page, picked.getByLabel("Make them like"), "Meridian Europe");
  const show = picked.getByRole("button", { name: "Show what would change" });
  await tabTo(page, show);
  const dialog = await openDialog(page, show, "Make 1 tenant like Meridian Europe");
  await expect(dialog).toContainText("1 tenant is altered.");
  await confirm(page, dialog, "Make alike");
  await expect(differs).toHaveCount(0);
  await expect(show).toBeFocused();
  await takeBack(page);
  await expect(differs).toBeAttached();
  await enterBack(page, picked.getByRole("button", { name: "Clear" }));
  await expect(picked).toHaveCount(0);
  await expectMain(page);
});

test("folders & robots: the tree is walked to a robot, and a role is given until a day and taken away", async ({
  page,
}) => {
  await goTo(page, "Folders & robots");
  await tabTo(page, item(page, "Meridian Americas"));
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await expect(item(page, "Meridian Europe")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "Human resources")).toBeVisible();
  await page.keyboard.press("h");
  await expect(item(page, "Human resources")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "hr-robot-02")).toBeVisible();
  await expect(item(page, "Human resources")).toBeFocused();
  await press(page, "h", item(page, "hr-robot-02"), 10);
  await page.keyboard.press("Enter");
  await expect(title(page)).toContainText("hr-robot-02");
  await expect(main(page)).toBeFocused();

  // The parts of the page, and the chain, whose boxes are links.
  for (const name of ["Related", "History", "Overview"]) {
    await press(page, name === "Overview" ? "Shift+Tab" : "Tab", part(page, name));
    await page.keyboard.press("Enter");
    await expect(part(page, name)).toHaveAttribute("aria-current", "page");
    await expect(part(page, name)).toBeFocused();
  }
  const chain = page.getByRole("region", { name: "Chain of hr-robot-02" });
  await tabTo(page, chain.getByRole("link", { name: "HR unattended, environment" }));
  await tabTo(page, chain.getByRole("link", { name: "HRVM-7, runs on machine" }), 3);
  await enterBack(page, part(page, "Access"));

  const assign = page.getByRole("button", { name: "Assign access" });
  await tabTo(page, assign);
  const dialog = await openDialog(page, assign, "Assign access to hr-robot-02");
  await pick(page, dialog.getByRole("combobox", { name: "Who" }), "luca", "Luca Ferrante");
  await choose(page, dialog, "Robot User");
  await tabTo(page, dialog.getByLabel("Until the end of"));
  // The same in all orders of day and month.
  await page.keyboard.type("12122099");
  await expect(dialog.getByLabel("Until the end of")).toHaveValue("2099-12-12");
  await expect(dialog.getByRole("listitem").filter({ hasText: "Luca Ferrante" }).first()).toBeVisible();
  await confirm(page, dialog, "Assign");
  await expect(row(page, "Luca Ferrante")).toContainText("Until");
  await expect(assign).toBeFocused();

  const remove = page.getByRole("button", { name: "Remove Robot User from Luca Ferrante" });
  await tabTo(page, remove);
  await confirm(page, await openDialog(page, remove, "Remove Robot User from Luca Ferrante?"), "Remove");
  await expect(row(page, "Luca Ferrante")).toHaveCount(0);
  await expect(item(page, "hr-robot-02"), "the tree, since the button is gone").toBeFocused();
});

test("folders & robots: a folder is moved after a look at what that does, and comes back", async ({ page }) => {
  await goTo(page, "Folders & robots");
  const search = page.getByRole("searchbox", { name: "Find in folders" });
  await tabTo(page, search);
  await page.keyboard.type("new staff");
  const found = page.getByRole("list", { name: "Places that were found" });
  await follow(page, found.getByRole("link", { name: /\/ New staff\b/ }).first(), /New staff/);
  const move = page.getByRole("button", { name: "Move", exact: true });
  await tabTo(page, move);
  const dialog = await openDialog(page, move, "Move New staff");
  await pick(page, dialog.getByRole("combobox", { name: "Place" }), "finance", "Meridian Europe / Finance");
  await expect(dialog).toContainText("New staff no longer gets by passing down: HRVM-7.");
  await confirm(page, dialog, "Move");
  const way = page.getByRole("navigation", { name: "What holds it" }).getByRole("link");
  await expect(way).toHaveText(["Meridian Europe", "Finance"]);
  await expect(move).toBeFocused();
  await takeBack(page);
  await expect(way).toHaveText(["Meridian Europe", "Human resources"]);
});

test("a dialog that is opened again before the browser has told of its closing stays open", async ({ page }) => {
  await goTo(page, "Roles & permissions");
  const add = page.getByRole("button", { name: "Add role" });
  await tabTo(page, add);
  const dialog = await openDialog(page, add, "Add role");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  // As Escape and Enter at once would: the browser gives the focus back, and tells of the closing after both.
  await dialog.evaluate(async (dialog: HTMLDialogElement) => {
    const told = new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    dialog.close();
    (document.activeElement as HTMLElement).click();
    await told;
  });
  await expect(dialog.getByLabel("Name")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(add).toBeFocused();
});

test("roles: one of a tenant is cloned, and its matrix is set cell by cell, by row and by column", async ({ page }) => {
  await goTo(page, "Roles & permissions");
  const add = page.getByRole("button", { name: "Add role" });
  await tabTo(page, add);
  const adding = await openDialog(page, add, "Add role");
  await expect(adding.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Night clerks");
  await select(page, adding.getByLabel("Start from"), "Clone of Automation User");
  await expect(adding).toContainText("Its level is folder, as that of Automation User.");
  await tabTo(page, adding.getByLabel("Owner"));
  await page.keyboard.press("ArrowDown");
  await expect(adding.getByLabel("Owner")).toHaveValue("tenant");
  const tenant = adding.getByRole("combobox", { name: "Tenant" });
  await tabTo(page, tenant);
  await pick(page, tenant, "europe", "Meridian Europe");
  await confirm(page, adding, "Save role");
  const link = page.getByRole("link", { name: "Night clerks", exact: true });
  await expect(link).toBeFocused();
  await follow(page, link, /Night clerks/);
  await expect(title(page)).toContainText("Owned by Meridian Europe");

  // The matrix: one tab stop, arrows within, Space on a cell, Enter on the name of a resource or a column.
  const grid = page.getByRole("grid");
  const stop = grid.locator("[tabindex='0']");
  const line = (resource: string) =>
    grid.getByRole("row").filter({ has: page.getByRole("rowheader", { name: resource, exact: true }) });
  const cell = (resource: string, at: number) => line(resource).getByRole("gridcell").nth(at);
  await expect(stop).toHaveCount(1);
  await tabTo(page, stop);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await expect(line("Assets").getByRole("button", { name: "Assets" })).toBeFocused();
  await page.keyboard.press("Enter");
  for (const at of [1, 2, 3]) await expect(cell("Assets", at)).toHaveText("Allowed, not saved");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(cell("Assets", 1)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(cell("Assets", 1)).toHaveText("Not allowed");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await press(page, "ArrowUp", grid.getByRole("columnheader", { name: "Delete" }).getByRole("button"), 3);
  await page.keyboard.press("Enter");
  await expect(cell("Queues", 3)).toHaveText("Allowed, not saved");
  await page.keyboard.press("Enter");
  await expect(cell("Queues", 3)).toHaveText("Not allowed");
  await expect(bar(page)).toContainText("1 change not saved");
  await save(page);
  await expect(stop).toBeFocused();
});

test("roles: two are put side by side, and only what differs is shown", async ({ page }) => {
  await find(page, "process starter", /^Process Starter role$/, /Process Starter/);
  await enter(page, page.getByRole("link", { name: "Compare" }));
  await expect(page.getByRole("heading", { name: "One role is chosen" })).toBeVisible();
  await expect(main(page)).toBeFocused();
  await select(page, page.getByLabel("Add a role to compare"), "Automation User");
  const add = page.getByRole("button", { name: "Add", exact: true });
  await enter(page, add);
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("columnheader")).toHaveCount(3);
  await expect(add).toBeFocused();
  const chosen = page.getByRole("list", { name: "Roles that are compared" });
  await expect(chosen.getByRole("listitem")).toHaveText(["Process Starter", "Automation User"]);
  const only = page.getByLabel("Differences only");
  await tabTo(page, only);
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/differences=1/);
  await expect(only).toBeFocused();
  await tabTo(page, grid.locator("[tabindex='0']"));
  await enterBack(page, chosen.getByRole("link", { name: "Leave out Automation User" }));
  await expect(page.getByRole("heading", { name: "One role is chosen" })).toBeVisible();
  await expectSomewhere(page);
});

test("roles: people get one, lose it, and have another when it is deleted", async ({ page }) => {
  await find(page, "auditor", /^Auditor role$/, /Auditor/);
  await enter(page, part(page, /^Manage users/));
  await expect(part(page, /^Manage users/)).toBeFocused();
  const add = page.getByRole("button", { name: "Add users" });
  await tabTo(page, add);
  const giving = await openDialog(page, add, "Add users to Auditor");
  const who = giving.getByRole("combobox", { name: "Who" });
  await pick(page, who, "luca", "Luca Ferrante");
  await pick(page, who, "testers", "Testers");
  const chosen = giving.getByRole("list", { name: "Chosen" });
  await expect(chosen.getByRole("listitem")).toHaveCount(2);
  await enter(page, chosen.getByRole("button", { name: "Leave out Testers" }));
  await expect(chosen.getByRole("listitem")).toHaveCount(1);
  await expect(who).toBeFocused(soon);
  const where = giving.getByRole("combobox", { name: "Where" });
  await tabTo(page, where);
  await page.keyboard.press("Control+a");
  await pick(page, where, "nordhavn", "Nordhavn Foods");
  await confirm(page, giving, "Give role");
  await expect(row(page, "Luca Ferrante")).toBeVisible();
  await expect(add).toBeFocused();

  const one = page.getByRole("checkbox", { name: /^Select Luca Ferrante in / });
  await tabTo(page, one);
  await page.keyboard.press("Space");
  const selected = page.getByRole("region", { name: "Selected users" });
  const remove = selected.getByRole("button", { name: "Remove selected" });
  await tabBackTo(page, remove);
  await confirm(page, await openDialog(page, remove, "Remove Auditor from Luca Ferrante?"), "Remove");
  await expect(row(page, "Luca Ferrante")).toHaveCount(0);
  await expect(selected).toHaveCount(0);
  await expectMain(page);

  const gone = page.getByRole("button", { name: "Delete", exact: true });
  await tabTo(page, gone);
  const deleting = await openDialog(page, gone, "Delete role Auditor?");
  await choose(page, deleting, /the nearest role$/);
  await expect(deleting).toContainText(/loses? See history/);
  await confirm(page, deleting, "Delete role");
  await expect(page).toHaveURL(/\/roles$/);
  const link = page.getByRole("link", { name: "Auditor", exact: true });
  await expect(link).toHaveCount(0);
  await expectSomewhere(page);
  await takeBack(page);
  await expect(link).toBeVisible();
});

test("applications: one is created, a stage is chosen in the picture, merged and rolled back", async ({
  page,
  rolecall,
}) => {
  await goTo(page, "Applications & sandboxes");
  const create = page.getByRole("button", { name: "Create application", exact: true });
  await tabTo(page, create);
  const creating = await openDialog(page, create, "Create application");
  await expect(creating.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Canteen");
  await choose(page, creating, /^Development, Testing/);
  await confirm(page, creating, "Create application");
  await expect(title(page)).toContainText("Canteen");
  await expect(main(page)).toBeFocused();
  const version = (stage: string, now: string) =>
    rolecall.command(["stage", "version", "set", "--application", "Canteen", "--stage", stage, now]);
  await version("Testing", "6");
  await version("Development", "7");

  const picture = page.getByRole("group", { name: "Stages of Canteen" });
  const stage = (name: string) => picture.getByRole("link", { name: new RegExp(`^${name},`) });
  const head = (name: string) => page.getByRole("heading", { level: 2, name: new RegExp(`^${name}`) });
  await expect(stage("Development")).toHaveAccessibleName(/, 7, 1 ahead of Testing/);
  for (const name of ["Production", "Acceptance", "Testing", "Development"]) {
    await tabTo(page, stage(name), name === "Production" ? MOST : 1);
    await page.keyboard.press("Enter");
    await expect(head(name)).toBeVisible();
    await expect(stage(name)).toBeFocused();
  }

  const merge = page.getByRole("button", { name: "Merge into Testing" });
  await tabTo(page, merge);
  const merging = await openDialog(page, merge, "Merge Development into Testing");
  await tabTo(page, merging.getByLabel("What is in it"), 3);
  await page.keyboard.type("Soup on Mondays.");
  await confirm(page, merging, "Begin merge");
  await expect(page.getByText("The merge has begun")).toBeVisible();
  await expect(merge).toHaveAttribute("aria-disabled", "true");
  await expect(merge).toBeFocused();
  const done = page.getByRole("button", { name: "It is done" });
  await enterBack(page, done);
  await expect(done).toHaveCount(0);
  await expectMain(page);
  await expect(stage("Testing")).toHaveAccessibleName(/, 7, /);

  await enter(page, stage("Testing"));
  await expect(head("Testing")).toBeVisible();
  const back = page.getByRole("button", { name: "Roll back", exact: true });
  await tabTo(page, back);
  const rolling = await openDialog(page, back, "Roll back Testing");
  await expect(rolling).toContainText("It has 6 again.");
  await tabTo(page, rolling.getByLabel("Why"), 4);
  await page.keyboard.type("Too salty.");
  await confirm(page, rolling, "Begin rollback");
  await expect(back).toBeFocused();
  await enterBack(page, done);
  await expect(done).toHaveCount(0);
  await expectMain(page);
  await expect(stage("Testing")).toHaveAccessibleName(/, 6, /);
});

test("applications: a role is given on one, and who can merge to production is read cell by cell", async ({ page }) => {
  await goTo(page, "Applications & sandboxes");
  await follow(page, page.getByRole("link", { name: "Claims intake", exact: true }), /Claims intake/);
  await follow(page, part(page, "Rights"), /Claims intake/);
  const assign = page.getByRole("button", { name: "Assign access" });
  await tabTo(page, assign);
  const dialog = await openDialog(page, assign, "Assign access to Claims intake");
  await pick(page, dialog.getByRole("combobox", { name: "Who" }), "luca", "Luca Ferrante");
  await select(page, dialog.getByRole("combobox", { name: "Where" }), "Testing (stage)");
  await choose(page, dialog, "Developer");
  await expect(dialog.getByRole("listitem").filter({ hasText: "Luca Ferrante" }).first()).toBeVisible();
  await confirm(page, dialog, "Assign");
  const given = page.getByRole("table", { name: "Role assignments" }).getByRole("row");
  await expect(given.filter({ hasText: "Luca Ferrante" })).toContainText("Testing");
  await expect(assign).toBeFocused();
  const remove = page.getByRole("button", { name: "Remove Developer from Luca Ferrante" });
  await tabTo(page, remove);
  await confirm(page, await openDialog(page, remove, "Remove Developer from Luca Ferrante?"), "Remove");
  await expect(remove).toHaveCount(0);
  await expectMain(page);

  await goTo(page, "Applications & sandboxes");
  await follow(page, part(page, "Merge to production"), "Who can merge to production");
  // One tab stop, however many people and applications; names in the head and at the left are reached by arrows.
  const grid = page.getByRole("grid", { name: "Who can merge to production" });
  const stop = grid.locator("[tabindex='0']");
  await expect(stop).toHaveCount(1);
  await tabTo(page, stop);
  await page.keyboard.press("Control+End");
  const help = page.getByRole("region", { name: "About this cell" });
  await tabTo(page, help.getByRole("link", { name: "See every path" }), 10);
  await enterBack(page, page.getByRole("searchbox", { name: "Application or person" }));
  await page.keyboard.type("niels");
  await expect(grid.getByRole("rowheader")).toHaveCount(1);
  await expect(stop, "a search leaves no grid without").toHaveCount(1);
  await tabTo(page, stop);
  await page.keyboard.press("Home");
  await expect(grid.getByRole("gridcell").first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(grid.getByRole("columnheader").getByRole("link").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await expect(grid.getByRole("link", { name: "Niels Bergström" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(help).toContainText("Niels Bergström may merge");
  const end = help.getByRole("button", { name: "Remove Admin from Niels Bergström" });
  await tabTo(page, end);
  const ending = await openDialog(page, end, "Remove Admin from Niels Bergström?");
  await expect(ending.getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(end).toBeFocused();
  await enter(page, help.getByRole("link", { name: "See every path" }));
  await expect(page).toHaveURL(/\/check\?who=person/);
  await expect(main(page)).toBeFocused();
});

test("a use case: somebody may start one process only, and that is taken back", async ({ page }) => {
  await goTo(page, "Folders & robots");
  await tabTo(page, page.getByRole("searchbox", { name: "Find in folders" }));
  await page.keyboard.type("payroll letters");
  const found = page.getByRole("list", { name: "Places that were found" });
  await follow(page, found.getByRole("link", { name: /\/ Payroll letters\b/ }).first(), /Payroll letters/);
  const give = page.getByRole("button", { name: "Give access" });
  const sentence = page.getByRole("menuitem", { name: "… may start Payroll letters, and nothing else" });
  await tabTo(page, give);
  await page.keyboard.press("Enter");
  await expect(sentence).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sentence).toBeHidden();
  await expect(give).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  await press(page, "ArrowDown", sentence, 8);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Give access" });
  await pick(page, dialog.getByRole("combobox", { name: "Who" }), "luca", "Luca Ferrante");
  const told = "Luca Ferrante may start Payroll letters on any robot of Human resources, and nothing else.";
  await expect(dialog).toContainText(told);
  await confirm(page, dialog, "Give access");
  await expect(give).toBeFocused();
  await expect(page.getByText(told)).toBeVisible();
  await takeBack(page);
  await enter(page, part(page, "Access"));
  await expect(page.getByRole("button", { name: "Assign access" })).toBeVisible();
  await expect(row(page, "Luca Ferrante")).toHaveCount(0);
});
