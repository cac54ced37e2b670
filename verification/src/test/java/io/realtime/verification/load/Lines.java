package io.realtime.verification.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link ChildJvm}: one line in, one line out. */
final class Lines {
  private Lines() {}

  /** Does what a command says; its answer must be one line. */
  @FunctionalInterface
  interface Commands {
    String run(String command, int[] numbers) throws Exception;
  }

  /** Serves commands, a word and numbers, until standard input ends. */
  static void serve(String hello, Commands commands) throws IOException {
    System.out.println("ready " + hello);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      int[] numbers = new int[words.length - 1];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Integer.parseInt(words[i + 1]);
      }
      String answer;
      try {
        answer = commands.run(words[0], numbers);
      } catch (Exception | AssertionError failure) {
        failure.printStackTrace();
        answer = "failed: " + failure;
      }
      System.out.println(answer);
    }
  }

  /** The number behind {@code name=} in an answer. */
  static long number(String answer, String name) {
    for (String word : answer.split(" ", -1)) {
      if (word.startsWith(name + "=")) {
        return Long.parseLong(word.substring(name.length() + 1));
      }
    }
    throw new AssertionError("no " + name + " in: " + answer);
  }
}
