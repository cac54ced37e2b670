package io.realtime.notify.app.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The data directory of one node, locked while it is open, and the node id kept in it. The id is
 * what lets a node that was killed replace its dead self in the consumer group at once.
 */
public final class NodeHome implements AutoCloseable {
  private static final Pattern NODE_ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String nodeId;
  private final FileChannel channel;

  private NodeHome(String nodeId, FileChannel channel) {
    this.nodeId = nodeId;
    this.channel = channel;
  }

  /**
   * Locks {@code directory}, which is created when it is missing.
   *
   * @throws NodeHomeException when it is in use or cannot be written to
   */
  public static NodeHome open(Path directory) {
    FileChannel channel = lock(directory);
    try {
      return new NodeHome(nodeId(directory), channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw unusable(directory, e);
    } catch (NodeHomeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static FileChannel lock(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel).isEmpty()) {
        closeQuietly(channel);
        throw new NodeHomeException(
            "DATA_DIR: "
                + directory
                + " is in use by another process (expected: a directory of its own for each node)");
      }
      return channel;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** The channel keeps the lock until it is closed. */
  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static String nodeId(Path directory) throws IOException {
    Path file = directory.resolve("node-id");
    try {
      String id = Files.readString(file).strip();
      if (NODE_ID.matcher(id).matches()) {
        return id;
      }
      throw new NodeHomeException(
          "DATA_DIR: " + file + " is damaged (expected: lower-case letters, digits and -)");
    } catch (NoSuchFileException e) {
      byte[] bytes = new byte[8];
      RANDOM.nextBytes(bytes);
      String id = "node-" + HexFormat.of().formatHex(bytes);
      Path fresh = directory.resolve("node-id.new");
      Files.writeString(fresh, id + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return id;
    }
  }

  private static NodeHomeException unusable(Path directory, IOException e) {
    return new NodeHomeException(
        "DATA_DIR: "
            + directory
            + " cannot be used: "
            + reason(e)
            + " (expected: a directory that this user may write to, on a disk with free space)");
  }

  /** What the system said, where that is more than the name of the failure. */
  private static String reason(IOException e) {
    String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }

  /** Stable for this directory; letters, digits and {@code -}. */
  public String nodeId() {
    return nodeId;
  }

  /** Gives the directory free. */
  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
