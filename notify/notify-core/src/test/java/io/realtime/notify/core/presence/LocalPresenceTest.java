package io.realtime.notify.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.presence.Presence.UserConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LocalPresenceTest {
  private final LocalPresence presence = new LocalPresence();

  @Test
  void secondConnectionOfAUser_opened_countsTheUserOnce() {
    presence.opened("a");
    presence.opened("a");
    presence.opened("b");

    assertThat(presence.totalConnections()).isEqualTo(3);
    assertThat(presence.uniqueUsers()).isEqualTo(2);
    assertThat(presence.connectionsOf("a")).isEqualTo(2);
  }

  @Test
  void lastConnectionOfAUser_closed_forgetsTheUser() {
    presence.opened("a");
    presence.opened("a");
    presence.closed("a");
    assertThat(presence.connectionsOf("a")).isEqualTo(1);

    presence.closed("a");

    assertThat(presence.connectionsOf("a")).isZero();
    assertThat(presence.uniqueUsers()).isZero();
    assertThat(presence.users(10, Optional.empty())).isEmpty();
  }

  @Test
  void users_paged_continueBehindTheLast() {
    presence.opened("c");
    presence.opened("a");
    presence.opened("b");

    assertThat(presence.users(2, Optional.empty()))
        .containsExactly(new UserConnections("a", 1), new UserConnections("b", 1));
    assertThat(presence.users(2, Optional.of("b"))).containsExactly(new UserConnections("c", 1));
  }

  @Test
  void manyThreads_openingAndClosing_leaveNothing() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10_000; i++) {
                    presence.opened("user-" + i % 7);
                    presence.closed("user-" + i % 7);
                  }
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }

    assertThat(presence.totalConnections()).isZero();
    assertThat(presence.uniqueUsers()).isZero();
    assertThat(presence.users(10, Optional.empty())).isEmpty();
  }
}
