// Where a measurement goes: a line in the file that the report is made of.
import { appendFileSync } from "node:fs";

/** `budget` is the most that is fine; null where there is none. */
export function record(name: string, value: number, unit: string, budget: number | null): void {
  const rows = process.env.ROLECALL_BENCH_ROWS;
  if (!rows) throw new Error("ROLECALL_BENCH_ROWS is not set. Run the measurements with `make bench`.");
  // The browser's clock goes in steps of 0.1 ms; what its differences carry behind that is no time.
  const measured = Number(value.toFixed(2));
  appendFileSync(rows, `${JSON.stringify({ name, value: measured, unit, budget })}\n`);
}
