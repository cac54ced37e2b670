package io.realtime.socketio.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Netty's decoder in its strict settings, which also refuses folded header lines (RFC 9112, 5.2),
 * chunk extensions and chunks of gigabytes, and tells when the first byte of a request arrives.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  private final Runnable onHeadBytes;
  private final ChunkLines chunks = new ChunkLines();
  private boolean inHead = true;
  private boolean anyHeadBytes;

  /** Whether the decoder above has taken a line of this head. */
  private boolean anyLine;

  private boolean malformed;

  /** Whether the body of this request is chunked, so that lines follow its head. */
  private boolean chunked;

  StrictRequestDecoder(HttpLimits limits, Runnable onHeadBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxRequestLineBytes())
            .setMaxHeaderSize(limits.maxHeaderBytes())
            .setAllowDuplicateContentLengths(false)
            .setUseRfc9112TransferEncoding(true)
            .setStrictLineParsing(true)
            .setInitialBufferSize(64));
    this.onHeadBytes = onHeadBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (malformed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (inHead && in.isReadable()) {
      if (!anyHeadBytes) {
        anyHeadBytes = true;
        onHeadBytes.run();
      }
      if (hasFoldedLine(in)) {
        malformed = true;
        in.skipBytes(in.readableBytes());
        out.add(Malformed.FOLDED_LINE);
        return;
      }
    }
    int before = out.size();
    int from = in.readerIndex();
    decodeWholeLines(ctx, in, out);
    anyLine |= inHead && holdsText(in, from, in.readerIndex());
    if (!chunks.accepts(in, from, in.readerIndex())) {
      refuse(in, out, before);
      return;
    }
    for (int i = before; i < out.size(); i++) {
      Object decoded = out.get(i);
      if (decoded instanceof HttpMessage message) {
        chunked = HttpUtil.isTransferEncodingChunked(message);
        chunks.begin(chunked);
      }
      if (decoded instanceof HttpMessage || decoded instanceof HttpContent) {
        inHead = false;
      }
      if (decoded instanceof LastHttpContent) {
        inHead = true;
        anyHeadBytes = false;
        anyLine = false;
      }
    }
  }

  /**
   * A CR at the end of what has come waits for its LF: alone, the decoder above would count it as
   * text, and would refuse a line of exactly the limit that it serves when it comes in one piece.
   */
  private void decodeWholeLines(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    int end = in.writerIndex();
    boolean waits = (inHead || chunked) && in.isReadable() && in.getByte(end - 1) == '\r';
    if (!waits) {
      super.decode(ctx, in, out);
    } else if (in.readableBytes() > 1) {
      in.writerIndex(end - 1);
      super.decode(ctx, in, out);
      in.writerIndex(end);
    }
  }

  private void refuse(ByteBuf in, List<Object> out, int before) {
    malformed = true;
    in.skipBytes(in.readableBytes());
    while (out.size() > before) {
      ReferenceCountUtil.release(out.removeLast());
    }
    out.add(Malformed.CHUNK_LINE);
  }

  /**
   * The decoder above consumes whole lines, so unread bytes of a head begin at a line's start. What
   * stands behind the blank line that ends the head is not looked at, wherever the bytes were cut.
   */
  private boolean hasFoldedLine(ByteBuf in) {
    boolean inFields = anyLine;
    int end = in.writerIndex();
    int lineStart = in.readerIndex();
    while (lineStart < end) {
      byte first = in.getByte(lineStart);
      if (first == ' ' || first == '\t') {
        return true;
      }
      int lineFeed = in.indexOf(lineStart, end, (byte) '\n');
      if (lineFeed < 0) {
        return false;
      }
      boolean blank = lineFeed == lineStart || (lineFeed == lineStart + 1 && first == '\r');
      if (blank && inFields) {
        return false;
      }
      inFields |= !blank;
      lineStart = lineFeed + 1;
    }
    return false;
  }

  private static boolean holdsText(ByteBuf in, int from, int to) {
    for (int i = from; i < to; i++) {
      if ((in.getByte(i) & 0xFF) > ' ') {
        return true;
      }
    }
    return false;
  }

  /** What no request can be made of. */
  enum Malformed {
    FOLDED_LINE,
    CHUNK_LINE
  }
}
