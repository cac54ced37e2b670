package io.realtime.verification.bench.codecs;

import io.realtime.socketio.protocol.engineio.EngineCodecV3;
import io.realtime.socketio.protocol.engineio.EngineCodecV4;
import io.realtime.socketio.protocol.engineio.EnginePacket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Engine.IO packets: one in a frame, ten in a polling payload, by revision. */
@State(Scope.Thread)
public class EngineCodecBenchmark {
  private static final int IN_PAYLOAD = 10;

  @Param({"4", "3"})
  public int revision = 4;

  @Param({"text", "binary"})
  public String packet = "text";

  private EnginePacket decoded = new EnginePacket.Noop();
  private byte[] one = {};
  private String frame = "";
  private byte[] payload = {};

  @Setup
  public void prepare() {
    decoded =
        packet.equals("text")
            ? new EnginePacket.Text("2[\"order:updated\",\"" + "x".repeat(200) + "\"]")
            : new EnginePacket.Binary(new byte[Samples.ATTACHMENT]);
    one = encode();
    frame = new String(one, StandardCharsets.UTF_8);
    payload = joinPayload();
  }

  private boolean current() {
    return revision == 4;
  }

  @Benchmark
  public byte[] encode() {
    Function<EnginePacket, byte[]> encode =
        current() ? EngineCodecV4::encodeText : EngineCodecV3::encodeText;
    return encode.apply(decoded);
  }

  @Benchmark
  public EnginePacket decode() {
    return current() ? EngineCodecV4.decodeText(frame) : EngineCodecV3.decodeText(frame);
  }

  @Benchmark
  public byte[] joinPayload() {
    List<byte[]> packets = Collections.nCopies(IN_PAYLOAD, one);
    return current() ? EngineCodecV4.joinPayload(packets) : EngineCodecV3.joinPayload(packets);
  }

  @Benchmark
  public List<EnginePacket> decodePayload() {
    return current()
        ? EngineCodecV4.decodePayload(payload, IN_PAYLOAD)
        : EngineCodecV3.decodePayload(payload, IN_PAYLOAD);
  }
}
