package io.realtime.verification.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A Node script that is told what to do by JSON lines and answers each command under its number; it
 * ends when this JVM does, because its standard input ends then. Any thread may call.
 */
final class NodeProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 45;

  private final Process process;
  private final BufferedWriter input;
  private final Consumer<JsonNode> reports;
  private final Map<String, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /**
   * Returns when the script has said that it is ready.
   *
   * @param reports gets every line that answers no call, on the reading thread
   */
  NodeProcess(Path folder, Consumer<JsonNode> reports, String... scriptAndArguments) {
    this.reports = reports;
    CompletableFuture<JsonNode> ready = new CompletableFuture<>();
    calls.put("ready", ready);
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(scriptAndArguments));
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    input =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread.ofPlatform().daemon().name("node-" + scriptAndArguments[0]).start(this::read);
    await(ready, String.join(" ", scriptAndArguments));
  }

  /** Runs a command of the script; its result. */
  JsonNode call(String command, Map<String, ?> parameters) {
    String number = Long.toString(numbers.incrementAndGet());
    Map<String, Object> line = new LinkedHashMap<>(parameters);
    line.put("call", number);
    line.put("command", command);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(number, answer);
    synchronized (input) {
      try {
        input.write(Json.write(line));
        input.newLine();
        input.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return await(answer, command);
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        JsonNode report = Json.read(line);
        CompletableFuture<JsonNode> call = calls.remove(report.path("call").asString(""));
        if (call == null) {
          reports.accept(report);
        } else if (report.has("error")) {
          call.completeExceptionally(new AssertionError(report.get("error").asString()));
        } else {
          call.complete(report.path("result"));
        }
      }
    } catch (IOException e) {
      // The script has ended, which the calls below are told.
    }
    calls.values().forEach(call -> call.completeExceptionally(new AssertionError("Node ended")));
  }

  private static JsonNode await(CompletableFuture<JsonNode> answer, String what) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(what + " failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(what + " did not answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(what + " was interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      input.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
