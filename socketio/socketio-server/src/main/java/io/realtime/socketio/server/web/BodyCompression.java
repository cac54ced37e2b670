package io.realtime.socketio.server.web;

import io.realtime.socketio.server.api.HttpCompression;
import io.realtime.socketio.server.http.HttpReply;
import io.realtime.socketio.server.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses whole answers, each by itself: nothing of one answer shows in the size of another.
 * Immutable; any thread.
 */
public final class BodyCompression {
  private static final List<ContentCoding> CODINGS =
      List.of(ContentCoding.GZIP, ContentCoding.DEFLATE);

  private final Optional<HttpCompression> settings;

  /** Empty: nothing is compressed. */
  public BodyCompression(Optional<HttpCompression> settings) {
    this.settings = settings;
  }

  /** The answer, compressed if it is long enough and the client accepts it. */
  public HttpReply apply(HttpRequest request, HttpReply reply) {
    if (settings.isEmpty()
        || reply.body().length < settings.get().threshold()
        || reply.headers().first("content-encoding").isPresent()) {
      return reply;
    }
    Optional<ContentCoding> coding = ContentCoding.preferred(request, CODINGS);
    if (coding.isEmpty()) {
      return reply;
    }
    return new HttpReply(
        reply.status(),
        reply.headers().with("content-encoding", coding.get().wireName()),
        compress(coding.get(), reply.body(), settings.get().level()),
        reply.closeAfter());
  }

  /** By gzip or deflate; the JDK has no brotli. */
  static byte[] compress(ContentCoding coding, byte[] body, int level) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + body.length / 3);
    try (OutputStream compressing = stream(coding, out, level)) {
      compressing.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot be written to", impossible);
    }
    return out.toByteArray();
  }

  private static OutputStream stream(ContentCoding coding, ByteArrayOutputStream out, int level)
      throws IOException {
    return switch (coding) {
      case GZIP -> new LevelledGzip(out, level);
      case DEFLATE -> new LevelledDeflate(out, level);
      case BROTLI -> throw new IllegalArgumentException("coding: br (expected: gzip or deflate)");
    };
  }

  private static final class LevelledGzip extends GZIPOutputStream {
    LevelledGzip(OutputStream out, int level) throws IOException {
      super(out, 4_096);
      def.setLevel(level);
    }
  }

  /** The zlib format, which is what {@code deflate} means. */
  private static final class LevelledDeflate extends DeflaterOutputStream {
    LevelledDeflate(OutputStream out, int level) {
      super(out, new Deflater(level), 4_096);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        def.end(); // not ended by the stream: it did not make it
      }
    }
  }
}
