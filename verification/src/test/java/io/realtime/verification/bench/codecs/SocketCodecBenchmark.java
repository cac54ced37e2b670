package io.realtime.verification.bench.codecs;

import io.realtime.socketio.protocol.msgpack.MessagePackParser;
import io.realtime.socketio.protocol.socketio.DecodeLimits;
import io.realtime.socketio.protocol.socketio.DecodeResult;
import io.realtime.socketio.protocol.socketio.EncodedPacket;
import io.realtime.socketio.protocol.socketio.JsonPacketParser;
import io.realtime.socketio.protocol.socketio.PacketParser;
import io.realtime.socketio.protocol.socketio.PacketReader;
import io.realtime.socketio.protocol.socketio.SocketPacket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Socket.IO packets as JSON and as MessagePack. */
@State(Scope.Thread)
public class SocketCodecBenchmark {
  @Param({"json", "msgpack"})
  public String format = "json";

  @Param({"order", "binary"})
  public String packet = "order";

  private PacketParser parser = new JsonPacketParser();
  private SocketPacket decoded = Samples.order();
  private PacketReader reader = parser.reader(DecodeLimits.defaults());
  private List<Object> encoded = List.of();

  @Setup
  public void prepare() {
    parser = format.equals("json") ? new JsonPacketParser() : new MessagePackParser();
    decoded = packet.equals("order") ? Samples.order() : Samples.binary();
    reader = parser.reader(DecodeLimits.defaults());
    encoded = parser.encode(decoded).parts().stream().map(SocketCodecBenchmark::message).toList();
  }

  /** As Engine.IO hands it over: text without its type, or bytes. */
  private static Object message(EncodedPacket.Part part) {
    return part.binary()
        ? part.bytes()
        : new String(part.bytes(), 1, part.bytes().length - 1, StandardCharsets.UTF_8);
  }

  @Benchmark
  public EncodedPacket encode() {
    return parser.encode(decoded);
  }

  @Benchmark
  public DecodeResult decode() {
    DecodeResult result = new DecodeResult.NeedsAttachments(0);
    for (Object message : encoded) {
      result =
          message instanceof byte[] bytes ? reader.accept(bytes) : reader.accept((String) message);
    }
    return result;
  }
}
