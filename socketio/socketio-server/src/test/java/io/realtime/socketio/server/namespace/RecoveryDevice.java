package io.realtime.socketio.server.namespace;

import io.realtime.socketio.server.testing.RecordingChannel;
import io.realtime.socketio.server.testing.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that keeps pid and offset as the stock one does. */
final class RecoveryDevice {
  private static final Pattern CONNECTED =
      Pattern.compile("40\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
  private static final Pattern OFFSET = Pattern.compile("42\\[.*,\"([^\"]+)\"]");

  private final Scene scene;
  private final List<String> packets = new ArrayList<>();
  private RecordingChannel channel;
  private int loop;
  private String sid = "";
  private String pid = "";
  private String offset = "";
  private boolean recovered;

  RecoveryDevice(Scene scene, int loop) {
    this.scene = scene;
    this.loop = loop;
    this.channel = open(loop, "");
  }

  static RecoveryDevice connected(Scene scene) {
    RecoveryDevice device = new RecoveryDevice(scene, 0);
    scene.loops.run();
    device.receive();
    return device;
  }

  /** Has one event, so it can come back. */
  static RecoveryDevice knowing(Scene scene) {
    RecoveryDevice device = connected(scene);
    emit(scene, "first");
    device.receive();
    return device;
  }

  static void emit(Scene scene, String event) {
    scene.core.of("/").emit(event);
    scene.loops.run();
  }

  /** Comes back on that loop with what it has kept. */
  void comeBack(int newLoop) {
    comeBack(newLoop, "");
  }

  /**
   * As {@link #comeBack(int)}.
   *
   * @param more members of what it says of itself, each behind a comma
   */
  void comeBack(int newLoop, String more) {
    loop = newLoop;
    String claim =
        pid.isEmpty() || offset.isEmpty()
            ? ""
            : "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"" + more + "}";
    channel = open(newLoop, claim);
  }

  private RecordingChannel open(int onLoop, String claim) {
    RecordingChannel opened = scene.openWebSocket(onLoop);
    scene.loops.loop(onLoop).execute(() -> opened.events().onText("40" + claim));
    return opened;
  }

  /** What has come since the last call, which the device remembers. */
  List<String> receive() {
    List<String> came = channel.take().stream().filter(it -> !it.equals("2")).toList();
    for (String packet : came) {
      Matcher connected = CONNECTED.matcher(packet);
      Matcher event = OFFSET.matcher(packet);
      if (connected.matches()) {
        recovered = pid.equals(connected.group(2));
        sid = connected.group(1);
        pid = connected.group(2);
      } else if (event.matches()) {
        offset = event.group(1);
      }
    }
    packets.addAll(came);
    return came;
  }

  /** The connection breaks; what was not received is lost. The server hears of it. */
  void cut() {
    RecordingChannel broken = channel;
    broken.take();
    scene.loops.loop(loop).execute(() -> broken.events().onClose(1006));
  }

  /** The connection breaks, and nobody tells the server. */
  void vanish() {
    channel.take();
  }

  void say(String packet) {
    scene.text(channel, loop, packet);
  }

  String sid() {
    return sid;
  }

  String pid() {
    return pid;
  }

  String offset() {
    return offset;
  }

  /** Returns with another position than its own. */
  void forgeOffset(String forged) {
    offset = forged;
  }

  void forgePid(String forged) {
    pid = forged;
  }

  boolean recovered() {
    return recovered;
  }

  String ending() {
    return channel.ending();
  }
}
