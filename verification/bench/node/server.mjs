// Node's own Socket.IO server under ./bench: obeys the commands of Commands.java.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const TEXT = "Your order has left the warehouse and will be with you tomorrow before noon, by bicycle.";
const payload = (user, ts) => ({ ts, user, kind: "order:updated", status: "SHIPPED", text: TEXT });

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
io.on("connection", (socket) => {
  socket.join(["all", `user:${socket.handshake.query.user}`]);
  socket.on("echo", (...args) => args.pop()(...args));
  socket.emit("ready");
});

const commands = {
  broadcast: (stamp) => io.to("all").emit("order", payload(0, Number(stamp))),
  direct: (from, to, stamp) => {
    for (let user = Number(from); user < Number(to); user++) {
      io.to(`user:${user}`).emit("order", payload(user, Number(stamp)));
    }
  },
  gc: () => {
    globalThis.gc();
    globalThis.gc();
    console.log(`live ${process.memoryUsage().heapUsed}`);
  },
};

http.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  console.log(`ready ${http.address().port} node`);
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      const [name, ...args] = line.split(" ");
      commands[name](...args);
    })
    .on("close", () => process.exit(0));
});
