package io.realtime.demo.broker;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs one Kafka broker until its standard input ends or it gets SIGTERM. Its parent holds the
 * other end of that input, so the broker never outlives it, however the parent died.
 *
 * <p>Prints {@code READY host:port} when clients are served, or one line {@code FAILED why}, and
 * ends with status 1, when they cannot be.
 */
public final class BrokerMain {
  /**
   * After Ctrl-C, which the terminal sends to parent and child alike: how long the broker waits for
   * its parent to finish with it, in seconds.
   */
  private static final long PARENT_GRACE_SECONDS = 5;

  private static final CountDownLatch INPUT_ENDED = new CountDownLatch(1);

  private BrokerMain() {}

  public static void main(String[] args) {
    Broker broker;
    try {
      watchInput();
      BrokerOptions options = BrokerOptions.parse(args);
      broker = Broker.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "broker-stop"));
      System.out.println("READY 127.0.0.1:" + options.port());
    } catch (Exception e) {
      System.out.println("FAILED " + reason(e));
      Runtime.getRuntime().halt(1);
      return;
    }
    try {
      INPUT_ENDED.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }

  private static void watchInput() {
    Thread.ofPlatform()
        .daemon()
        .name("broker-input")
        .start(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // What is said does not matter, only that someone still holds the other end.
                }
              } catch (IOException e) {
                // As good as its end.
              }
              INPUT_ENDED.countDown();
            });
  }

  private static void stop(Broker broker) {
    try {
      if (!INPUT_ENDED.await(PARENT_GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.out.println("kafka broker stops: the parent did not say so in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    broker.stop();
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return text.lines().findFirst().orElse(cause.toString());
  }
}
