package io.realtime.demo.shop;

import io.realtime.notify.app.config.Config;
import io.realtime.notify.app.token.TokenMint;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What the demo prints once it runs: where to look and what to paste. */
final class Welcome {
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private Welcome() {}

  static String text(int port, String bootstrap, Config config) {
    String url = "http://localhost:" + port;
    return switch (config.auth()) {
      case Config.Auth.Development development ->
          pages(url)
              + clients(url, "userId=user-1", "{ userId: \"user-1\" }", "query")
              + rest(url, "")
              + producer(bootstrap);
      case Config.Auth.Jwt keys -> {
        TokenMint mint = new TokenMint(keys, Clock.systemUTC());
        String user = mint.mint("user-1", Optional.empty(), TOKEN_LIFE);
        String admin = mint.mint("admin-1", Optional.of("admin"), TOKEN_LIFE);
        yield "\nTokens, valid for 12 hours\n  user-1:  "
            + user
            + "\n  admin-1: "
            + admin
            + "\n"
            + pages(url)
            + clients(url, "token=" + user, "{ token: \"" + user + "\" }", "auth")
            + rest(url, " -H \"authorization: Bearer " + admin + "\"")
            + producer(bootstrap);
      }
    };
  }

  private static String pages(String url) {
    return """

        Pages
          Storefront  %1$s/storefront
          Admin       %1$s/admin
          API docs    %1$s/api/docs
        """
        .formatted(url);
  }

  private static String clients(String url, String query, String identity, String member) {
    return """

        Browser (in the console of any page on this machine, after loading %1$s/socket.io/socket.io.js)
          const socket = io("%1$s", { %2$s: %3$s });
          socket.onAny((event, data) => console.log(event, data));

        Plain WebSocket
          npx wscat -c "%4$s?%5$s"
        """
        .formatted(url, member, identity, url.replace("http", "ws"), query);
  }

  private static String rest(String url, String header) {
    return """

        REST
          curl%2$s -X POST %1$s/realtime/test/notification \\
            -H "content-type: application/json" -d '{"userId":"user-1","message":"Hello"}'
        """
        .formatted(url, header);
  }

  private static String producer(String bootstrap) {
    return """

        Kafka on %s: write to it as an order service would
          ./realtime demo produce order.updated user-1 '{"orderId":"o-1","buyerId":"user-1","status":"shipped"}'

        Ctrl-C stops everything.
        """
        .formatted(bootstrap);
  }
}
