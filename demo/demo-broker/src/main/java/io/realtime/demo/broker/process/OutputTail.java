package io.realtime.demo.broker.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what one child says: waits for its first word, keeps the last lines in memory and the
 * output in a file that starts over when it is full. One daemon thread until the output ends.
 */
final class OutputTail {
  /** Lines kept for an error message. */
  static final int MAX_LINES = 50;

  /** Characters kept of one line. */
  static final int MAX_LINE_LENGTH = 1_000;

  /** Size at which the file starts over, in characters. */
  static final long MAX_FILE_SIZE = 1_000_000;

  private final Path file;
  private final Deque<String> lines = new ArrayDeque<>();
  private final CompletableFuture<String> firstWord = new CompletableFuture<>();

  OutputTail(Process process, Path file) {
    this.file = file;
    Thread.ofPlatform().daemon().name("broker-output").start(() -> read(process));
  }

  /** The line that begins with {@code READY} or {@code FAILED}; empty text when there was none. */
  CompletableFuture<String> firstWord() {
    return firstWord;
  }

  /** The last lines, oldest first. */
  synchronized String text() {
    return String.join(System.lineSeparator(), lines);
  }

  private void read(Process process) {
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        BoundedFile out = new BoundedFile(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        keep(line);
        out.write(line);
      }
    } catch (IOException | UncheckedIOException e) {
      keep("output lost: " + e.getMessage());
    } finally {
      firstWord.complete("");
    }
  }

  private void keep(String line) {
    String shown = line.length() > MAX_LINE_LENGTH ? line.substring(0, MAX_LINE_LENGTH) : line;
    synchronized (this) {
      if (lines.size() == MAX_LINES) {
        lines.removeFirst();
      }
      lines.addLast(shown);
    }
    if (shown.startsWith("READY ") || shown.startsWith("FAILED ")) {
      firstWord.complete(shown);
    }
  }

  /** A log file that is emptied when it is full. */
  private static final class BoundedFile implements AutoCloseable {
    private final Path path;
    private java.io.Writer out;
    private long size;

    BoundedFile(Path path) throws IOException {
      this.path = path;
      Files.createDirectories(path.toAbsolutePath().getParent());
      this.out = Files.newBufferedWriter(path);
    }

    void write(String line) throws IOException {
      if (size > MAX_FILE_SIZE) {
        out.close();
        out = Files.newBufferedWriter(path);
        size = 0;
      }
      out.write(line);
      out.write('\n');
      out.flush();
      size += line.length() + 1L;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
