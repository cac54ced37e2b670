package io.realtime.notify.core.inbox;

import java.util.List;
import java.util.Optional;

/**
 * What one connection of a user proved to have.
 *
 * @param pid of the connection; empty when it has none, because the store was away when it came
 * @param seqs exactly these entries
 * @param gaps as they were told
 */
public record Proof(Optional<String> pid, List<Long> seqs, List<Gap> gaps) {
  public Proof {
    seqs = List.copyOf(seqs);
    gaps = List.copyOf(gaps);
  }

  public static Proof of(String pid, List<Long> seqs) {
    return new Proof(Optional.of(pid), seqs, List.of());
  }
}
