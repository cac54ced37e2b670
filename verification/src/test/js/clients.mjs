// Any number of stock clients: Socket.IO and plain WebSockets. Every event is reported when it arrives.
import { io } from "socket.io-client";
import io2 from "socket.io-client-2";
import WebSocket from "ws";
import { nanos, say, serve } from "./lines.mjs";

const clients = new Map();

function report(client, kind, more) {
  say({ client, kind, at: nanos(), ...more });
}

// Version 2 has no onAny.
function hearAll(socket, listener) {
  if (socket.onAny) return socket.onAny(listener);
  const deliver = socket.onevent;
  socket.onevent = (packet) => {
    listener(...packet.data);
    deliver.call(socket, packet);
  };
}

serve({
  connect({ client, url, options, version }) {
    const socket = (version === 2 ? io2 : io)(url, { forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 500, ...options });
    clients.set(client, socket);
    socket.on("connect", () =>
      report(client, "connect", {
        id: socket.id,
        transport: socket.io.engine.transport.name,
        recovered: socket.recovered ?? false,
        session: Boolean(socket._pid),
      }));
    socket.on("connect_error", (error) =>
      report(client, "connect_error", { message: error.message, data: error.data ?? null }));
    socket.on("disconnect", (reason) => report(client, "disconnect", { reason }));
    hearAll(socket, (event, ...args) => {
      const answer = typeof args.at(-1) === "function" ? args.pop() : undefined;
      if (options.answers) answer?.();
      report(client, "event", { event, args });
    });
  },
  emit({ client, event, args }) {
    clients.get(client).emit(event, ...args);
  },
  // The client's answer callback, as stock code uses it.
  ask({ client, event, args }) {
    return clients.get(client).timeout(10_000).emitWithAck(event, ...args);
  },
  // Bytes behind the library's back: what a broken or hostile client would send.
  raw({ client, text }) {
    clients.get(client).io.engine.transport.ws.send(text);
  },
  transport({ client }) {
    return clients.get(client).io.engine.transport.name;
  },
  // Cuts the connection as a network would; the stock client comes back by itself.
  cut({ client }) {
    clients.get(client).io.engine.close();
  },
  reconnect({ client }) {
    clients.get(client).connect();
  },
  disconnect({ client }) {
    clients.get(client).disconnect();
  },
  open({ client, url, headers }) {
    const socket = new WebSocket(url, { headers });
    clients.set(client, socket);
    socket.on("open", () => report(client, "connect", { transport: "plain-websocket" }));
    socket.on("message", (data) => {
      const { event, data: payload, ...rest } = JSON.parse(data.toString());
      rest.text = data.toString();
      report(client, "event", { event, args: [payload], rest });
    });
    socket.on("unexpected-response", (request, response) =>
      report(client, "connect_error", { message: String(response.statusCode), data: null }));
    socket.on("error", (error) => report(client, "connect_error", { message: error.message, data: null }));
    socket.on("close", (code) => report(client, "disconnect", { reason: String(code) }));
  },
  send({ client, text }) {
    clients.get(client).send(text);
  },
  close({ client }) {
    clients.get(client).close();
  },
});
say({ call: "ready", result: null });
