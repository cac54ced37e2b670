package io.realtime.socketio.netty.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.realtime.socketio.server.http.HttpReply;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the requests of one connection, one after the other: checks the head, tells the
 * application, hands it the body. On the connection's loop.
 */
final class RequestIntake {
  private static final Logger log = LoggerFactory.getLogger(RequestIntake.class);

  private final HttpConnection connection;
  private final HttpSettings settings;
  private final InetSocketAddress remote;
  private RequestHead.@Nullable Accepted upgrade;
  private @Nullable BodyIntake body;

  RequestIntake(HttpConnection connection, HttpSettings settings, InetSocketAddress remote) {
    this.connection = connection;
    this.settings = settings;
    this.remote = remote;
  }

  void takeHead(HttpRequest request) {
    switch (RequestHead.of(request, remote, settings.secure())) {
      case RequestHead.Refused refused -> connection.refuse(refused.reply());
      case RequestHead.Accepted accepted -> begin(accepted);
    }
  }

  private void begin(RequestHead.Accepted accepted) {
    boolean webSocket = accepted.asksForWebSocket();
    if (webSocket && accepted.hasBody()) {
      connection.refuse(HttpReply.text(400, "an upgrade request has no body"));
      return;
    }
    connection.awaitBody();
    if (webSocket) {
      upgrade = accepted;
    } else {
      announce(accepted);
    }
  }

  /** Tells the application of a request whose body is still to come. */
  private void announce(RequestHead.Accepted accepted) {
    NettyExchange exchange = new NettyExchange(connection, accepted);
    connection.answerNext(exchange);
    BodyIntake begun;
    try {
      begun =
          new BodyIntake(
              accepted, exchange, settings.dispatch().onHead(accepted.request(), exchange));
    } catch (RuntimeException failure) {
      handlerFailed(exchange, failure);
      return;
    }
    if (!connection.awaitsBody()) {
      return;
    }
    body = begun;
    if (exchange.isAnswered()) {
      return;
    }
    if (begun.announcesTooMuch()) {
      refuse(begun);
    } else if (accepted.expectsContinue()) {
      connection.send(ReplyEncoder.continue100(connection.alloc()));
    }
  }

  void takeBody(HttpContent content) {
    BodyIntake current = body;
    if (content.decoderResult().isFailure()) {
      connection.refuse(HttpReply.text(400, "malformed body"));
    } else if (current != null && !current.add(content.content())) {
      refuse(current);
    } else if (content instanceof LastHttpContent) {
      end(current);
    }
  }

  private void end(@Nullable BodyIntake whole) {
    body = null;
    RequestHead.Accepted webSocket = upgrade;
    if (webSocket != null) {
      upgrade = null;
      upgrade(webSocket);
    } else if (connection.bodyEnded() && whole != null && !whole.exchange().isAnswered()) {
      try {
        whole.deliver();
      } catch (RuntimeException failure) {
        handlerFailed(whole.exchange(), failure);
      }
    }
  }

  private void handlerFailed(NettyExchange failed, RuntimeException failure) {
    log.error("A request could not be handled", failure);
    if (!failed.tryReply(HttpReply.empty(500).closing())) {
      connection.abort();
    }
  }

  private void refuse(BodyIntake tooLarge) {
    if (tooLarge.exchange().takeOver()) {
      connection.refuse(tooLarge.exchange(), tooLarge.receiver().tooLarge());
    } else {
      connection.abort();
    }
  }

  private void upgrade(RequestHead.Accepted accepted) {
    switch (WebSocketKey.of(accepted.request())) {
      case WebSocketKey.Refused refused -> connection.refuse(refused.reply());
      case WebSocketKey.Accepted key -> {
        Channel channel = connection.channel();
        UpgradeHandover handover = new UpgradeHandover(connection, settings, channel, key);
        connection.handOver(handover);
        try {
          settings.dispatch().onUpgrade(accepted.request(), handover);
        } catch (RuntimeException failure) {
          log.error("An upgrade could not be handled", failure);
          if (!handover.tryRefuse(HttpReply.empty(500))) {
            connection.abort();
          }
        }
      }
    }
  }
}
