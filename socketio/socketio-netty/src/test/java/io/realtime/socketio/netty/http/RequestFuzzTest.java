package io.realtime.socketio.netty.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes as the requests of one connection, in one piece and cut. */
class RequestFuzzTest {
  private static final int ROUNDS = 400;
  private static final HttpLimits LIMITS =
      new HttpLimits(
          200,
          400,
          HttpLimits.defaults().headDeadline(),
          HttpLimits.defaults().bodyDeadline(),
          HttpLimits.defaults().idleTimeout(),
          HttpLimits.defaults().writeDeadline(),
          8);

  /** Of several faults in one request, which is told depends on how much of it has come. */
  private static final String REFUSED = "refused";

  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 40_000);
  private static final String[] PIECES = {
    "GET ",
    "POST ",
    "OPTIONS ",
    "/socket.io/?EIO=4&transport=polling",
    "/%2e%zz",
    "http://h/p?q",
    " HTTP/1.1\r\n",
    " HTTP/1.0\r\n",
    " HTTP/2.0\r\n",
    "Host: h\r\n",
    "host:h\r\n",
    "\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: 5, 5\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "5\r\nabcde\r\n",
    "0\r\n\r\n",
    "5;x=y\r\n",
    "hello",
    " folded\r\n",
    "Expect: 100-continue\r\n",
    "Connection: upgrade\r\nUpgrade: websocket\r\n",
    "\n",
    "\u0000",
    "x: y",
    "é"
  };

  /** The first byte chooses where the rest is cut. */
  @FuzzTest
  void requests(byte[] input) {
    if (input.length > 0) {
      assertSameHoweverCut(Arrays.copyOfRange(input, 1, input.length), input[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void requests_random_areTheSameHoweverCut(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "GET / HTTP/1.1\r\n" : "");
      for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertSameHoweverCut(text.toString().getBytes(ISO_8859_1), random.nextInt());
    }
  }

  private static void assertSameHoweverCut(byte[] bytes, int cuts) {
    List<String> whole = read(bytes, new int[0]);
    Random random = new Random(cuts);
    assertThat(read(bytes, random.ints(bytes.length, 1, 3).toArray())).isEqualTo(whole);
    assertThat(read(bytes, random.ints(bytes.length, 1, 60).toArray())).isEqualTo(whole);
  }

  /** What is made of pieces of those lengths and the rest. */
  private static List<String> read(byte[] bytes, int[] lengths) {
    int[] heads = new int[1];
    EmbeddedChannel channel =
        new EmbeddedChannel(new StrictRequestDecoder(LIMITS, () -> heads[0]++));
    int at = 0;
    for (int i = 0; i < lengths.length && at < bytes.length; i++) {
      int length = Math.min(lengths[i], bytes.length - at);
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, length));
      at += length;
    }
    if (at < bytes.length) {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, bytes.length - at));
    }
    List<String> read = drain(channel);
    channel.finishAndReleaseAll();
    return read;
  }

  /** Up to the first thing that ends the connection. */
  private static List<String> drain(EmbeddedChannel channel) {
    List<String> read = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    boolean ended = false;
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (!ended && part instanceof HttpRequest request) {
        RequestHead head = RequestHead.of(request, REMOTE, false);
        read.add(describe(head));
        ended = head instanceof RequestHead.Refused;
      } else if (!ended && part instanceof StrictRequestDecoder.Malformed) {
        read.add(REFUSED);
        ended = true;
      }
      if (!ended && part instanceof HttpContent content) {
        body.append(content.content().toString(ISO_8859_1));
        if (content.decoderResult().isFailure()) {
          read.add(REFUSED);
          ended = true;
        } else if (content instanceof LastHttpContent) {
          read.add("body " + body);
          body.setLength(0);
        }
      }
      io.netty.util.ReferenceCountUtil.release(part);
    }
    return read;
  }

  private static String describe(RequestHead head) {
    return switch (head) {
      case RequestHead.Refused(var reply) -> {
        assertThat(reply.status()).isIn(400, 414, 417, 431, 505);
        yield REFUSED;
      }
      case RequestHead.Accepted accepted -> {
        var request = accepted.request();
        assertThat(request.target().length()).isLessThanOrEqualTo(LIMITS.maxRequestLineBytes());
        assertThat(accepted.contentLength()).isGreaterThanOrEqualTo(-1);
        yield String.join(
            " ",
            request.method(),
            request.path(),
            request.query().toString(),
            Long.toString(accepted.contentLength()),
            Boolean.toString(accepted.persistent()),
            Boolean.toString(accepted.asksForWebSocket()),
            Boolean.toString(accepted.expectsContinue()));
      }
    };
  }
}
