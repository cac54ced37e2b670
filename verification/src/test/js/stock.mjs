// Stock clients of every generation against one server: each run goes through the same conversation and tells
// what it has seen. Bytes are told as {"bytes": "<hex>"}.
import * as msgpack from "socket.io-msgpack-parser";
import { say, serve } from "./lines.mjs";
import { follow } from "./recovery.mjs";

const PATIENCE = 15_000;

function told(value) {
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  if (value instanceof ArrayBuffer) return { bytes: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map(told);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, told(member)]));
  return value;
}

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${PATIENCE} ms`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function next(emitter, event) {
  return within(new Promise((resolve) => emitter.once(event, (...args) => resolve(args))), event);
}

function ask(socket, ...args) {
  return within(new Promise((resolve) => socket.emit(...args, (...answer) => resolve(answer))), `answer to ${args[0]}`);
}

// Version 2 reports a refusal as "error", with the data alone or the text alone.
async function refusal(socket, version) {
  const [error] = await next(socket, version === 2 ? "error" : "connect_error");
  return version === 2 ? told(error) : { message: error.message, data: told(error.data ?? null) };
}

function member(manager, version, name, token) {
  const who = version === 2 ? { query: { token } } : { auth: { token } };
  const socket = manager.socket(name, who);
  socket.open();
  return socket;
}

async function upgraded(manager) {
  if (manager.engine.transport.name !== "websocket") await next(manager.engine, "upgrade");
}

async function run({ version, url, transports, withMsgpack }) {
  const { Manager } = await import(version === 4 ? "socket.io-client" : `socket.io-client-${version}`)
    .then((module) => (module.Manager ? module : module.default));
  const manager = new Manager(url, {
    transports,
    autoConnect: false,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
    query: { userId: "u-1" },
    ...(withMsgpack ? { parser: msgpack } : {}),
  });
  const seen = {};
  const main = manager.socket("/");
  main.open();
  await next(main, "connect");
  if (transports.length > 1) await upgraded(manager);
  seen.transport = manager.engine.transport.name;
  seen.id = main.id;

  let echo = next(main, "echoed");
  main.emit("echo", "h\u00e9llo \u20ac \ud834\udd1e", 1, -1.5, { list: [null, true, {}] });
  seen.text = told(await echo);

  echo = next(main, "echoed");
  main.emit("echo", Buffer.from([1, 2, 3]), { file: Buffer.alloc(100_000, 7), empty: Buffer.alloc(0) });
  const [first, { file, empty }] = await echo;
  seen.binary = [told(first), file.byteLength ?? file.length, told(empty)];

  seen.answer = told(await ask(main, "ask", 7, Buffer.from([8])));
  main.on("question", (bytes, answer) => answer(bytes, "known"));
  seen.question = told(await ask(main, "question-me"));

  const broadcast = next(main, "shouted");
  main.emit("shout");
  seen.broadcast = told(await broadcast);

  const custom = member(manager, version, "/custom", "t-1");
  const auth = next(custom, "auth");
  await next(custom, "connect");
  seen.auth = told(await auth);
  seen.custom = told(await ask(custom, "ask", Buffer.from([9])));
  custom.close();

  seen.refused = await refusal(member(manager, version, "/closed", "t-2"), version);
  seen.unknown = await refusal(member(manager, version, "/nowhere", "t-3"), version);

  const lost = next(main, "disconnect");
  const back = next(main, "connect");
  manager.engine.close();
  seen.lost = (await lost)[0];
  await back;
  seen.afterwards = told(await ask(main, "ask", "again"));

  const left = next(main, "disconnect");
  main.emit("throw-me-out");
  seen.left = (await left)[0];
  manager._close ? manager._close() : manager.close();
  return seen;
}

serve({ run, follow });
say({ call: "ready", result: null });
