// Measurements in the browser: one at a time, so that they do not disturb each other.
import tests from "./playwright.config.js";

export default {
  ...tests,
  testDir: "bench",
  testMatch: "**/*.bench.ts",
  workers: 1,
  timeout: 300_000,
  reporter: [["line"]] as [string][],
  use: { ...tests.use, trace: "off" as const, screenshot: "off" as const },
};
