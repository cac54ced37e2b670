package io.realtime.notify.http;

import static java.util.Objects.requireNonNull;

import io.realtime.notify.http.contract.ApiContract;
import io.realtime.notify.http.contract.Operation;
import io.realtime.notify.http.rest.ApiHandler;
import io.realtime.notify.http.rest.Broadcast;
import io.realtime.notify.http.rest.Gate;
import io.realtime.notify.http.rest.HealthReports;
import io.realtime.notify.http.rest.Stats;
import io.realtime.notify.http.rest.Workers;
import io.realtime.notify.http.site.Site;
import io.realtime.notify.http.stream.EventStreams;
import io.realtime.notify.http.web.Cors;
import io.realtime.notify.http.web.Problem;
import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * REST, health, docs and pages. The OpenAPI document decides which paths and methods there are;
 * files and health are answered at once, operations on virtual threads.
 */
public final class RestApi implements HttpRoutes, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private final ApiContract contract;
  private final Site site;
  private final Gate gate;
  private final Cors cors;
  private final Workers workers;
  private final EventStreams streams;

  /** Operations that are answered from memory, on the loop, to everybody. */
  private final Map<String, Supplier<HttpReply>> immediate = new HashMap<>();

  /** Operations of known callers, on virtual threads. */
  private final Map<String, ApiHandler> guarded = new HashMap<>();

  /** The first one reads the document and all files, which takes some tenths of a second. */
  public RestApi(RestPorts ports, RestOptions options) {
    this.contract = ApiContract.standard();
    this.site = Files.SITE;
    this.gate = new Gate(ports.access());
    this.cors = new Cors(options.cors());
    this.workers = new Workers(options.maxConcurrent());
    this.streams = ports.streams();

    HealthReports health =
        new HealthReports(ports.health(), ports.lifecycle(), ports.stuck(), options.clock());
    immediate.put("getHealth", health::health);
    immediate.put("getLiveness", health::live);
    immediate.put("getReadiness", health::ready);
    guarded.put("getStats", new Stats(ports.presence()));
    Broadcast broadcast =
        new Broadcast(ports.publisher(), ports.keys(), ports.audiences(), options.confirmTimeout());
    for (Operation operation : operations()) {
      if (operation.ingress().isPresent()) {
        guarded.put(operation.id(), broadcast);
      }
      requireAnswered(operation);
    }
  }

  private Iterable<Operation> operations() {
    return () ->
        contract.operations().values().stream()
            .flatMap(byMethod -> byMethod.values().stream())
            .iterator();
  }

  private void requireAnswered(Operation operation) {
    boolean answered =
        operation.secured()
            ? guarded.containsKey(operation.id()) || operation.path().equals(EventStreams.PATH)
            : immediate.containsKey(operation.id()) || site.serves(operation.path());
    if (!answered) {
      throw new IllegalStateException("OpenAPI operation without code: " + operation.id());
    }
  }

  @Override
  public int maxBodyBytes(HttpRequest head) {
    return Gate.MAX_READ_BYTES;
  }

  @Override
  public void onRequest(HttpRequest request, HttpExchange exchange) {
    try {
      route(request, exchange);
    } catch (RuntimeException e) {
      answer(request, exchange, unexpected(request, e));
    }
  }

  /** Takes no more operations and waits up to 5 s for those that run. */
  @Override
  public void close() {
    workers.close(CLOSE_GRACE);
  }

  private void route(HttpRequest request, HttpExchange exchange) {
    Map<String, Operation> byMethod = contract.operations().getOrDefault(request.path(), Map.of());
    boolean file = site.serves(request.path());
    if (request.method().equals("OPTIONS") && request.path().equals("*")) {
      answer(request, exchange, cors.options(request, "GET, HEAD, OPTIONS, POST"));
      return;
    }
    if (request.path().equals(EventStreams.PATH)) {
      stream(request, exchange);
      return;
    }
    if (byMethod.isEmpty() && !file) {
      answer(request, exchange, Problem.of(404, "not-found", "There is nothing here").reply());
      return;
    }
    String allow = allow(byMethod.keySet(), file);
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Operation operation = byMethod.get(method);
    if (request.method().equals("OPTIONS")) {
      answer(request, exchange, cors.options(request, allow));
    } else if (file && method.equals("GET")) {
      answer(request, exchange, site.get(request).orElseThrow());
    } else if (operation == null) {
      answer(request, exchange, notAllowed(allow));
    } else if (operation.secured()) {
      submit(request, exchange, operation);
    } else {
      answer(request, exchange, requireNonNull(immediate.get(operation.id())).get());
    }
  }

  private void stream(HttpRequest request, HttpExchange exchange) {
    if (request.method().equals("OPTIONS")) {
      answer(request, exchange, cors.options(request, "GET, OPTIONS"));
    } else if (!request.method().equals("GET")) {
      answer(request, exchange, notAllowed("GET, OPTIONS"));
    } else {
      streams
          .refusal(request)
          .ifPresentOrElse(
              refusal -> answer(request, exchange, refusal),
              () -> streams.open(request, exchange, headers(request, HttpHeaders.empty())));
    }
  }

  private static HttpReply notAllowed(String allow) {
    return Problem.of(405, "method-not-allowed", "Allowed here: " + allow)
        .reply()
        .withHeader("allow", allow);
  }

  private static String allow(Set<String> methods, boolean file) {
    Set<String> all = new TreeSet<>(methods);
    all.add("OPTIONS");
    if (file || methods.contains("GET")) {
      all.add("GET");
      all.add("HEAD");
    }
    return String.join(", ", all);
  }

  private void submit(HttpRequest request, HttpExchange exchange, Operation operation) {
    boolean taken = workers.tryRun(() -> answer(request, exchange, perform(request, operation)));
    if (!taken) {
      answer(
          request,
          exchange,
          Problem.of(503, "unavailable", "Too many requests are being served")
              .reply(Duration.ofSeconds(1)));
    }
  }

  private HttpReply perform(HttpRequest request, Operation operation) {
    try {
      return switch (gate.admit(request, operation)) {
        case Gate.Admission.Allowed(var call) ->
            requireNonNull(guarded.get(operation.id())).handle(call);
        case Gate.Admission.Refused(HttpReply reply) -> reply;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Problem.of(503, "unavailable", "The service is shutting down")
          .reply(Duration.ofSeconds(1));
    } catch (RuntimeException | StackOverflowError e) {
      return unexpected(request, e);
    }
  }

  /** The log gets everything but what the caller sent; the caller gets the way to find it. */
  private static HttpReply unexpected(HttpRequest request, Throwable cause) {
    String id = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    LOG.error("request {} failed: method={}", id, request.method(), cause);
    return Problem.of(500, "unexpected", "The request failed unexpectedly")
        .withInstance(id)
        .reply();
  }

  private void answer(HttpRequest request, HttpExchange exchange, HttpReply reply) {
    HttpHeaders headers = headers(request, reply.headers());
    exchange.reply(new HttpReply(reply.status(), headers, reply.body(), reply.closeAfter()));
  }

  private HttpHeaders headers(HttpRequest request, HttpHeaders own) {
    HttpHeaders headers =
        own.with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
            .withAll(cors.headers(request));
    if (headers.first("content-security-policy").isEmpty()) {
      headers = headers.with("content-security-policy", API_POLICY);
    }
    if (headers.first("cache-control").isEmpty()) {
      headers = headers.with("cache-control", "no-store");
    }
    return headers;
  }

  /** The same for every instance, and immutable. */
  private static final class Files {
    static final Site SITE =
        Site.load(
            RestApi.class.getClassLoader(),
            ApiContract.standard().json(),
            ApiContract.standard().yaml());
  }
}
