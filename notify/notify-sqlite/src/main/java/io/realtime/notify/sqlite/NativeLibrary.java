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

  /** More than the library takes, and the log's first pages with it. */
  private static final int ROOM_BYTES = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /**
   * Has an effect the first time in a process; a setting of the user's own wins.
   *
   * @throws StoreFileException when there is no room for it: the driver would say that at length,
   *     and not where
   */
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
      requireRoom(directory);
      System.setProperty(DIRECTORY, directory.toString());
    } catch (IOException e) {
      LOG.warn("store: {} cannot be used for the native library: {}", directory, e.toString());
    }
  }

  private static void requireRoom(Path directory) {
    Path room = directory.resolve("sqlite-room");
    try {
      try {
        Files.write(room, new byte[ROOM_BYTES]);
      } finally {
        Files.deleteIfExists(room);
      }
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new StoreFileException(
          "DATA_DIR: "
              + directory.getParent()
              + " cannot be used: "
              + reason
              + " (expected: a directory that this user may write to, on a disk with at least "
              + (ROOM_BYTES >> 20)
              + " MiB of free space)",
          e);
    }
  }
}
