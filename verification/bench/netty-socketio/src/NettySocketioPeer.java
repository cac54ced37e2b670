import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import io.realtime.verification.bench.server.Commands;
import java.net.ServerSocket;

/** netty-socketio under ./bench, on its epoll transport. */
public final class NettySocketioPeer implements Commands.Driven {
  private final SocketIOServer server;

  private NettySocketioPeer(SocketIOServer server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(freePort());
    configuration.setUseLinuxNativeEpoll(true);
    configuration.setBossThreads(1);
    configuration.setWorkerThreads(Runtime.getRuntime().availableProcessors());
    SocketConfig sockets = new SocketConfig();
    sockets.setReuseAddress(true);
    sockets.setAcceptBackLog(4_096);
    configuration.setSocketConfig(sockets);
    SocketIOServer server = new SocketIOServer(configuration);
    server.addConnectListener(
        client -> {
          client.joinRoom("all");
          client.joinRoom("user:" + client.getHandshakeData().getSingleUrlParam("user"));
          client.sendEvent("ready");
        });
    server.start();
    Commands.serve(configuration.getPort(), "epoll", new NettySocketioPeer(server));
  }

  private static int freePort() throws Exception {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  @Override
  public void broadcast(long stamp) {
    server.getRoomOperations("all").sendEvent("order", Commands.payload(0, stamp));
  }

  @Override
  public void direct(int from, int to, long stamp) {
    for (int user = from; user < to; user++) {
      server.getRoomOperations("user:" + user).sendEvent("order", Commands.payload(user, stamp));
    }
  }
}
