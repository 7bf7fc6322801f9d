package dev.toxserver.matrix;

import dev.toxserver.protocol.Stream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run after the other, whole and in order: the first that has not ended is shown live, and what
 * the others print meanwhile is kept, and shown when it is their turn. The order of apenwarr's redo
 * (redo-log, "parallel but serialized output").
 */
public final class InOrder implements Display {
  private final Sink sink;
  private final List<Part> parts;
  private final Runnable shown;

  private int first;
  private boolean waiting;

  /** What is shown of one run, from top to bottom. */
  private static final class Part {
    private final Spool spool;
    private String heading;
    private boolean opened;
    private boolean leftOut;
    private String verdict;

    private Part(Spool spool) {
      this.spool = spool;
    }
  }

  /**
   * Has nothing to show yet.
   *
   * @param shown called once, when the last run is shown to its end
   */
  public InOrder(Sink sink, int runs, SpoolSpace space, Runnable shown) {
    this.sink = sink;
    this.shown = shown;
    parts = IntStream.range(0, runs).mapToObj(run -> new Part(new Spool(space))).toList();
  }

  @Override
  public void begun(int run, String line) {
    parts.get(run).heading = line;
    showMore();
  }

  @Override
  public void output(int run, Stream stream, byte[] data) {
    if (isLive(run)) {
      sink.write(stream, data);
    } else {
      parts.get(run).spool.add(stream, data);
    }
  }

  @Override
  public void leaveOut(int run) {
    Part part = parts.get(run);
    if (!part.opened) {
      part.leftOut = true;
      part.spool.close();
    }
  }

  @Override
  public void ended(int run, String line) {
    parts.get(run).verdict = line;
    showMore();
  }

  /** Whoever is first and waits for nothing has nothing kept: it was shown at once. */
  @Override
  public boolean isLive(int run) {
    return run == first && parts.get(run).opened && !waiting;
  }

  private void showMore() {
    while (!waiting && first < parts.size() && showNext(parts.get(first))) {
      // One more piece was shown.
    }
  }

  /** Shows one more piece of a run; whether there was one. */
  private boolean showNext(Part part) {
    if (!part.opened) {
      return open(part);
    }
    if (!part.spool.isEmpty()) {
      showKept(part.spool.next());
      return true;
    }
    if (part.spool.lost().isPresent()) {
      say(part.spool.takeLoss());
      return true;
    }
    if (part.verdict == null) {
      return false;
    }
    part.spool.close();
    first++;
    say(part.verdict);
    return true;
  }

  private boolean open(Part part) {
    boolean ended = part.verdict != null;
    if (!ended && (part.heading == null || part.leftOut)) {
      return false;
    }
    part.opened = true;
    if (part.heading != null && !part.leftOut) {
      say(part.heading);
    }
    return true;
  }

  private void showKept(Spool.Piece piece) {
    sink.write(piece.stream(), piece.data());
    if (sink.isFull()) {
      waiting = true;
      sink.onDrained(this::goOn);
    }
  }

  private void say(String line) {
    waiting = true;
    sink.say(line, this::goOn);
  }

  private void goOn() {
    waiting = false;
    showMore();
    if (first == parts.size() && !waiting) {
      shown.run();
    }
  }
}
