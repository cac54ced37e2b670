package io.realtime.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.realtime.verification.architecture.Repository.SourceFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that cannot fail guards nothing: each one meets a planted violation. */
class PlantedViolationTest {
  private static final String PLANTED = "io.realtime.verification.architecture.planted";
  private static final String DOT = ".";
  private static final String SLEEPS = "Thread" + DOT + "sleep(5);";
  private static final DependencyRules RULES = new DependencyRules(PLANTED);
  private static final JavaClasses CLASSES = classesBelow(PLANTED);

  @Test
  void cycle_betweenNeighbours_isFound() {
    JavaClasses planted = classesBelow(PLANTED + ".cycle");
    assertThat(planted).hasSize(2);
    assertThatThrownBy(() -> RULES.checkNoPackageCycles(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected")
        .hasMessageContaining("cycle.left")
        .hasMessageContaining("cycle.right");
  }

  @Test
  void cycle_withASubPackage_isFound() {
    JavaClasses planted = classesBelow(PLANTED + ".nested");
    assertThat(planted).hasSize(2);
    assertThatThrownBy(() -> RULES.checkNoPackageCycles(planted))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nested.inner");
  }

  @Test
  void cycle_oneDirectionOnly_isNone() {
    assertThatCode(() -> RULES.checkNoPackageCycles(classesBelow(PLANTED + ".notify")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "notify.kafka, ImportsASibling",
    "notify.http, ReachesBehindTheApi",
    "notify.app, ImportsTheDemo",
    "socketio.server, ImportsTheProduct",
  })
  void direction_broken_isFound(String module, String culprit) {
    assertThatThrownBy(() -> RULES.checkDirections(module, CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(culprit);
  }

  @Test
  void direction_kept_passes() {
    assertThatCode(() -> RULES.checkDirections("notify.core", CLASSES)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"io.netty", "org.apache.kafka", "tools.jackson.databind"})
  void library_usedByAStranger_isFound(String library) {
    assertThatThrownBy(() -> RULES.checkLibraryOwner(library, CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ImportsForeignLibraries");
  }

  @Test
  void library_usedByItsOwner_passes() {
    JavaClasses owner = classesBelow(PLANTED + ".socketio.netty");
    assertThat(owner).isNotEmpty();
    assertThatCode(() -> RULES.checkLibraryOwner("io.netty", owner)).doesNotThrowAnyException();
  }

  @Test
  void protocol_withInputOutput_isFound() {
    assertThatThrownBy(() -> RULES.checkProtocolIsPure(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("OpensASocket");
  }

  @Test
  void class_outsideTheLayout_isFound() {
    assertThatThrownBy(() -> RULES.checkEveryClassHasAPlace(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("cycle.left");
  }

  @Test
  void poms_siblingsAndDemo_areFound() {
    List<Pom> poms =
        List.of(
            pom("notify-app", "notify-kafka"),
            pom("notify-kafka", "notify-http"),
            pom("notify-http", "demo-shop"));
    assertThat(PomRules.directionViolations(poms))
        .containsExactly(
            "notify-kafka must not depend on notify-http",
            "notify-http must not depend on demo-shop");
    assertThat(PomRules.demoReachableFrom("notify-app", poms)).containsExactly("demo-shop");
  }

  @Test
  void sleep_inATest_isFound() {
    assertThat(SourceRules.sleepsInTests(file("a/src/test/java/T.java", SLEEPS))).hasSize(1);
    assertThat(SourceRules.sleepsInTests(file("a/src/main/java/T.java", SLEEPS))).isEmpty();
  }

  @Test
  void skippedTest_anyForm_isFound() {
    assertThat(SourceRules.skippedTests(file("a/src/test/java/T.java", "@" + "Disabled(\"x\")")))
        .hasSize(1);
    assertThat(SourceRules.skippedTests(file("a/src/test/java/T.java", "assume" + "True(x);")))
        .hasSize(1);
  }

  @Test
  void machinePath_inASource_isFound() {
    assertThat(SourceRules.machinePaths(file("run", "cd /" + "work/main\ncd /" + "tmp")))
        .hasSize(2);
    assertThat(SourceRules.machinePaths(file("run", "cd $HOME/" + "work; cd a/" + "tmp/b")))
        .isEmpty();
    assertThat(SourceRules.registryHosts(file("lock", "https://registry" + DOT + "npmjs.org/ws")))
        .hasSize(1);
  }

  @Test
  void file_oneLineTooLong_isFound() {
    String full = "x\n".repeat(SourceRules.MAX_LINES);
    assertThat(SourceRules.longFiles(file("A.java", full), Map.of())).isEmpty();
    assertThat(SourceRules.longFiles(file("A.java", full + "x\n"), Map.of())).hasSize(1);
    Map<String, Integer> known = Map.of("A.java", SourceRules.MAX_LINES + 1);
    assertThat(SourceRules.longFiles(file("b/A.java", full + "x\n"), known)).isEmpty();
    assertThat(SourceRules.longFiles(file("b/A.java", full + "x\nx\n"), known)).hasSize(1);
  }

  @Test
  void package_withoutDescription_isFound() {
    assertThat(SourceRules.undescribedPackages(file("m/src/main/java/a/A.java", "class A {}")))
        .containsExactly("m/src/main/java/a");
  }

  @ParameterizedTest
  @CsvSource({
    "order.created, 1",
    "admin:order:updated, 1",
    "inventory:updated, 1",
    "notification, 1",
    "admin:alert, 1",
    "inventory:updates, 0",
    "subscribe:orders, 0",
    "admin:dashboard, 0"
  })
  void eventName_asALiteral_isFoundOutsideTheCatalogue(String name, int found) {
    String line = "String name = \"" + name + "\";";
    assertThat(SourceRules.eventNamesOutsideCatalogue(file("notify/src/main/java/io/A.java", line)))
        .hasSize(found);
    assertThat(
            SourceRules.eventNamesOutsideCatalogue(
                file("notify/src/main/java/io/notify/core/catalogue/A.java", line)))
        .isEmpty();
  }

  private static JavaClasses classesBelow(String name) {
    return new ClassFileImporter().importPackages(name);
  }

  private static List<SourceFile> file(String path, String text) {
    return List.of(new SourceFile(path, text));
  }

  private static Pom pom(String artifact, String dependency) {
    return Pom.parse(
        """
        <project><artifactId>%s</artifactId><dependencies><dependency>
        <groupId>io.realtime</groupId><artifactId>%s</artifactId>
        </dependency></dependencies></project>
        """
            .formatted(artifact, dependency));
  }
}
