package io.realtime.verification.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The checkout that the tests run in: its modules, compiled classes and source texts. */
public final class Repository {
  private static final Set<String> NOT_SOURCES =
      Set.of(".git", ".idea", "target", "node_modules", "data", "dist");
  private static final Set<String> BINARY =
      Set.of("png", "ico", "jar", "jks", "p12", "woff2", "jpg", "gif");

  private final Path root;

  private Repository(Path root) {
    this.root = root;
  }

  /** Found upwards from the working directory: the folder that holds the build's settings. */
  public static Repository find() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no .mvn folder above the working directory");
      }
      folder = parent;
    }
    return new Repository(folder);
  }

  public Path root() {
    return root;
  }

  /** Paths of the modules below the root, as the root pom lists them. */
  public List<String> modules() {
    return Pom.parse(text(root.resolve("pom.xml"))).modules();
  }

  /** The poms of all modules. */
  public List<Pom> poms() {
    return modules().stream()
        .map(module -> Pom.parse(text(root.resolve(module).resolve("pom.xml"))))
        .toList();
  }

  /** The compiled main classes of all modules. */
  public JavaClasses mainClasses() {
    List<Path> folders =
        modules().stream()
            .map(module -> root.resolve(module).resolve("target/classes"))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter().importPaths(folders);
  }

  /** Every text file that belongs to the repository. */
  public List<SourceFile> sources() {
    List<SourceFile> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = String.valueOf(folder.getFileName());
              return !folder.equals(root) && NOT_SOURCES.contains(name)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              String path = root.relativize(file).toString();
              // In a second work tree .git is a file.
              if (!path.equals(".git") && !BINARY.contains(extension(path))) {
                found.add(new SourceFile(path, text(file)));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(found);
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One file.
   *
   * @param path below the root, with slashes
   */
  public record SourceFile(String path, String text) {
    public boolean java() {
      return path.endsWith(".java");
    }

    public boolean test() {
      return path.contains("src/test/");
    }
  }
}
