package io.realtime.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.architecture.Repository.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of the protocol's facts, and the rules over it. */
class ConformanceTableTest {
  private static final List<SourceFile> SOURCES = Repository.find().sources();
  private static final SourceFile PLANTED =
      new SourceFile(
          "m/src/test/java/PlantedTest.java",
          "class PlantedTest {\n  @Test\n  void a_b_c() {\n  }\n\n  void helps() {\n  }\n}\n");

  @Test
  void page_everyFact_namesATestThatExists() {
    String page =
        SOURCES.stream()
            .filter(source -> source.path().equals(ConformanceTable.PAGE))
            .findFirst()
            .orElseThrow()
            .text();
    assertThat(page.lines().filter(line -> line.startsWith("| "))).hasSizeGreaterThan(80);
    assertThat(ConformanceTable.factsWithoutATest(page)).isEmpty();
    assertThat(ConformanceTable.testsThatDoNotExist(page, SOURCES)).isEmpty();
  }

  @Test
  void pageOfFaults_everyCase_namesATestThatExists() {
    String page =
        SOURCES.stream()
            .filter(source -> source.path().equals("docs/ABUSE.md"))
            .findFirst()
            .orElseThrow()
            .text();
    assertThat(page.lines().filter(line -> line.startsWith("| "))).hasSizeGreaterThan(35);
    assertThat(ConformanceTable.factsWithoutATest(page)).isEmpty();
    assertThat(ConformanceTable.testsThatDoNotExist(page, SOURCES)).isEmpty();
  }

  @Test
  void fact_withoutATest_isFound() {
    String page = "| fact | shown by |\n|---|---|\n| a | `PlantedTest.a_b_c` |\n| b | - |\n";
    assertThat(ConformanceTable.factsWithoutATest(page)).containsExactly("| b | - |");
  }

  @Test
  void test_renamedOrNone_isFound() {
    String page = "`PlantedTest.a_b_c` `PlantedTest.gone` `PlantedTest.helps` `NoTest.a_b_c`";
    assertThat(ConformanceTable.testsThatDoNotExist(page, List.of(PLANTED)))
        .containsExactly("`PlantedTest.gone`", "`PlantedTest.helps`", "`NoTest.a_b_c`");
  }
}
