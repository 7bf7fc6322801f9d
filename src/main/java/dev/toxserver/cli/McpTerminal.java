package dev.toxserver.cli;

import dev.toxserver.agent.QuietTerminal;
import dev.toxserver.agent.mcp.LogPicker;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a client takes for its terminal that an agent's call has begun: it shows nothing, and holds
 * what the answer may need. That is to be asked when the client has ended.
 */
final class McpTerminal extends QuietTerminal {
  private final Optional<LogPicker> picker;
  private final Listener listener;
  private volatile String place = "";
  private volatile String said = "";
  private volatile boolean over;

  /** Who is told what the call must not wait for, or has to know; on the client's context. */
  interface Listener {
    /** The request is sent; again whenever the connection was lost. */
    void sent();

    /** There is no connection yet; an attempt goes on. */
    void noServer(String address, String reason);

    /** All that is wanted of the output is there. */
    void enough();
  }

  McpTerminal(Optional<LogPicker> picker, Listener listener) {
    super(false);
    this.picker = picker;
    this.listener = listener;
  }

  /** Where the run stands in the queue, if it waits: {@code : next in line}. */
  Optional<String> place() {
    return Optional.of(place).filter(text -> !text.isEmpty());
  }

  /** Whether the run had ended when the server found it. */
  boolean isOver() {
    return over;
  }

  /** The last that the client or the server had to say of the run. */
  Optional<String> said() {
    return Optional.of(said).filter(text -> !text.isEmpty());
  }

  @Override
  protected void sayWaiting(String address, String reason) {
    listener.noServer(address, reason);
  }

  @Override
  protected void sayQueued(String inLine) {
    place = " is queued" + inLine;
  }

  @Override
  protected void started(RunEvent.Started event) {
    place = "";
  }

  /** Nobody reads it now. */
  @Override
  public void say(String line) {
    said = line;
  }

  @Override
  protected void asked() {
    listener.sent();
  }

  @Override
  protected void found(RunState state) {
    over = state.isOver();
  }

  /** Standard output is the dialogue's: nothing of a call waits for it, or is told of it. */
  @Override
  public boolean isFull(Stream stream) {
    return false;
  }

  @Override
  public void onDrained(Stream stream, Runnable callback) {}

  @Override
  public void onOutputClosed(Consumer<IOException> callback) {}

  @Override
  public CompletableFuture<Void> flushed() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void output(Stream stream, byte[] data) {
    if (picker.isEmpty()) {
      super.output(stream, data);
    } else if (!picker.get().isFull()) {
      picker.get().take(stream, data);
      if (picker.get().isFull()) {
        listener.enough();
      }
    }
  }
}
