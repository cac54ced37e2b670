package io.realtime.verification.chaos.world;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The disk of the service's store, which can be full: a small tmpfs when this process may mount one
 * in a namespace of its own, else a limit on the size of the service's files. One thread.
 */
final class Disk implements AutoCloseable {
  /** Set by {@code ./chaos} when mounts of this process are nobody else's. */
  private static final String OWN_MOUNTS = "CHAOS_OWN_MOUNTS";

  private static final int MEGABYTES = 64;

  private final Path folder;
  private final boolean mounted;

  Disk(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mounted =
        Boolean.parseBoolean(System.getenv(OWN_MOUNTS))
            && runs("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "chaos", "" + folder);
  }

  /** Nothing can be written any more; whether that could be done. */
  boolean fill(long servicePid) {
    if (!mounted) {
      return runs("prlimit", "--pid", "" + servicePid, "--fsize=4096:unlimited");
    }
    byte[] megabyte = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(megabyte);
      }
    } catch (IOException e) {
      return true;
    }
  }

  /** There is room again. */
  void free(long servicePid) {
    if (!mounted) {
      runs("prlimit", "--pid", "" + servicePid, "--fsize=unlimited:unlimited");
      return;
    }
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (mounted) {
      runs("umount", "--lazy", folder.toString());
    }
  }
}
