// Where a measurement goes: a line in the file that the report is made of.
import { appendFileSync } from "node:fs";

/** `budget` is the most that is fine; null where there is none. */
export function record(name: string, value: number, unit: string, budget: number | null): void {
  const rows = process.env.ROLECALL_BENCH_ROWS;
  if (!rows) throw new Error("ROLECALL_BENCH_ROWS is not set. Run the measurements with `make bench`.");
  appendFileSync(rows, `${JSON.stringify({ name, value, unit, budget })}\n`);
}
