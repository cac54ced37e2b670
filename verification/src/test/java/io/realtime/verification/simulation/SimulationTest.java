package io.realtime.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.realtime.verification.simulation.SimulateMain.Broken;
import io.realtime.verification.simulation.SimulateMain.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** The design holds, and what breaks it is seen. A failure prints its seed. */
class SimulationTest {
  private static final long SEEDS = 10_000;
  private static final long SEEDS_OF_A_PLANT = 1_000;

  private static Optional<Level> before = Optional.empty();

  @BeforeAll
  static void silence() {
    before = Optional.ofNullable(product().getLevel());
    product().setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    product().setLevel(before.orElse(null));
  }

  private static Logger product() {
    return (Logger) LoggerFactory.getLogger("io.realtime.notify");
  }

  @Test
  void design_underFaults_isValid() {
    Result result = SimulateMain.search(1, SEEDS, Plant.NONE, runs -> {});

    assertThat(result.broken()).isEmpty();
    assertThat(result.runs()).isEqualTo(SEEDS);
  }

  static Stream<Plant> plants() {
    return SimulateMain.plants().stream();
  }

  @ParameterizedTest
  @MethodSource("plants")
  void plantedBug_underItsProfile_isCaught(Plant plant) {
    assertThat(SimulateMain.search(1, SEEDS_OF_A_PLANT, plant, runs -> {}).broken()).isPresent();
  }

  @Test
  void seed_ranTwice_happensTheSameWay() {
    assertThat(trace(4711)).isEqualTo(trace(4711)).hasSizeGreaterThan(100);
  }

  private static List<String> trace(long seed) {
    List<String> lines = new ArrayList<>();
    List<String> broken = new World(seed, Plant.NONE, lines::add).run();
    assertThat(broken).isEmpty();
    return lines;
  }

  /** What the oracle has to say about {@code recovered} would mean nothing otherwise. */
  @Test
  void devices_comingBack_areRecoveredOrNot_andTakeOver() {
    List<String> lines =
        LongStream.range(0, 110).boxed().flatMap(it -> trace(it).stream()).toList();

    assertThat(count(lines, " recovered u")).isGreaterThan(80);
    assertThat(count(lines, " connected u")).isGreaterThan(200);
    assertThat(count(lines, " takes over u")).isGreaterThan(40);
    assertThat(count(lines, " named u")).isGreaterThan(200);
    assertThat(count(lines, " called back u")).isGreaterThan(50);
  }

  private static long count(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains(text)).count();
  }

  /** What the oracle has to say about commits and audits would mean nothing otherwise. */
  @Test
  void partitionsAndInboxes_underFaults_areCommittedAndAudited() {
    List<String> lines = LongStream.range(0, 48).boxed().flatMap(it -> trace(it).stream()).toList();

    assertThat(count(lines, " commits Partition")).isGreaterThan(1_000);
    assertThat(count(lines, " GROUP_OUTAGE")).isGreaterThan(40);
    assertThat(count(lines, " MARKER")).isGreaterThan(80);
    assertThat(count(lines, " audited inbox gap: ")).isGreaterThan(100);
    assertThat(count(lines, " evicted=1 ")).isLessThan(count(lines, " audited inbox gap: "));
  }

  @ParameterizedTest
  @CsvSource({
    "RECOVERED_WITH_PURGED, I12 recovered with a hole",
    "COMMIT_AHEAD, I2 commit safety",
    "COMMIT_WITHOUT_MARKERS, I9 not committed",
    "FAILED_COMMIT_COUNTS, I9 not committed",
    "UNAUDITED_EVICTION, I10 not audited",
    "AUDIT_SUM_LOST, I10 not audited"
  })
  void plantedBug_isCaughtByTheOracleOnIt(Plant plant, String invariant) {
    Broken broken =
        SimulateMain.search(1, SEEDS_OF_A_PLANT, plant, runs -> {}).broken().orElseThrow();

    assertThat(broken.violations()).anyMatch(it -> it.startsWith(invariant));
  }

  @Test
  void command_validSeeds_exits0() {
    assertThat(run("--from", "7", "--seeds", "20")).startsWith("0 20 seeds from 7: valid");
  }

  @Test
  void command_plantedBug_exits1_andItsReplayToo() {
    String output = run("--from", "1", "--seeds", "1000", "--plant", "duplicate-append");
    Broken broken =
        SimulateMain.search(1, SEEDS_OF_A_PLANT, Plant.DUPLICATE_APPEND, runs -> {})
            .broken()
            .orElseThrow();

    assertThat(output).startsWith("1 ").contains("not valid", "replay: ./simulate --seed");
    assertThat(run("--seed", Long.toString(broken.seed()), "--plant", "duplicate-append"))
        .startsWith("1 ")
        .contains("VIOLATION");
  }

  @Test
  void command_badArguments_exits2() {
    assertThat(run("--seeds", "none")).startsWith("2 ").contains("expected");
    assertThat(run("--plant", "unknown")).startsWith("2 ").contains("--plants");
    assertThat(run("--from")).startsWith("2 ");
  }

  @Test
  void command_plants_oneALine() {
    assertThat(run("--plants").lines()).hasSize(SimulateMain.plants().size());
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int status = SimulateMain.run(arguments, out, out);
    return status + " " + bytes.toString(StandardCharsets.UTF_8);
  }
}
