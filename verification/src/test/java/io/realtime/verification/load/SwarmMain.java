package io.realtime.verification.load;

/** Clients in a process of their own. Argument: the server's port. */
final class SwarmMain {
  private SwarmMain() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    Swarm swarm = new Swarm(port);
    Lines.serve(
        "",
        (command, numbers) ->
            switch (command) {
              case "connect" -> {
                swarm.connect(numbers[0], false);
                yield "connected";
              }
              case "slow" -> {
                swarm.connect(numbers[0], true);
                yield "connected";
              }
              case "ask" -> {
                swarm.ask(numbers[0]);
                yield "asked";
              }
              case "reset" -> {
                swarm.reset();
                yield "reset";
              }
              case "report" -> swarm.report();
              case "churn" -> Churn.run(port, numbers[0], numbers[1]);
              default -> throw new IllegalArgumentException(command);
            });
    System.exit(0);
  }
}
