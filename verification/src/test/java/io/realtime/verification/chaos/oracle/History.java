package io.realtime.verification.chaos.oracle;

import java.util.List;
import java.util.Map;

/**
 * All of a round.
 *
 * @param accepted event ids that REST calls were told
 * @param ends the log end of each lane
 * @param committed the group's commit of each lane; a lane without one is absent
 * @param crashes faults of the processes, after each of which a dead letter may be written again
 * @param stops how each SIGTERM of the service went
 */
public record History(
    List<Source> sources,
    List<Device> devices,
    List<Letter> letters,
    List<String> accepted,
    Map<String, Long> ends,
    Map<String, Long> committed,
    int crashes,
    List<Stop> stops) {

  public History {
    sources = List.copyOf(sources);
    devices = List.copyOf(devices);
    letters = List.copyOf(letters);
    accepted = List.copyOf(accepted);
    ends = Map.copyOf(ends);
    committed = Map.copyOf(committed);
    stops = List.copyOf(stops);
  }

  /**
   * A dead letter.
   *
   * @param digest of its key and value
   */
  public record Letter(String lane, long offset, String digest) {}

  /**
   * The end of the service after SIGTERM.
   *
   * @param status the exit status; -1 when it had to be killed
   */
  public record Stop(int status, long millis) {}
}
