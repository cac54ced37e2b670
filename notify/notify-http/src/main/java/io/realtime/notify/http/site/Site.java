package io.realtime.notify.http.site;

import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Every file that is served, by its exact path. Requests are looked up in this table only.
 *
 * <ul>
 *   <li>{@code /pages/**} and, for a page {@code x.html} or {@code x/index.html}, {@code /x}
 *   <li>{@code /vendor/**}: the stock client for our own pages
 *   <li>{@code /api/docs} and below: Swagger UI and the document
 * </ul>
 */
public final class Site {
  /** Pages load everything from this server only, and nothing inline. */
  private static final String PAGE_POLICY = policy("'self'");

  /** Swagger UI sets inline styles; no inline script runs there either. */
  private static final String DOCS_POLICY = policy("'self' 'unsafe-inline'");

  private static final String PAGES = "pages/";
  private static final String VENDOR = "META-INF/socket.io-client/";
  private static final List<String> VENDOR_FILES =
      List.of(
          "socket.io.min.js",
          "socket.io.min.js.map",
          "socket.io.esm.min.js",
          "socket.io.esm.min.js.map");
  private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
  private static final String WEBJAR_PROPERTIES =
      "META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final List<String> SWAGGER_FILES =
      List.of(
          "swagger-ui.css",
          "swagger-ui-bundle.js",
          "swagger-ui-bundle.js.LICENSE.txt",
          "favicon-32x32.png");
  private static final String DOCS = "/api/docs";

  private final ClassPathFiles classPath;
  private final Map<String, StaticFile> files = new HashMap<>();
  private final Map<String, String> redirects = new HashMap<>();

  private Site(ClassLoader loader) {
    this.classPath = new ClassPathFiles(loader);
  }

  /** Reads everything. A file that belongs to the product and is missing is an error. */
  public static Site load(ClassLoader loader, byte[] openApiJson, byte[] openApiYaml) {
    Site site = new Site(loader);
    site.addPages();
    site.addVendor();
    site.addDocs(openApiJson, openApiYaml);
    site.redirects.put("/", site.files.containsKey("/storefront") ? "/storefront" : DOCS);
    return site;
  }

  /** Whether {@code path} is one of this site's. */
  public boolean serves(String path) {
    return files.containsKey(path) || redirects.containsKey(path);
  }

  /** The answer to GET, when the path is one of this site's. */
  public Optional<HttpReply> get(HttpRequest request) {
    StaticFile file = files.get(request.path());
    if (file != null) {
      return Optional.of(file.reply(request));
    }
    return Optional.ofNullable(redirects.get(request.path()))
        .map(
            target ->
                HttpReply.empty(302)
                    .withHeader("location", target)
                    .withHeader("cache-control", "no-cache"));
  }

  private void addPages() {
    classPath
        .readAll(PAGES)
        .forEach(
            (name, body) -> {
              put("/pages/" + name, name, body);
              page(name).ifPresent(path -> put(path, name, body));
              page(name).ifPresent(path -> redirects.put(path + "/", path));
            });
  }

  /** {@code x.html} and {@code x/index.html} are pages of their own. */
  private static Optional<String> page(String name) {
    String page =
        name.endsWith("/index.html")
            ? name.substring(0, name.length() - "/index.html".length())
            : name.endsWith(".html") ? name.substring(0, name.length() - ".html".length()) : "";
    return page.isEmpty() || page.contains("/") || page.equals("index")
        ? Optional.empty()
        : Optional.of("/" + page);
  }

  private void addVendor() {
    for (String name : VENDOR_FILES) {
      byte[] body = required(VENDOR + name);
      put("/vendor/" + name, name, body);
    }
    put("/vendor/socket.io-client.LICENSE.txt", "LICENSE.txt", required(VENDOR + "LICENSE"));
  }

  private void addDocs(byte[] openApiJson, byte[] openApiYaml) {
    put(DOCS, "index.html", required("docs/index.html"));
    put(DOCS + "/initializer.js", "initializer.js", required("docs/initializer.js"));
    put(DOCS + "/openapi.json", "openapi.json", openApiJson);
    put(DOCS + "/openapi.yaml", "openapi.yaml", openApiYaml);
    String folder = WEBJAR + swaggerVersion() + "/";
    for (String name : SWAGGER_FILES) {
      put(DOCS + "/" + name, name, required(folder + name));
    }
    redirects.put(DOCS + "/", DOCS);
  }

  private String swaggerVersion() {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(new String(required(WEBJAR_PROPERTIES), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(WEBJAR_PROPERTIES, e);
    }
    return properties.getProperty("version", "");
  }

  private static String policy(String styles) {
    return "default-src 'self'; connect-src 'self' ws: wss:; style-src "
        + styles
        + "; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
        + " frame-ancestors 'none'";
  }

  private void put(String path, String name, byte[] body) {
    String policy = path.startsWith(DOCS) ? DOCS_POLICY : PAGE_POLICY;
    ContentTypes.of(name).ifPresent(type -> files.put(path, StaticFile.of(body, type, policy)));
  }

  private byte[] required(String name) {
    return classPath
        .read(name)
        .orElseThrow(() -> new IllegalStateException("not on the class path: " + name));
  }
}
