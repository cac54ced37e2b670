package io.realtime.socketio.protocol.socketio;

/** What a message did to the decoder. */
public sealed interface DecodeResult {

  /** The packet is whole. */
  record Complete(SocketPacket packet) implements DecodeResult {}

  /** {@code missing} attachments must follow before anything else may. */
  record NeedsAttachments(int missing) implements DecodeResult {}
}
