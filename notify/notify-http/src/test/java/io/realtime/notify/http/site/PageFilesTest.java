package io.realtime.notify.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the pages' files without a browser. */
class PageFilesTest {
  private static final ClassPathFiles CLASS_PATH =
      new ClassPathFiles(PageFilesTest.class.getClassLoader());
  private static final Map<String, String> PAGES = pages();

  @ParameterizedTest
  @CsvSource({
    "storefront.html, connection-state connection-detail connection-log orders stock notifications",
    "admin.html, connection-state connection-detail connection-log feed alerts users"
        + " total-connections unique-users"
  })
  void page_hasTheIdsThatOthersRelyOn(String page, String ids) {
    for (String id : ids.split(" ", -1)) {
      assertThat(PAGES.get(page)).contains("id=\"" + id + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"storefront.html", "admin.html"})
  void page_hasNothingInline(String page) {
    assertThat(PAGES.get(page))
        .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
        .doesNotContainPattern("<style")
        .doesNotContainPattern("\\sstyle=")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("(?i)javascript:");
  }

  @Test
  void script_neverMakesMarkupOrCodeOfText() {
    Map<String, String> scripts = new TreeMap<>(PAGES);
    scripts.keySet().removeIf(name -> !name.endsWith(".js"));

    assertThat(scripts).isNotEmpty();
    scripts.forEach(
        (name, source) ->
            assertThat(source)
                .as(name)
                .doesNotContainPattern(
                    "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function"
                        + "|setAttribute\\(\"(style|on)"));
  }

  @Test
  void file_namesOnlyFilesThatAreServed() {
    List<String> references =
        PAGES.entrySet().stream()
            .flatMap(file -> references(file.getKey(), file.getValue()))
            .distinct()
            .toList();

    assertThat(references).contains("pages/assets/storefront.js", "vendor/socket.io.esm.min.js");
    for (String reference : references) {
      String resource = reference.replace("vendor/", "META-INF/socket.io-client/");
      assertThat(CLASS_PATH.read(resource)).as(reference).isPresent();
    }
  }

  /** Of {@code src}, {@code href} and imports, those that are files of ours. */
  private static Stream<String> references(String name, String text) {
    Stream<String> absolute =
        Pattern.compile("\"/((?:pages|vendor)/[^\"]+)\"")
            .matcher(text)
            .results()
            .map(match -> match.group(1));
    Stream<String> relative =
        Pattern.compile("from \"\\./([^\"]+)\"")
            .matcher(text)
            .results()
            .map((MatchResult match) -> "pages/" + folder(name) + match.group(1));
    return Stream.concat(absolute, relative);
  }

  private static String folder(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  private static Map<String, String> pages() {
    Map<String, String> texts = new TreeMap<>();
    CLASS_PATH
        .readAll("pages/")
        .forEach((name, body) -> texts.put(name, new String(body, StandardCharsets.UTF_8)));
    assertThat(Optional.ofNullable(texts.get("admin.html"))).isPresent();
    return texts;
  }
}
