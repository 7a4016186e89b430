// Starts the release binary on a free port with a data folder of its own, and ends it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Mailbox } from "./mailbox.js";

export const admin = {
  name: "Ada Holm",
  email: "ada@nordhavn.example",
  password: "marble otter lantern 93",
};

export interface Options {
  organization?: string;
  areas?: string[];
  /** Loads the sample organization. */
  sample?: boolean;
  /** Leaves the set-up to the test. */
  untouched?: boolean;
  /** Sends mail to the mailbox of the test. */
  mail?: boolean;
}

const binary = resolve(process.env.ROLECALL_BIN ?? join(import.meta.dirname, "../target/release/rolecall"));

export class Rolecall {
  private constructor(
    readonly url: string,
    readonly data: string,
    private readonly port: number,
    private child: ChildProcess | undefined,
    private output: string,
    private readonly mail: Mailbox | undefined,
  ) {}

  static async start(options: Options = {}): Promise<Rolecall> {
    const data = await mkdtemp(join(tmpdir(), "rolecall-"));
    const port = await freePort();
    const mail = options.mail ? await Mailbox.open() : undefined;
    const server = new Rolecall(`http://localhost:${port}`, data, port, undefined, "", mail);
    try {
      if (!options.untouched) await server.setUp(options);
      await server.launch();
      return server;
    } catch (cause) {
      await server.stop();
      throw cause;
    }
  }

  /** What the server has logged so far: the set-up link of a first start is in it. */
  get log(): string {
    return this.output;
  }

  /** Where its mail arrives, of a server that was started with mail. */
  get mailbox(): Mailbox {
    if (!this.mail) throw new Error("This server sends no mail.");
    return this.mail;
  }

  get pid(): number {
    if (!this.child?.pid) throw new Error("The server is not running.");
    return this.child.pid;
  }

  /** Runs the binary with its data folder, for what has a command line. */
  async command(words: string[], input = ""): Promise<string> {
    const child = spawn(binary, [...words, "--data-dir", this.data], { stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    child.stdin.end(input);
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`rolecall ${words[0]} ended with ${code}:\n${err}${out}`);
    return out;
  }

  /** Ends the server and keeps its data. */
  async halt(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  /** Starts the server on the data it has. */
  async launch(): Promise<void> {
    const words = ["serve", "--listen", `127.0.0.1:${this.port}`, "--public-url", this.url, "--data-dir", this.data];
    if (this.mail) words.push("--smtp-url", this.mail.url, "--mail-from", "Rolecall <rolecall@nordhavn.example>");
    const child = spawn(binary, words, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (text) => (this.output += text));
    child.stderr.on("data", (text) => (this.output += text));
    this.child = child;
    await this.ready(child);
  }

  async stop(): Promise<void> {
    await this.halt();
    this.mail?.close();
    await rm(this.data, { recursive: true, force: true });
  }

  private async setUp(options: Options): Promise<void> {
    const words = ["setup", "--organization", options.organization ?? "Nordhavn Foods"];
    words.push("--admin-email", admin.email, "--admin-name", admin.name, "--password-stdin");
    for (const area of options.areas ?? ["applications"]) words.push("--area", area);
    if (options.sample) words.push("--sample");
    await this.command(words, `${admin.password}\n`);
  }

  private async ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${this.output}`);
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resume) => setTimeout(resume, 20));
    }
    throw new Error(`The server is not ready after 20 s:\n${this.output}`);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
