package io.realtime.notify.app.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * Drops, and counts, what cannot be written, such as on a full disk; the next line is tried again,
 * behind a line break, because half of the last one may be there. For one thread at a time.
 */
final class LossyOutput extends OutputStream {
  private final OutputStream out;
  private final LongAdder lost;
  private boolean broken;

  /**
   * @param out unbuffered
   * @param lost lines: each is one call of {@link #write(byte[], int, int)}
   */
  LossyOutput(OutputStream out, LongAdder lost) {
    this.out = out;
    this.lost = lost;
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] line, int offset, int length) {
    try {
      if (broken) {
        out.write('\n');
        broken = false;
      }
      out.write(line, offset, length);
    } catch (IOException e) {
      broken = true;
      lost.increment();
    }
  }
}
