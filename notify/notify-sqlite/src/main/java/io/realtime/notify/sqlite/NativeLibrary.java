package io.realtime.notify.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the driver unpacks its native library: beside the store. In the system's temporary
 * directory each process that is killed would leave a copy behind, and that directory may forbid
 * programs.
 */
final class NativeLibrary {
  private static final String DIRECTORY = "org.sqlite.tmpdir";
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /** Has an effect the first time in a process; a setting of the user's own wins. */
  static void prepare(Path storeFile) {
    if (System.getProperty(DIRECTORY) != null) {
      return;
    }
    Path directory = storeFile.toAbsolutePath().resolveSibling("native");
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "sqlite-*")) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
      System.setProperty(DIRECTORY, directory.toString());
    } catch (IOException e) {
      LOG.warn("store: {} cannot be used for the native library: {}", directory, e.toString());
    }
  }
}
