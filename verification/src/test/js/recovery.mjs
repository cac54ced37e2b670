// One stock client that counts a stream of numbers through connections that break without a word.
import { connect, createServer } from "node:net";
import { Manager } from "socket.io-client";

const PATIENCE = 30_000;

// A way to the server that can be cut in the middle of whatever passes, and closed for a while.
async function way(port) {
  const open = new Set();
  let closed = false;
  const server = createServer((near) => {
    if (closed) return near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]]) {
      open.add(from);
      from.on("error", () => {});
      from.on("close", () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    cut() {
      for (const socket of [...open]) socket.resetAndDestroy();
    },
    block(blocked) {
      closed = blocked;
    },
    close() {
      server.close();
      this.cut();
    },
  };
}

// Counts until `last` has come. Cuts the way whenever one more of `cuts` numbers has come, and keeps it closed for
// `away` ms. Tells each connect, and the numbers by what was wrong with them.
export async function follow({ port, transports, cuts, away, last }) {
  const passage = await way(port);
  const manager = new Manager(`http://127.0.0.1:${passage.port}`, {
    transports,
    autoConnect: false,
    reconnectionDelay: 20,
    reconnectionDelayMax: 50,
  });
  const socket = manager.socket("/");
  const seen = { connects: [], ids: [], lost: [], first: null, received: 0, gaps: 0, repeats: 0 };
  let previous = null;
  let left = [...cuts];
  const done = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`late: ${JSON.stringify(seen)}, at ${previous}`)), PATIENCE);
    socket.on("connect", () => {
      seen.connects.push(socket.recovered);
      seen.ids.push(socket.id);
      if (seen.connects.length === 1) socket.emit("start");
    });
    socket.on("disconnect", (reason) => seen.lost.push(reason));
    socket.on("number", (number) => {
      if (previous === last) return;
      seen.received++;
      seen.first ??= number;
      if (previous !== null && number > previous + 1) seen.gaps++;
      if (previous !== null && number <= previous) seen.repeats++;
      previous = number;
      if (left.length > 0 && number >= left[0]) {
        left = left.slice(1);
        passage.block(true);
        passage.cut();
        setTimeout(() => passage.block(false), away);
      }
      if (number === last) {
        clearTimeout(late);
        resolve();
      }
    });
  });
  socket.open();
  try {
    await done;
    return { ...seen, last: previous };
  } finally {
    manager._close();
    passage.close();
  }
}
