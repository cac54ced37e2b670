package io.realtime.notify.sqlite;

import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.Proof;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Marks exact entries as received. */
final class Prover {
  private Prover() {}

  static void prove(WriteSession session, String userId, Proof proof) throws SQLException {
    Optional<User> user = session.users.find(userId);
    if (user.isEmpty()) {
      return;
    }
    prove(session, user.get(), proof.seqs(), proof.pid().orElse(""));
    for (Gap told : proof.gaps()) {
      session.gaps.told(user.get(), told);
    }
  }

  static void prove(WriteSession session, User user, List<Long> seqs, String prover)
      throws SQLException {
    if (seqs.isEmpty()) {
      return;
    }
    if (!session.pids.othersThan(user, prover, session.nowMillis())) {
      for (long seq : seqs) {
        session.entries.dropProven(user, seq);
      }
      return;
    }
    long proof = session.entries.nextProof();
    for (long seq : seqs) {
      session.entries.keepProven(user, seq, proof, session.nowMillis(), prover);
    }
    session.entries.trimProven(user, session.limits.ofUser());
  }
}
