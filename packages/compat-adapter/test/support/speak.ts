import { connect } from "node:net";

/** Speaks HTTP by hand, byte for byte; gives back all that comes until the other side has closed. */
export function speak(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"));
    let heard = "";
    socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
    // A connection that is reset while we still write is closed, too.
    socket.on("error", () => undefined).on("close", () => resolve(heard));
  });
}

/** Header fields as lines. */
export function linesOf(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
}
