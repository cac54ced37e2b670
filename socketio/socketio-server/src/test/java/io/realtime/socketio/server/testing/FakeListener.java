package io.realtime.socketio.server.testing;

import io.realtime.socketio.server.http.BodyReceiver;
import io.realtime.socketio.server.http.HttpDispatch;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands requests to a dispatch as a listener would, on a loop of the test's choice. */
public final class FakeListener {
  private final HttpDispatch dispatch;
  private final FakeLoops loops;
  private HttpHeaders headers = HttpHeaders.empty();

  public FakeListener(HttpDispatch dispatch, FakeLoops loops) {
    this.dispatch = dispatch;
    this.loops = loops;
  }

  /** Header fields of the requests that follow. */
  public FakeListener with(String... namesAndValues) {
    headers = HttpHeaders.of(namesAndValues);
    return this;
  }

  public RecordingExchange get(String target) {
    return request("GET", target, "", 0);
  }

  public RecordingExchange post(String target, String body) {
    return request("POST", target, body, 0);
  }

  public RecordingExchange post(String target, byte[] body) {
    RecordingExchange exchange = send("POST", target, body, 0);
    loops.run();
    return exchange;
  }

  /** A request that arrives on loop {@code loop}, and all that follows from it. */
  public RecordingExchange request(String method, String target, String body, int loop) {
    RecordingExchange exchange = send(method, target, body, loop);
    loops.run();
    return exchange;
  }

  /** A request that waits for its loop. */
  public RecordingExchange send(String method, String target, String body, int loop) {
    return send(method, target, body.getBytes(StandardCharsets.UTF_8), loop);
  }

  private RecordingExchange send(String method, String target, byte[] body, int loop) {
    RecordingExchange exchange = new RecordingExchange(loops.loop(loop));
    HttpRequest request = parse(method, target, "");
    loops
        .loop(loop)
        .execute(
            () -> {
              BodyReceiver receiver = dispatch.onHead(request, exchange);
              if (!exchange.answered()) {
                receive(receiver, exchange, body);
              }
            });
    return exchange;
  }

  /** The head of a POST, whose body the test hands to the receiver. */
  public BodyReceiver postHead(String target, RecordingExchange exchange, int loop) {
    List<BodyReceiver> receivers = new ArrayList<>();
    HttpRequest head = parse("POST", target, "");
    loops.in(loop, () -> receivers.add(dispatch.onHead(head, exchange)));
    return receivers.getFirst();
  }

  /** An exchange on loop {@code loop}. */
  public RecordingExchange exchange(int loop) {
    return new RecordingExchange(loops.loop(loop));
  }

  private static void receive(BodyReceiver receiver, RecordingExchange exchange, byte[] body) {
    if (body.length > 0 && body.length > receiver.maxBytes()) {
      exchange.reply(receiver.tooLarge());
    } else {
      receiver.onBody(body);
    }
  }

  public RecordingUpgrade upgrade(String target) {
    return upgrade(target, 0);
  }

  public RecordingUpgrade upgrade(String target, int loop) {
    RecordingUpgrade exchange = sendUpgrade(target, loop);
    loops.run();
    return exchange;
  }

  /** A request for a WebSocket that waits for its loop. */
  public RecordingUpgrade sendUpgrade(String target, int loop) {
    RecordingUpgrade exchange = new RecordingUpgrade(loops.loop(loop));
    HttpRequest request = parse("GET", target, "");
    loops.loop(loop).execute(() -> dispatch.onUpgrade(request, exchange));
    return exchange;
  }

  /** A request as a listener makes it; parameters are not decoded. */
  public HttpRequest parse(String method, String target, String body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (question >= 0) {
      for (String pair : target.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(name, fresh -> new ArrayList<>()).add(value);
      }
    }
    return new HttpRequest(
        method,
        target,
        path,
        query,
        headers,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
        false,
        body.getBytes(StandardCharsets.UTF_8));
  }
}
