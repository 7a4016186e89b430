// A mail server that takes everything and keeps it: just enough SMTP for one sender.
import { once } from "node:events";
import { type Server, type Socket, createServer } from "node:net";

export interface Mail {
  to: string;
  /** Headers and text as they were sent. */
  text: string;
}

export class Mailbox {
  /** What has arrived so far. */
  readonly mails: Mail[] = [];

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Mailbox> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const mailbox = new Mailbox(server);
    server.on("connection", (socket) => mailbox.converse(socket));
    return mailbox;
  }

  /** Its address, as `--smtp-url` takes it. */
  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("The mailbox is closed.");
    return `smtp://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.server.close();
  }

  /** Answers line by line; between DATA and a lone dot the lines are the mail. */
  private converse(socket: Socket): void {
    let rest = "";
    let to = "";
    let body: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (body && line !== ".") body.push(line);
      else if (body) {
        this.mails.push({ to, text: unwrapped(body) });
        body = undefined;
        say("250 kept");
      } else if (/^DATA/i.test(line)) {
        body = [];
        say("354 go on");
      } else if (/^QUIT/i.test(line)) {
        socket.end("221 bye\r\n");
      } else {
        to = /^RCPT TO:<(.*?)>/i.exec(line)?.[1] ?? to;
        say("250 yes");
      }
    };
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      const lines = (rest + bytes.toString()).split("\r\n");
      rest = lines.pop() ?? "";
      lines.forEach(hear);
    });
    say("220 mailbox");
  }
}

/** Long lines travel folded, with `=` at the end of each part. */
function unwrapped(lines: string[]): string {
  return lines.join("\n").replaceAll("=\n", "").replaceAll("=3D", "=");
}
