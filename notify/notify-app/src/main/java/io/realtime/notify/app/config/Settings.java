package io.realtime.notify.app.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting there is, in the order in which they are documented. */
public final class Settings {
  static final Setting NODE_ENV =
      Setting.of(
              "NODE_ENV",
              "`production` (`demo`: `development`)",
              "`production` turns insecure settings into errors at start; `development` and `test`"
                  + " allow them, loudly")
          .alias("REALTIME_ENV");
  static final Setting PORT =
      Setting.of(
          "REALTIME_PORT",
          "`3009`",
          "one port for Socket.IO, plain WebSocket, REST, docs and pages; `0` takes any free one");
  static final Setting HOST =
      Setting.of(
          "REALTIME_HOST",
          "`0.0.0.0` in production, `127.0.0.1` in development",
          "address to listen on");
  static final Setting LOOPS =
      Setting.of("REALTIME_LOOPS", "one per processor", "event loops, 1 to 256");
  static final Setting TRANSPORT =
      Setting.of(
          "REALTIME_TRANSPORT",
          "`auto`",
          "`io_uring`, `epoll`, `nio`, or `auto`: the first of these that works");
  static final Setting MAX_CONNECTIONS =
      Setting.of(
          "REALTIME_MAX_CONNECTIONS",
          "`10000`",
          "open connections of this node, 1 to 1000000; one more is refused with 503");
  static final Setting MAX_CONNECTIONS_PER_USER =
      Setting.of(
          "REALTIME_MAX_CONNECTIONS_PER_USER",
          "`20`",
          "connections of one user at a time, of any kind, 1 to 1000000; one more is refused with"
              + " `TOO_MANY_CONNECTIONS`");
  static final Setting AUTH_MODE =
      Setting.of(
          "AUTH_MODE",
          "`jwt` when `JWT_SECRET` is set, else `development`",
          "`jwt`, or `development`: believes any `userId`; refused in production");
  static final Setting JWT_SECRET =
      Setting.secret(
          "JWT_SECRET",
          "HS256 key; at least 32 bytes in production, and never a published example value");
  static final Setting JWT_ROLE_CLAIM =
      Setting.of(
          "JWT_ROLE_CLAIM",
          "`role`",
          "path of the claim that says `admin`, members joined by `.`; the claim is a text or a"
              + " list");
  static final Setting CORS_ORIGIN =
      Setting.of(
          "CORS_ORIGIN",
          "`*` in development, none in production",
          "`*`, or origins `scheme://host[:port]` joined by commas; none = same origin only");
  static final Setting KAFKA_BROKER =
      Setting.of(
              "KAFKA_BROKER", "none: must be set", "`host:port`, several of them joined by commas")
          .alias("KAFKA_BROKERS");
  static final Setting KAFKA_CONSUMER_GROUP =
      Setting.of("KAFKA_CONSUMER_GROUP", "`realtime-service-group`", "consumer group of all nodes");
  static final Setting KAFKA_GROUP_PROTOCOL =
      Setting.of(
          "KAFKA_GROUP_PROTOCOL",
          "`classic`",
          "`classic`: a killed node is replaced at once; `consumer` (KIP-848): when the broker's"
              + " session timeout is over");
  static final Setting KAFKA_TOPIC_PATTERN =
      Setting.of(
          "KAFKA_TOPIC_PATTERN",
          "`^(order|inventory|product|notification)\\.[a-z0-9_-]+$`",
          "regular expression of the topics to read; new ones are found within 5 s");
  static final Setting KAFKA_TOPIC_EXCLUDE =
      Setting.of(
          "KAFKA_TOPIC_EXCLUDE",
          "`.*(-retry(-\\d+)?|-dlt|\\.DLT|-dlq|\\.DLQ)$`",
          "regular expression of topics that are left out although they match the pattern");
  static final Setting START_LOOKBACK =
      Setting.of(
          "START_LOOKBACK",
          "`0s`",
          "how far before its very first start the service reads: `0s` to `7d`, such as `30m`");
  static final Setting WS_PING_INTERVAL =
      Setting.of("WS_PING_INTERVAL", "`25000`", "ms between Engine.IO heartbeats, 1000 to 300000");
  static final Setting WS_PING_TIMEOUT =
      Setting.of("WS_PING_TIMEOUT", "`20000`", "ms a heartbeat's answer may take, 1000 to 300000");
  static final Setting ALLOW_EIO3 =
      Setting.of(
          "ALLOW_EIO3",
          "`false`",
          "`true` serves clients of Socket.IO 2 (Engine.IO 3) as well; their receipt is proven by"
              + " their next ping, so it may take two `WS_PING_INTERVAL`");
  static final Setting DELIVERY_PROOF =
      Setting.of(
          "DELIVERY_PROOF",
          "`transport`",
          "`transport`: the client's library has the event; `app-ack`: the application has answered,"
              + " by the callback of the event or by `inbox:ack`");
  static final Setting LOW_STOCK_THRESHOLD =
      Setting.of(
          "LOW_STOCK_THRESHOLD",
          "`10`",
          "stock below it raises `LOW_STOCK` once per crossing; a number from 0");
  static final Setting LOG_LEVEL =
      Setting.of(
          "LOG_LEVEL",
          "`log`",
          "`error`, `warn`, `log`, `debug`, `verbose` (Nest) or `error`, `warn`, `info`, `debug`,"
              + " `trace` (Java), of our own code; libraries never log below `info`");
  static final Setting DATA_DIR =
      Setting.of(
          "DATA_DIR",
          "`./data`",
          "where this node keeps its id and its store; a local disk; locked while in use");
  static final Setting INBOX_MAX_EVENTS =
      Setting.of(
          "INBOX_MAX_EVENTS",
          "`1000`",
          "events kept for one user until receipt is proven, 1 to 100000; then the oldest goes and"
              + " the user is told");
  static final Setting INBOX_MAX_KB =
      Setting.of("INBOX_MAX_KB", "`1024`", "KiB of those, 1024 to 1048576; likewise");
  static final Setting INBOX_TTL =
      Setting.of(
          "INBOX_TTL", "`7d`", "how long an event waits for its user, at most `30d`; likewise");
  static final Setting STORE_MAX_MB =
      Setting.of(
          "STORE_MAX_MB", "`1024`", "MiB of the events of all users, 16 to 1048576; likewise");

  static final Setting KAFKA_SECURITY_PROTOCOL =
      Setting.of(
          "KAFKA_SECURITY_PROTOCOL",
          "`PLAINTEXT`",
          "`PLAINTEXT`, `SSL`, `SASL_PLAINTEXT`, `SASL_SSL`");
  static final Setting KAFKA_SASL_MECHANISM =
      Setting.of(
          "KAFKA_SASL_MECHANISM",
          "`PLAIN` with a user name",
          "`PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512`, or any other with `KAFKA_SASL_JAAS_CONFIG`");
  static final Setting KAFKA_SASL_USERNAME =
      Setting.of("KAFKA_SASL_USERNAME", "none", "with the password: makes the JAAS line");
  static final Setting KAFKA_SASL_PASSWORD =
      Setting.secret("KAFKA_SASL_PASSWORD", "see `KAFKA_SASL_USERNAME`");
  static final Setting KAFKA_CLIENT_CONFIG =
      Setting.of(
          "KAFKA_CLIENT_CONFIG",
          "none",
          "a properties file that is passed to the Kafka clients as it is; single variables win");

  /** Passed through under Kafka's own name for it. */
  static final Map<Setting, String> KAFKA_PASSED_THROUGH = passedThrough();

  /** Settings of later versions: setting one now would be a promise we do not keep. */
  static final Map<String, String> NOT_YET =
      Map.of(
          "JWKS_URL", "use JWT_SECRET (HS256)",
          "JWT_ISSUER", "only the signature and the expiry are checked",
          "JWT_AUDIENCE", "only the signature and the expiry are checked",
          "REDIS_URL", "run one node",
          "GUEST_ACCESS", "every connection needs a userId or a token");

  /** Values of {@link #NOT_YET} that ask for what holds anyway. */
  static final Map<String, String> NOT_YET_HARMLESS = Map.of("GUEST_ACCESS", "off");

  private Settings() {}

  private static Map<Setting, String> passedThrough() {
    return Stream.of(
            Setting.secret("KAFKA_SASL_JAAS_CONFIG", "instead of user name and password"),
            Setting.of(
                "KAFKA_SSL_TRUSTSTORE_LOCATION",
                "the JDK's authorities",
                "file of the trust store"),
            Setting.secret("KAFKA_SSL_TRUSTSTORE_PASSWORD", "its password"),
            Setting.of("KAFKA_SSL_TRUSTSTORE_TYPE", "`JKS`", "`JKS`, `PKCS12`, `PEM`"),
            Setting.of(
                "KAFKA_SSL_TRUSTSTORE_CERTIFICATES", "none", "PEM text instead of a trust store"),
            Setting.of("KAFKA_SSL_KEYSTORE_LOCATION", "none", "file of the client's key store"),
            Setting.secret("KAFKA_SSL_KEYSTORE_PASSWORD", "its password"),
            Setting.of("KAFKA_SSL_KEYSTORE_TYPE", "`JKS`", "`JKS`, `PKCS12`, `PEM`"),
            Setting.secret("KAFKA_SSL_KEYSTORE_KEY", "PEM text of the client's key"),
            Setting.of(
                "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN",
                "none",
                "PEM text of the client's certificates"),
            Setting.secret("KAFKA_SSL_KEY_PASSWORD", "password of the client's key"),
            Setting.of(
                "KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM",
                "`https`",
                "how the broker's name is checked; `none` switches the check off"))
        .collect(
            java.util.stream.Collectors.toMap(
                setting -> setting,
                setting ->
                    setting
                        .name()
                        .substring("KAFKA_".length())
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '.'),
                (a, b) -> a,
                java.util.LinkedHashMap::new));
  }

  /** All of them. */
  public static List<Setting> all() {
    return Stream.concat(
            Stream.of(
                NODE_ENV,
                PORT,
                HOST,
                LOOPS,
                TRANSPORT,
                MAX_CONNECTIONS,
                MAX_CONNECTIONS_PER_USER,
                AUTH_MODE,
                JWT_SECRET,
                JWT_ROLE_CLAIM,
                CORS_ORIGIN,
                KAFKA_BROKER,
                KAFKA_CONSUMER_GROUP,
                KAFKA_GROUP_PROTOCOL,
                KAFKA_TOPIC_PATTERN,
                KAFKA_TOPIC_EXCLUDE,
                START_LOOKBACK,
                WS_PING_INTERVAL,
                WS_PING_TIMEOUT,
                ALLOW_EIO3,
                DELIVERY_PROOF,
                LOW_STOCK_THRESHOLD,
                LOG_LEVEL,
                DATA_DIR,
                INBOX_MAX_EVENTS,
                INBOX_MAX_KB,
                INBOX_TTL,
                STORE_MAX_MB,
                KAFKA_CLIENT_CONFIG,
                KAFKA_SECURITY_PROTOCOL,
                KAFKA_SASL_MECHANISM,
                KAFKA_SASL_USERNAME,
                KAFKA_SASL_PASSWORD),
            KAFKA_PASSED_THROUGH.keySet().stream())
        .toList();
  }
}
