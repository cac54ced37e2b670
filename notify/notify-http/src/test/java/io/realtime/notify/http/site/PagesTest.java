package io.realtime.notify.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realtime.socketio.server.http.HttpHeaders;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final String FOLDER = "pages-under-test/";
  @TempDir Path temp;

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** A class path with {@code folder}, as a directory or as a jar, before the product's own. */
  private URLClassLoader classPath(boolean jar, String folder, Map<String, String> files)
      throws IOException {
    Path root = temp.resolve("classes");
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(root.resolve(folder + file.getKey()), file.getValue());
    }
    Path entry = root;
    if (jar) {
      entry = temp.resolve("pages.jar");
      try (OutputStream out = Files.newOutputStream(entry);
          JarOutputStream archive = new JarOutputStream(out)) {
        archive.putNextEntry(new JarEntry(folder));
        for (Map.Entry<String, String> file : files.entrySet()) {
          archive.putNextEntry(new JarEntry(folder + file.getKey()));
          archive.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return new URLClassLoader(new URL[] {entry.toUri().toURL()}, PagesTest.class.getClassLoader());
  }

  private static Optional<HttpReply> get(Site site, String path) {
    return site.get(
        new HttpRequest(
            "GET",
            path,
            path,
            Map.of(),
            HttpHeaders.empty(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            false,
            new byte[0]));
  }

  private static Site load(ClassLoader loader) {
    return Site.load(loader, new byte[0], new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pages_areServedUnderTheirNamesAndShortly(boolean jar) throws IOException {
    Map<String, String> files =
        Map.of(
            "storefront.html", "<p>shop",
            "planted/index.html", "<p>planted",
            "planted/app.js", "let a",
            "shared/style.css", "a{}",
            "planted/notes.class", "no");
    try (URLClassLoader loader = classPath(jar, "pages/", files)) {
      Site site = load(loader);
      assertThat(new String(get(site, "/planted").orElseThrow().body(), StandardCharsets.UTF_8))
          .isEqualTo("<p>planted");
      HttpReply script = get(site, "/pages/planted/app.js").orElseThrow();
      assertThat(script.headers().first("content-type")).hasValue("text/javascript; charset=UTF-8");
      assertThat(get(site, "/pages/shared/style.css")).isPresent();
      assertThat(get(site, "/planted/").orElseThrow().headers().first("location"))
          .hasValue("/planted");
      assertThat(get(site, "/").orElseThrow().headers().first("location")).hasValue("/storefront");
      assertThat(get(site, "/pages/planted/notes.class")).isEmpty();
    }
  }

  @Test
  void page_mayRunNoInlineScript() throws IOException {
    try (URLClassLoader loader = classPath(false, "pages/", Map.of("planted.html", "x"))) {
      String policy =
          get(load(loader), "/planted")
              .orElseThrow()
              .headers()
              .first("content-security-policy")
              .orElseThrow();
      assertThat(policy).startsWith("default-src 'self'").doesNotContain("script-src");
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void folder_atItsLimitAndPastIt(boolean jar) throws IOException {
    Map<String, String> files = new java.util.TreeMap<>();
    for (int i = 0; i < ClassPathFiles.MAX_FILES; i++) {
      files.put("f%03d.txt".formatted(i), "x");
    }
    try (URLClassLoader loader = classPath(jar, FOLDER, files)) {
      assertThat(new ClassPathFiles(loader).readAll(FOLDER)).hasSize(ClassPathFiles.MAX_FILES);
    }
    files.put("one-more.txt", "x");
    try (URLClassLoader loader = classPath(jar, FOLDER, files)) {
      assertThatThrownBy(() -> new ClassPathFiles(loader).readAll(FOLDER))
          .hasMessageContaining("more than 256 files");
    }
  }

  @Test
  void file_atItsLimitAndPastIt() throws IOException {
    String longest = "x".repeat(ClassPathFiles.MAX_FILE_BYTES);
    try (URLClassLoader loader = classPath(false, FOLDER, Map.of("a.txt", longest))) {
      assertThat(new ClassPathFiles(loader).read(FOLDER + "a.txt").orElseThrow())
          .hasSize(ClassPathFiles.MAX_FILE_BYTES);
    }
    try (URLClassLoader loader = classPath(false, FOLDER, Map.of("a.txt", longest + "x"))) {
      assertThatThrownBy(() -> new ClassPathFiles(loader).readAll(FOLDER))
          .hasMessageContaining("longer than");
    }
  }

  @Test
  void folder_thatIsMissing_isEmpty() {
    assertThat(new ClassPathFiles(PagesTest.class.getClassLoader()).readAll("no-such-folder/"))
        .isEmpty();
  }
}
