package io.realtime.verification.simulation;

import io.realtime.notify.core.catalogue.IngressHeaders;
import io.realtime.notify.core.delivery.DeliverySettings;
import io.realtime.notify.core.inbox.Gap;
import io.realtime.notify.core.inbox.InboxLimits;
import io.realtime.notify.core.ingest.SourceRecord;
import io.realtime.verification.simulation.Source.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One run: a broker, a disk, users with their devices, processes that come and go. */
final class World {
  static final Duration HEARTBEAT = Duration.ofSeconds(45);
  static final DeliverySettings DELIVERY =
      new DeliverySettings(
          6, 1 << 20, 3, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(5), 20);
  static final InboxLimits LIMITS =
      new InboxLimits(
          new InboxLimits.OfUser(12, 1 << 20, 1_000, 1 << 20, 32, 100),
          new InboxLimits.OfStore(1_000, 1 << 30, 1_000, 1_000),
          new InboxLimits.Lifetimes(
              Duration.ofMinutes(5),
              Duration.ofMinutes(20),
              Duration.ofMinutes(3),
              Duration.ofMinutes(3),
              Duration.ofDays(1)));

  private static final int USERS = 3;
  private static final int BURST = 6;
  private static final int HEAL_SECONDS = 180;

  private final RandomGenerator random;
  private final Scheduler scheduler;
  private final Plant plant;
  private final Profile profile;
  private final Oracle oracle;
  private final Disk disk;
  private final List<Source> orders =
      List.of(new Source("order.created", 0), new Source("order.created", 1));
  private final Source stock = new Source("inventory.updated", 0);
  private final Source ingress = new Source("realtime.ingress", 0);
  private final List<Device> devices = new ArrayList<>();
  private final List<Source.Produced> replayable = new ArrayList<>();
  private final Consumer<Supplier<String>> trace;
  private Optional<Node> node = Optional.empty();
  private boolean lettersAway;
  private boolean groupAway;
  private int subjects;

  /** Nobody reads along. */
  World(long seed, Plant plant) {
    this(seed, plant, Optional.empty());
  }

  World(long seed, Plant plant, Consumer<String> traced) {
    this(seed, plant, Optional.of(traced));
  }

  private World(long seed, Plant plant, Optional<Consumer<String>> traced) {
    this.random = new SplittableRandom(seed);
    this.scheduler = new Scheduler(random);
    this.plant = plant;
    this.profile = plant.profile(seed);
    this.trace =
        line -> traced.ifPresent(reader -> reader.accept(scheduler.instant() + " " + line.get()));
    this.oracle = new Oracle(scheduler, trace);
    this.disk = new Disk(plant.limits(LIMITS), scheduler, this::evicted, plant);
    for (int user = 0; user < USERS; user++) {
      devices.add(device("u" + user + "/laptop", "u" + user, Device.Kind.STOCK));
      devices.add(
          device(
              "u" + user + "/phone",
              "u" + user,
              user == 1 ? Device.Kind.OWN_WORDS : Device.Kind.STOCK));
    }
    devices.add(device("admin", "u0", Device.Kind.OBSERVER));
    node = Optional.of(new Node(this));
  }

  /** The running process hears of what the store has removed. */
  private void evicted(String userId, Gap gap) {
    oracle.evicted(userId, gap);
    node.ifPresent(it -> it.evicted(userId, gap));
  }

  private Device device(String name, String userId, Device.Kind kind) {
    return new Device(name, userId, kind, profile.appAck());
  }

  /** Whether applications prove receipt, and not the transport. */
  boolean appAck() {
    return profile.appAck();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  RandomGenerator random() {
    return random;
  }

  Oracle oracle() {
    return oracle;
  }

  Disk disk() {
    return disk;
  }

  Plant plant() {
    return plant;
  }

  boolean lettersAway() {
    return lettersAway;
  }

  /** Whether commits fail. */
  boolean groupAway() {
    return groupAway;
  }

  List<Source> sources() {
    List<Source> all = new ArrayList<>(orders);
    all.add(stock);
    all.add(ingress);
    return all;
  }

  /** Runs to the end; what was broken, or nothing. */
  List<String> run() {
    for (int i = 0; i < profile.steps(); i++) {
      step();
    }
    heal();
    return oracle.violations();
  }

  private void step() {
    node.ifPresent(it -> it.loseWakeUps(random.nextInt(100) < profile.lostWakeUps()));
    int chance = random.nextInt(100);
    if (chance < 65 && scheduler.step()) {
      return;
    }
    if (chance < 85) {
      scheduler.advance(Duration.ofMillis(random.nextInt(400)), false);
      return;
    }
    Action action = profile.next(random);
    trace.accept(action::name);
    act(action);
  }

  private void act(Action action) {
    switch (action) {
      case ORDER -> order();
      case BURST -> burst();
      case POISON -> produce(anyOrders(), Kind.POISON, "", "{\"orderId\":", List.of());
      case TOMBSTONE -> produce(anyOrders(), Kind.TOMBSTONE, "", "", List.of());
      case STATE -> produce(stock, Kind.STATE, "", "{\"productId\":\"p1\",\"stock\":7}", List.of());
      case MARKER -> anyOrders().mark();
      case REST_CALL -> restCall();
      case REPLAY -> replay();
      case CONNECT -> connect(devices.get(random.nextInt(devices.size())));
      case DROP -> drop(false);
      case HALF_OPEN -> drop(true);
      case RELOAD -> reload();
      case WATCH -> devices.get(random.nextInt(devices.size())).watch();
      case KILL -> kill();
      case STORE_OUTAGE -> storeOutage();
      case LETTER_OUTAGE -> letterOutage();
      case GROUP_OUTAGE -> groupOutage();
      case REBALANCE -> node.ifPresent(Node::rebalance);
      case RECREATE_TOPIC -> recreate(anyOrders());
      case QUIET -> scheduler.advance(Duration.ofSeconds(random.nextInt(1, 40)), true);
      case LONG_QUIET -> longQuiet();
    }
  }

  private Source anyOrders() {
    return orders.get(random.nextInt(orders.size()));
  }

  private Source.Produced produce(
      Source source, Kind kind, String userId, String text, List<SourceRecord.Header> headers) {
    String subject = "o" + subjects++;
    Source.Produced record =
        source.append(
            scheduler.instant(), kind, userId, subject, text.replace("$", subject), headers);
    oracle.produced(record);
    return record;
  }

  private void order() {
    int user = random.nextInt(USERS);
    order(user);
  }

  private void order(int user) {
    produce(orders.get(user % orders.size()), Kind.PERSONAL, "u" + user, json(user), List.of());
  }

  private static String json(int user) {
    return "{\"orderId\":\"$\",\"buyerId\":\"u" + user + "\"}";
  }

  private void burst() {
    int user = random.nextInt(USERS);
    for (int i = random.nextInt(2, BURST); i > 0; i--) {
      order(user);
    }
  }

  private void restCall() {
    int user = random.nextInt(USERS);
    List<SourceRecord.Header> headers =
        List.of(
            header(IngressHeaders.TYPE, "order.created"),
            header(IngressHeaders.EVENT_ID, "rest:" + subjects));
    replayable.add(produce(ingress, Kind.PERSONAL, "u" + user, json(user), headers));
  }

  private static SourceRecord.Header header(String name, String value) {
    return new SourceRecord.Header(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The same call again: a caller that repeats it, a replay that was asked for twice. */
  private void replay() {
    if (!replayable.isEmpty()) {
      Source.Produced first = replayable.get(random.nextInt(replayable.size()));
      oracle.produced(
          ingress.append(
              scheduler.instant(),
              first.kind(),
              first.userId(),
              first.subject(),
              first.text(),
              first.headers()));
    }
  }

  private void connect(Device device) {
    if (!device.online()) {
      if (device.claim().isPresent() && device.connection.map(Connection::halfOpen).orElse(false)) {
        trace.accept(() -> "takes over " + device);
      }
      device.connection = node.map(it -> it.connect(device));
    }
  }

  private void drop(boolean halfOpen) {
    devices.get(random.nextInt(devices.size())).connection.ifPresent(it -> it.drop(halfOpen));
  }

  private void reload() {
    Device device = devices.get(random.nextInt(devices.size()));
    device.connection.ifPresent(it -> it.drop(false));
    device.reload();
  }

  private void kill() {
    node.ifPresent(
        running -> {
          running.kill();
          node = Optional.empty();
          oracle.audits().processEnded();
          scheduler.after(this, Duration.ofMillis(random.nextInt(500, 8_000)), this::restart);
        });
  }

  private void restart() {
    if (node.isEmpty()) {
      disk.restart();
      node = Optional.of(new Node(this));
    }
  }

  private void storeOutage() {
    disk.fail(random.nextBoolean());
    scheduler.after(this, Duration.ofMillis(random.nextInt(500, 30_000)), disk::heal);
  }

  private void letterOutage() {
    lettersAway = true;
    scheduler.after(
        this, Duration.ofMillis(random.nextInt(500, 30_000)), () -> lettersAway = false);
  }

  private void groupOutage() {
    groupAway = true;
    scheduler.after(this, Duration.ofMillis(random.nextInt(500, 30_000)), () -> groupAway = false);
  }

  /** The broker forgets the commits of a deleted topic, soon, and takes those that come later. */
  private void recreate(Source source) {
    oracle.gone(source.key());
    source.recreate();
    if (random.nextBoolean()) {
      source.forgetCommit();
    }
  }

  private void longQuiet() {
    if (random.nextBoolean()) {
      devices.forEach(device -> device.connection.ifPresent(it -> it.drop(false)));
    }
    scheduler.advance(Duration.ofMinutes(8), true);
  }

  /** Nothing fails any more, everyone is there; then everything must arrive, and be let go. */
  private void heal() {
    trace.accept(() -> "HEALED");
    disk.heal();
    lettersAway = false;
    groupAway = false;
    restart();
    node.ifPresent(it -> it.loseWakeUps(false));
    for (int i = 0; i < HEAL_SECONDS && !(i > 1 && oracle.drained(sources())); i++) {
      devices.forEach(this::connect);
      scheduler.advance(Duration.ofSeconds(1), true);
    }
    scheduler.advance(LIMITS.lifetimes().proven().plusSeconds(15), true);
    oracle.finish(sources(), devices, disk.entries());
  }
}
