// A small client of `citekit rpc`, as an editor would have it. As a program it takes the command
// line of the server, plays a session and prints what came of it as JSON.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export class Client {
  constructor(command, args) {
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.waiting = new Map();
    this.last = 0;
    createInterface({ input: this.process.stdout }).on("line", (line) => {
      const { id, result, error } = JSON.parse(line);
      const { resolve, reject } = this.waiting.get(id);
      this.waiting.delete(id);
      if (error) reject(Object.assign(new Error(error.message), error));
      else resolve(result);
    });
  }

  call(method, params) {
    const id = ++this.last;
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.process.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return answer;
  }

  close() {
    this.process.stdin.end();
    return new Promise((resolve) => this.process.on("close", resolve));
  }
}

const [command, ...args] = process.argv.slice(2);
const client = new Client(command, args);
const records = [
  { id: "a", type: "book", title: "Žluťoučký", author: [{ family: "Doe" }] },
  { id: "b", type: "book", title: "Другая", author: [{ family: "Roe" }] },
];
const style = "chicago-notes-bibliography";
const { document } = await client.call("document.open", { style, records });
const added = await client.call("document.add", { document, citations: ["a", "a", "b"] });
const moved = await client.call("document.move", { document, id: "citation-3", place: 1 });
const bibliography = await client.call("document.bibliography", { document });
const failed = await client
  .call("document.add", { document, citations: ["c"] })
  .catch(({ code, message, data }) => ({ code, message, data }));
// Many at once: answers find their way by the ids.
const previews = await Promise.all(
  ["a", "b"].map((citation) => client.call("document.preview", { document, citation })),
);
await client.call("document.close", { document });
const status = await client.close();
console.log(JSON.stringify({ added, moved, bibliography, failed, previews, status }));
