package io.realtime.verification.harness;

import io.realtime.verification.architecture.Repository;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A headless browser. */
public final class Browser implements AutoCloseable {
  private final NodeProcess node;
  private final AtomicInteger numbers = new AtomicInteger();

  Browser(Path folder, Path executable) {
    node = new NodeProcess(folder, report -> {}, "browser.mjs", executable.toString());
  }

  /** One that needs nothing of the product. */
  public static Browser launch() {
    return new Browser(
        Repository.find().root().resolve("verification/target/js"), Stack.chromium());
  }

  /** What a page is opened with. */
  public record View(int width, int height, String scheme) {
    public static final View DESKTOP = new View(1280, 900, "light");
    public static final View PHONE = new View(360, 740, "light");
    public static final View DARK = new View(1280, 900, "dark");
  }

  /** A new page in a context of its own. */
  public Page open(String url, View view) {
    Page page = new Page("page-" + numbers.incrementAndGet());
    page.call(
        "open",
        Map.of(
            "url", url, "width", view.width(), "height", view.height(), "scheme", view.scheme()));
    return page;
  }

  /** One page. */
  public final class Page implements AutoCloseable {
    private final String name;

    private Page(String name) {
      this.name = name;
    }

    /** Waits until an element that {@code selector} finds shows {@code text}. */
    public void awaitText(String selector, String text) {
      call("awaitText", Map.of("selector", selector, "text", text));
    }

    public String text(String selector) {
      return call("text", Map.of("selector", selector)).asString();
    }

    /** The value of a JavaScript expression in the page. */
    public JsonNode evaluate(String expression) {
      return call("evaluate", Map.of("script", expression));
    }

    public void offline(boolean offline) {
      call("offline", Map.of("offline", offline));
    }

    public void screenshot(Path file) {
      call("screenshot", Map.of("file", file.toAbsolutePath().toString()));
    }

    /** Errors that the page has logged or thrown. */
    public List<String> problems() {
      return call("problems", Map.of()).values().stream().map(JsonNode::asString).toList();
    }

    private JsonNode call(String command, Map<String, Object> parameters) {
      Map<String, Object> all = new LinkedHashMap<>(parameters);
      all.put("page", name);
      return node.call(command, all);
    }

    @Override
    public void close() {
      call("close", Map.of());
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
