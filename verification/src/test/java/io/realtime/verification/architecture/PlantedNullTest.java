package io.realtime.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The compiler's gates are part of the build's settings: a small module with the root pom as its
 * parent is built by Maven itself, once with planted faults and once without them.
 */
class PlantedNullTest {
  private static final Path ROOT = Repository.find().root();

  private static final String FAULTY =
      """
      package planted;

      import org.jspecify.annotations.NullMarked;
      import org.jspecify.annotations.Nullable;

      /** Planted. */
      @NullMarked
      public final class Example {
        private Example() {}

        /** Dereferences what may be null. */
        public static int length(@Nullable String text) {
          return text.length();
        }

        /** Returns null where no null may be. */
        public static String name() {
          return null;
        }
      }
      """;

  private static final String CORRECTED =
      FAULTY
          .replace("return text.length()", "return text == null ? 0 : text.length()")
          .replace("return null", "return \"name\"");

  @Test
  void null_dereferencedOrReturned_failsTheBuild() throws Exception {
    Outcome outcome = build("faulty", FAULTY);
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output())
        .contains("[NullAway] dereferenced expression 'text' is @Nullable")
        .contains("[NullAway] returning @Nullable expression");
  }

  @Test
  void null_handled_passesTheBuild() throws Exception {
    Outcome outcome = build("corrected", CORRECTED);
    assertThat(outcome.output()).doesNotContain("NullAway");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void package_withoutNullMarking_failsTheBuild() throws Exception {
    Outcome outcome =
        build("unmarked", "package planted;\n\npublic final class Example {\n  Example() {}\n}\n");
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output()).contains("RequireExplicitNullMarking");
  }

  private static Outcome build(String name, String source)
      throws IOException, InterruptedException {
    Path module = ROOT.resolve("verification/target/planted").resolve(name);
    Path file = module.resolve("src/main/java/planted/Example.java");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, source);
    Files.writeString(module.resolve("pom.xml"), pom(module, name));
    Files.deleteIfExists(module.resolve("target/classes/planted/Example.class"));
    Path log = module.resolve("build.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    System.getProperty("maven.home") + "/bin/mvn",
                    "--offline",
                    "--batch-mode",
                    "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                    "-Dspotless.check.skip=true",
                    "--file=" + module.resolve("pom.xml"),
                    "compile"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the build ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(log));
  }

  private static String pom(Path module, String name) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>io.realtime</groupId>
            <artifactId>realtime-service</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            <relativePath>%s</relativePath>
          </parent>
          <artifactId>planted-%s</artifactId>
        </project>
        """
        .formatted(module.relativize(ROOT.resolve("pom.xml")), name);
  }

  private record Outcome(int exitCode, String output) {}
}
