// What the server itself costs: the time until it answers, and the memory it keeps.
import { expect } from "@playwright/test";
import { readFileSync } from "node:fs";
import { admin, Rolecall, test } from "../fixtures.js";
import { fill, median } from "./fill.js";
import { record } from "./record.js";

const starts = 5;
const signIns = 100;

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

test("cold start", async () => {
  const rolecall = await Rolecall.start();
  try {
    await fill(rolecall, "large_organization", "10000");
    const times: number[] = [];
    for (let i = 0; i < starts; i++) {
      await rolecall.halt();
      const before = performance.now();
      await rolecall.launch();
      times.push(performance.now() - before);
    }
    record("cold start, 10,000 people and 20,000 other rows", median(times), "ms", 200);
  } finally {
    await rolecall.stop();
  }
});

test("memory after sign-ins", async ({ playwright }) => {
  const rolecall = await Rolecall.start({ sample: true });
  try {
    for (let i = 0; i < signIns; i++) {
      const browser = await playwright.request.newContext({ baseURL: rolecall.url });
      const answer = await browser.post("/sign-in", {
        form: { email: admin.email, password: admin.password },
        headers: { origin: rolecall.url, "sec-fetch-site": "same-origin" },
        maxRedirects: 0,
      });
      expect(answer.status(), `sign-in no. ${i + 1}`).toBe(303);
      await browser.dispose();
    }
    record("memory, right after 100 sign-ins", residentMegabytes(rolecall.pid), "MB", null);
    // Idle: nobody has signed in for a while.
    await new Promise((done) => setTimeout(done, 15_000));
    record("memory, idle, after 100 sign-ins", residentMegabytes(rolecall.pid), "MB", 40);
  } finally {
    await rolecall.stop();
  }
});
