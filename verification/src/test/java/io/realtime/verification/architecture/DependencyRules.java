package io.realtime.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.stream.Stream;

/** Rules over compiled classes. Each throws an {@code AssertionError} that names the violations. */
final class DependencyRules {
  private final String root;

  /**
   * @param root the package that holds {@code socketio}, {@code notify} and {@code demo}
   */
  DependencyRules(String root) {
    this.root = root;
  }

  /** {@code module} uses only what {@link Layout#MAY_USE} names for it. */
  void checkDirections(String module, JavaClasses classes) {
    List<String> allowed = Layout.MAY_USE.getOrDefault(module, List.of());
    String[] packages =
        Stream.concat(Stream.of(module), allowed.stream()).map(this::below).toArray(String[]::new);
    classes()
        .that(resideInAPackage(below(module)))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(root + "..")).or(resideInAnyPackage(packages)))
        .because("architecture: " + module + " may use only " + allowed)
        .allowEmptyShould(true)
        .check(classes);
  }

  /** Only the owners that {@link Layout#LIBRARY_OWNERS} names use {@code library}. */
  void checkLibraryOwner(String library, JavaClasses classes) {
    List<String> owners = Layout.LIBRARY_OWNERS.getOrDefault(library, List.of());
    String[] packages = owners.stream().map(this::below).toArray(String[]::new);
    noClasses()
        .that(resideInAPackage(root + "..").and(not(resideInAnyPackage(packages))))
        .should()
        .dependOnClassesThat(resideInAPackage(library + ".."))
        .because("architecture: only " + owners + " may see " + library)
        .allowEmptyShould(true)
        .check(classes);
  }

  /** The codec is pure: the JDK's base packages, its JSON tokenizer and null annotations. */
  void checkProtocolIsPure(JavaClasses classes) {
    classes()
        .that(resideInAPackage(below("socketio.protocol")))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                below("socketio.protocol"),
                "java.lang..",
                "java.math..",
                "java.nio..",
                "java.io",
                "java.util..",
                "tools.jackson.core..",
                "org.jspecify.annotations"))
        .because("architecture: bytes to packets, without I/O or a clock")
        .allowEmptyShould(true)
        .check(classes);
  }

  /** No two packages reach each other, neighbours or nested. */
  void checkNoPackageCycles(JavaClasses classes) {
    SlicesRuleDefinition.slices()
        .assignedFrom(new EachPackage(root))
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(classes);
  }

  /** Every class lives below a package that the layout names. */
  void checkEveryClassHasAPlace(JavaClasses classes) {
    classes()
        .that(resideInAPackage(root + ".."))
        .should()
        .resideInAnyPackage(
            Layout.MAY_USE.keySet().stream().map(this::below).toArray(String[]::new))
        .check(classes);
  }

  private String below(String relative) {
    return root + "." + relative + "..";
  }

  private record EachPackage(String root) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getPackageName();
      return name.startsWith(root) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages below " + root;
    }
  }
}
