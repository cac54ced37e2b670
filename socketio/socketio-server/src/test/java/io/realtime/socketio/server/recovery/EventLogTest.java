package io.realtime.socketio.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.realtime.socketio.server.api.RecoveryBound;
import io.realtime.socketio.server.engine.WirePacket;
import io.realtime.socketio.server.engine.WirePackets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every event has 100 bytes; the bounds are 10 events, 1,000 bytes and 50 ns unless a test says.
 */
class EventLogTest {
  private final Positions positions = new Positions(42);
  private final List<RecoveryBound> forgotten = new ArrayList<>();

  private EventLog log(int events, long bytes, long age) {
    return new EventLog(new LogLimits(events, bytes, age), positions, forgotten::add);
  }

  private EventDraft draft(int bytes) {
    byte[] text = new byte[bytes];
    return new EventDraft(List.of(), List.of(), WirePacket.text(text), text, bytes - 20);
  }

  private void append(EventLog log, int times, long now) {
    for (int i = 0; i < times; i++) {
      log.append(draft(100), now, event -> {});
    }
  }

  private static Optional<List<LoggedEvent>> all(EventLog log, long since) {
    return since(log, since, (number, rooms, except, bytes) -> true);
  }

  private static Optional<List<LoggedEvent>> since(
      EventLog log, long position, EventSelector selector) {
    return log.select(position, selector).flatMap(log::read);
  }

  private static List<Long> numbers(EventLog log, long since) {
    return all(log, since).orElseThrow().stream().map(LoggedEvent::number).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void emptyLog_sinceItsBegin_isNothing() {
    EventLog log = log(10, 1_000, 50);

    assertThat(numbers(log, 0)).isEmpty();
    assertThat(all(log, 1)).isEmpty();
    assertThat(all(log, -1)).isEmpty();
  }

  @Test
  void appended_isNumberedFromOneAndWrittenIntoThePacket() {
    EventLog log = log(10, 1_000, 50);
    EventDraft draft = draft(100);
    List<LoggedEvent> handed = new ArrayList<>();

    log.append(draft, 7, handed::add);

    assertThat(handed).hasSize(1);
    assertThat(handed.getFirst().number()).isEqualTo(1);
    assertThat(new String(draft.text(), 80, Positions.LENGTH, StandardCharsets.UTF_8))
        .isEqualTo(positions.of(1));
    assertThat(log.last()).isEqualTo(1);
  }

  @Test
  void eventsAtTheBound_areKept_oneMoreForgetsTheOldest() {
    EventLog log = log(10, 1_000_000, 50);
    append(log, 10, 0);
    assertThat(numbers(log, 0)).isEqualTo(range(1, 10));

    append(log, 1, 0);

    assertThat(all(log, 0)).isEmpty();
    assertThat(numbers(log, 1)).isEqualTo(range(2, 11));
    assertThat(forgotten).containsExactly(RecoveryBound.LOG_EVENTS);
    assertThat(log.size()).isEqualTo(10);
  }

  @Test
  void bytesAtTheBound_areKept_oneMoreForgetsTheOldest() {
    EventLog log = log(1_000, 1_000, 50);
    append(log, 9, 0);
    log.append(draft(100), 0, event -> {});
    assertThat(log.bytes()).isEqualTo(1_000);
    assertThat(forgotten).isEmpty();

    log.append(draft(101), 0, event -> {});

    assertThat(forgotten).containsExactly(RecoveryBound.LOG_BYTES, RecoveryBound.LOG_BYTES);
    assertThat(log.bytes()).isEqualTo(901);
    assertThat(numbers(log, 2)).isEqualTo(range(3, 11));
  }

  @Test
  void eventLargerThanTheBound_isNotKeptAndItsPositionNotKnownBefore() {
    EventLog log = log(10, 1_000, 50);

    log.append(draft(1_001), 0, event -> {});

    assertThat(log.size()).isZero();
    assertThat(all(log, 0)).isEmpty();
    assertThat(numbers(log, 1)).isEmpty();
  }

  @Test
  void ageAtTheBound_isKept_oneMoreForgets() {
    EventLog log = log(10, 1_000, 50);
    append(log, 1, 0);
    append(log, 1, 1);

    log.sweep(50);
    assertThat(numbers(log, 0)).isEqualTo(range(1, 2));
    log.sweep(51);

    assertThat(all(log, 0)).isEmpty();
    assertThat(numbers(log, 1)).isEqualTo(range(2, 2));
    assertThat(forgotten).containsExactly(RecoveryBound.LOG_AGE);
  }

  @Test
  void appending_forgetsWhatIsTooOldByThen() {
    EventLog log = log(10, 1_000, 50);
    append(log, 3, 0);

    append(log, 1, 51);

    assertThat(log.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomUse_isAlwaysAWindowOfAllEvents(long seed) {
    Random random = new Random(seed);
    EventLog log = log(1 + random.nextInt(200), 50_000, 500);
    long now = 0;
    for (int step = 0; step < 2_000; step++) {
      now += random.nextInt(10);
      log.append(draft(20 + random.nextInt(400)), now, event -> {});
      long position = log.last() - random.nextInt(300);
      boolean known = all(log, position).isPresent();
      assertThat(known).isEqualTo(position >= log.last() - log.size());
      if (known) {
        assertThat(numbers(log, position)).isEqualTo(range(position + 1, log.last()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8})
  void randomPackets_areReadAsTheyWereAppended(long seed) {
    Random random = new Random(seed);
    EventLog log = log(1 + random.nextInt(500), 3_000_000, 5_000);
    List<WirePacket> appended = new ArrayList<>();
    long now = 0;
    for (int step = 0; step < 3_000; step++) {
      now += random.nextInt(100) == 0 ? 6_000 : random.nextInt(10); // now and then all is too old
      byte[] text = new byte[20 + random.nextInt(random.nextInt(50) == 0 ? 70_000 : 300)];
      random.nextBytes(text);
      boolean binary = random.nextInt(10) == 0;
      WirePacket packet = binary ? WirePacket.binary(text) : WirePacket.text(text);
      log.append(new EventDraft(List.of(), List.of(), packet, text, 0), now, event -> {});
      appended.add(packet);
      if (random.nextInt(20) == 0) {
        int wanted = 1 + random.nextInt(7);
        long oldest = log.last() - log.size();
        List<LoggedEvent> found =
            since(log, oldest, (number, rooms, except, bytes) -> number % wanted == 0)
                .orElseThrow();
        assertThat(found.stream().map(LoggedEvent::number))
            .isEqualTo(
                range(oldest + 1, log.last()).stream().filter(n -> n % wanted == 0).toList());
        for (LoggedEvent event : found) {
          WirePacket original = appended.get((int) event.number() - 1);
          assertThat(event.packet().isText()).isEqualTo(original.isText());
          assertThat(WirePackets.payloads(event.packet()))
              .containsExactlyElementsOf(WirePackets.payloads(original));
        }
      }
    }
  }

  @Test
  void event_isChosenByItsRoomsAndItsLength() {
    EventLog log = log(10, 1_000, 50);
    byte[] text = new byte[30];
    WirePacket packet = WirePacket.text(text);
    log.append(new EventDraft(List.of("a"), List.of("b", "c"), packet, text, 0), 0, event -> {});
    List<Object> asked = new ArrayList<>();

    assertThat(
            since(
                log,
                0,
                (number, rooms, except, bytes) -> {
                  asked.addAll(List.of(number, rooms, except, bytes));
                  return false;
                }))
        .contains(List.of());

    assertThat(asked).containsExactly(1L, List.of("a"), List.of("b", "c"), 30);
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10, 11})
  void randomRooms_areToldOfTheirEvents(long seed) {
    Random random = new Random(seed);
    EventLog log = log(1 + random.nextInt(500), 10_000_000, 5_000);
    List<List<String>> targets = new ArrayList<>();
    List<String> oftenLeftOut = List.of("somebody");
    long now = 0;
    for (int step = 0; step < 3_000; step++) {
      now += random.nextInt(500) == 0 ? 6_000 : 1;
      List<String> rooms = List.of("to " + step);
      List<String> except =
          switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 -> oftenLeftOut;
            default -> List.of("except " + step);
          };
      byte[] text = new byte[20];
      log.append(new EventDraft(rooms, except, WirePacket.text(text), text, 0), now, event -> {});
      targets.add(List.of(rooms.getFirst(), except.toString()));
      if (random.nextInt(20) == 0) {
        int kept = log.size();
        long position = log.last() - random.nextInt(kept + 1);
        List<List<String>> asked = new ArrayList<>();
        assertThat(
                log.select(
                    position,
                    (number, to, without, bytes) -> {
                      asked.add(List.of(to.getFirst(), without.toString()));
                      return false;
                    }))
            .isPresent();
        assertThat(asked).isEqualTo(targets.subList((int) position, (int) log.last()));
      }
    }
  }

  @Test
  void event_readByMany_isOnePacket() {
    EventLog log = log(10, 1_000, 50);
    append(log, 2, 0);

    assertThat(all(log, 0).orElseThrow().getFirst().packet())
        .isSameAs(all(log, 0).orElseThrow().getFirst().packet());

    append(log, 10, 0);
    assertThat(numbers(log, 2)).isEqualTo(range(3, 12));
  }

  @Test
  void handOver_fails_eventHasNotHappened_andTheNextTakesItsNumber() {
    EventLog log = log(10, 1_000, 50);
    append(log, 3, 0);

    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                log.append(
                    draft(200),
                    0,
                    event -> {
                      throw new StackOverflowError();
                    }));

    assertThat(numbers(log, 0)).isEqualTo(range(1, 3));
    append(log, 1, 0);
    assertThat(numbers(log, 0)).isEqualTo(range(1, 4));
    assertThat(numbers(log, 3)).isEqualTo(range(4, 4));
    assertThat(log.bytes()).isEqualTo(400);
  }

  @Test
  void wanted_isForgottenWhileItIsChosen_isForgotten() {
    EventLog log = log(10, 10_000, 50);
    append(log, 10, 0);

    assertThat(
            since(
                log,
                0,
                (number, rooms, except, bytes) -> {
                  append(log, number == 10 ? 5 : 0, 0);
                  return number == 5;
                }))
        .isEmpty();
    assertThat(
            since(
                log,
                5,
                (number, rooms, except, bytes) -> {
                  append(log, number == 15 ? 5 : 0, 0);
                  return number == 11;
                }))
        .hasValueSatisfying(found -> assertThat(found.getFirst().number()).isEqualTo(11));
  }

  @Test
  void severalThreadsAppend_handOverOrderIsTheOrderOfTheNumbers() throws Exception {
    EventLog log = log(100_000, 100_000_000, Long.MAX_VALUE);
    List<Long> handed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int t = 0; t < 4; t++) {
        threads.execute(
            () -> {
              for (int i = 0; i < 5_000; i++) {
                log.append(draft(40), 0, event -> handed.add(event.number()));
              }
            });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(handed).isEqualTo(range(1, 20_000));
    assertThat(numbers(log, 0)).isEqualTo(range(1, 20_000));
  }
}
