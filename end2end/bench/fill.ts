// Fills the organization of a server through the examples of `backend`, while the server is halted.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Rolecall } from "../fixtures.js";

const examples = process.env.ROLECALL_EXAMPLES ?? join(import.meta.dirname, "../../target/release/examples");

/** Runs an example on the server's data folder and starts the server again. */
export async function fill(rolecall: Rolecall, example: string, ...words: string[]): Promise<void> {
  await rolecall.halt();
  execFileSync(join(examples, example), [rolecall.data, ...words]);
  await rolecall.launch();
}

export function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
