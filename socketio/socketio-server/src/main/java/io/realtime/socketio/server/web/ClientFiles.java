package io.realtime.socketio.server.web;

import io.realtime.socketio.server.api.HttpRoutes;
import io.realtime.socketio.server.http.HttpExchange;
import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stock browser client below Engine.IO's path, before the application's HTTP. What is not on
 * the class path is not served. Caches keep a file and ask each time whether it is still of the
 * same version, as Node has it. Immutable; any thread.
 */
public final class ClientFiles implements HttpRoutes {
  private static final String FOLDER = "META-INF/socket.io-client/";
  private static final List<String> SCRIPTS =
      List.of(
          "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js");
  private static final List<ContentCoding> CODINGS =
      List.of(ContentCoding.BROTLI, ContentCoding.GZIP);

  private final Map<String, ClientFile> byPath;
  private final Cors cors;
  private final HttpRoutes others;

  private ClientFiles(Map<String, ClientFile> byPath, Cors cors, HttpRoutes others) {
    this.byPath = byPath;
    this.cors = cors;
    this.others = others;
  }

  /**
   * Reads the files that {@code loader} has.
   *
   * @param path of Engine.IO, without a slash at its end
   * @param others who answers all other requests
   */
  public static HttpRoutes below(String path, ClassLoader loader, Cors cors, HttpRoutes others) {
    Optional<byte[]> version = read(loader, "version");
    if (version.isEmpty()) {
      return others;
    }
    String etag = '"' + new String(version.get(), StandardCharsets.US_ASCII).strip() + '"';
    Map<String, ClientFile> files = new HashMap<>();
    for (String script : SCRIPTS) {
      for (String name : List.of(script, script + ".map")) {
        find(loader, name, etag).ifPresent(file -> files.put(path + "/" + name, file));
      }
    }
    return new ClientFiles(Map.copyOf(files), cors, others);
  }

  @Override
  public int maxBodyBytes(HttpRequest head) {
    return byPath.containsKey(head.path()) ? 0 : others.maxBodyBytes(head);
  }

  @Override
  public void onRequest(HttpRequest request, HttpExchange exchange) {
    ClientFile file = byPath.get(request.path());
    if (file == null) {
      others.onRequest(request, exchange);
      return;
    }
    HttpReply reply = cors.preflight(request).orElseGet(() -> file.reply(request));
    exchange.reply(reply.withHeaders(reply.headers().withAll(cors.headers(request))));
  }

  private static Optional<ClientFile> find(ClassLoader loader, String name, String etag) {
    Optional<byte[]> body = read(loader, name);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    List<Coded> coded = new ArrayList<>();
    for (ContentCoding coding : CODINGS) {
      read(loader, name + (coding == ContentCoding.BROTLI ? ".br" : ".gz"))
          .ifPresent(bytes -> coded.add(new Coded(coding, bytes)));
    }
    String type = name.endsWith(".map") ? "application/json" : "application/javascript";
    return Optional.of(new ClientFile(body.get(), coded, type + "; charset=utf-8", etag));
  }

  private static Optional<byte[]> read(ClassLoader loader, String name) {
    URL url = loader.getResource(FOLDER + name);
    if (url == null) {
      return Optional.empty();
    }
    try {
      // a cached JarFile is shared, and closed under us when some other class loader is closed
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return Optional.of(in.readAllBytes());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("browser client: " + FOLDER + name, failure);
    }
  }

  private record Coded(ContentCoding coding, byte[] body) {}

  /** One file, as it is and compressed. */
  private record ClientFile(byte[] body, List<Coded> coded, String contentType, String etag) {
    private static final String ALLOWED = "GET, HEAD";

    HttpReply reply(HttpRequest request) {
      if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
        return HttpReply.empty(405).withHeader("allow", ALLOWED);
      }
      HttpHeaders caching =
          HttpHeaders.of(
              "cache-control", "public, max-age=0", "etag", etag, "vary", "Accept-Encoding");
      if (request.knows(etag)) {
        return HttpReply.empty(304).withHeaders(caching);
      }
      HttpHeaders headers = caching.with("content-type", contentType);
      Optional<ContentCoding> preferred =
          ContentCoding.preferred(request, coded.stream().map(Coded::coding).toList());
      for (Coded form : coded) {
        if (preferred.isPresent() && form.coding() == preferred.get()) {
          return new HttpReply(
              200, headers.with("content-encoding", form.coding().wireName()), form.body(), false);
        }
      }
      return new HttpReply(200, headers, body, false);
    }
  }
}
