package io.realtime.notify.core.delivery;

/**
 * How receipt is proven on one connection (delivery.md 2.6). On each of them the client may also
 * name the exact events ({@code inbox:ack}), and the position that it returns when it comes back
 * proves everything up to it. Gaps are proven by the transport wherever it can.
 */
public enum Receipt {
  /**
   * The transport's own answer to what was written behind the event: the client's library has it.
   */
  TRANSPORT,
  /** The client's answer callback, which the application calls. */
  CALLBACK,
  /** Only by the client's own word: {@code inbox:ack}. */
  WORD,
  /**
   * Nothing can be heard on this connection, only the position that comes with the next one: so it
   * is ended when much has been sent, or long ago.
   */
  RETURN
}
