// JSON lines both ways: commands on standard input, reports on standard output. Ends with its input.
import { createInterface } from "node:readline";

export function say(report) {
  process.stdout.write(JSON.stringify(report) + "\n");
}

// The monotonic clock, which the JVM's System.nanoTime reads too on Linux.
export function nanos() {
  return process.hrtime.bigint().toString();
}

// Runs the command of that name; what it returns or throws is the answer to the command's `call`.
export function serve(commands) {
  createInterface({ input: process.stdin })
    .on("line", async (line) => {
      const { call, command, ...parameters } = JSON.parse(line);
      try {
        say({ call, result: (await commands[command](parameters)) ?? null });
      } catch (error) {
        say({ call, error: String(error?.stack ?? error) });
      }
    })
    .on("close", () => process.exit(0));
}
