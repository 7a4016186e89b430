// Makes the pictures of docs/screenshots from the sample organization: `make shots`.
import tests from "./playwright.config.js";

export default {
  ...tests,
  testDir: "screenshots",
  testMatch: "**/*.shots.ts",
  workers: 1,
  reporter: [["line"]] as [string][],
  use: { ...tests.use, trace: "off" as const, screenshot: "off" as const },
};
