package io.realtime.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.realtime.verification.architecture.Repository.SourceFile;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, applied to what is built. {@link PlantedViolationTest} tests the rules. */
class ArchitectureTest {
  private static final Repository REPOSITORY = Repository.find();
  private static final JavaClasses CLASSES = REPOSITORY.mainClasses();
  private static final List<SourceFile> SOURCES = REPOSITORY.sources();
  private static final DependencyRules RULES = new DependencyRules("io.realtime");

  static Set<String> modules() {
    return Layout.MAY_USE.keySet();
  }

  static Set<String> libraries() {
    return Layout.LIBRARY_OWNERS.keySet();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void module_compiled_hasClassesToCheck(String module) {
    Set<String> packages =
        CLASSES.stream().map(found -> found.getPackageName() + ".").collect(Collectors.toSet());
    assertThat(packages).anyMatch(name -> name.startsWith("io.realtime." + module + "."));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void module_anyClass_usesOnlyWhatItsDirectionAllows(String module) {
    RULES.checkDirections(module, CLASSES);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void library_anyUse_isInTheModuleThatOwnsIt(String library) {
    RULES.checkLibraryOwner(library, CLASSES);
  }

  @Test
  void classes_all_liveBelowAModuleOfTheLayout() {
    RULES.checkEveryClassHasAPlace(CLASSES);
  }

  @Test
  void protocol_anyClass_needsNoInputOutputAndNoClock() {
    RULES.checkProtocolIsPure(CLASSES);
  }

  @Test
  void packages_all_areFreeOfCycles() {
    RULES.checkNoPackageCycles(CLASSES);
  }

  @Test
  void poms_all_followTheDirections() {
    assertThat(PomRules.directionViolations(REPOSITORY.poms())).isEmpty();
  }

  @Test
  void serve_classPath_holdsNoDemo() {
    assertThat(PomRules.reachable("notify-app", REPOSITORY.poms())).contains("socketio-protocol");
    assertThat(PomRules.demoReachableFrom("notify-app", REPOSITORY.poms())).isEmpty();
  }

  @Test
  void sources_all_areRead() {
    assertThat(SOURCES).extracting(SourceFile::path).contains("pom.xml", ".gitignore");
    assertThat(SOURCES).filteredOn(SourceFile::java).hasSizeGreaterThan(50);
  }

  @Test
  void tests_all_waitWithoutSleeping() {
    assertThat(SourceRules.sleepsInTests(SOURCES)).isEmpty();
  }

  @Test
  void tests_all_run() {
    assertThat(SourceRules.skippedTests(SOURCES)).isEmpty();
  }

  @Test
  void sources_all_nameNoMachine() {
    assertThat(SourceRules.machinePaths(SOURCES)).isEmpty();
    assertThat(SourceRules.registryHosts(SOURCES)).isEmpty();
  }

  @Test
  void files_all_areShort() {
    assertThat(SourceRules.longFiles(SOURCES, Layout.KNOWN_LONG_FILES)).isEmpty();
  }

  @Test
  void packages_all_sayWhatTheyAreFor() {
    assertThat(SourceRules.undescribedPackages(SOURCES)).isEmpty();
  }

  @Test
  void eventNames_outsideTheCatalogue_areUnknown() {
    assertThat(SourceRules.eventNamesOutsideCatalogue(SOURCES)).isEmpty();
  }
}
