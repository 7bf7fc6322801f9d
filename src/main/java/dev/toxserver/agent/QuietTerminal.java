package dev.toxserver.agent;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import dev.toxserver.protocol.Usual;
import java.util.Optional;

/**
 * What a client takes for its terminal that shows nothing of a run: what a digest needs is held
 * instead. Of several clients, one after another, it is the last one's. Output comes on the
 * client's context; ask once the client has ended.
 */
public class QuietTerminal extends Terminal {
  private volatile RunId run;
  private volatile OutputEnd output = new OutputEnd();

  /**
   * Says on standard error what the client has to say, without colours.
   *
   * @param errIsTerminal whether a person sees that
   */
  public QuietTerminal(boolean errIsTerminal) {
    super(StandardStream.out(), StandardStream.err(), errIsTerminal, false);
  }

  /** The run that the server has accepted or found, if it has. */
  public final Optional<RunId> run() {
    return Optional.ofNullable(run);
  }

  /** What is held of its output. */
  public final OutputEnd output() {
    return output;
  }

  /** The run of the client before is not this one's. */
  @Override
  protected void begun() {
    run = null;
    output = new OutputEnd();
  }

  @Override
  protected void accepted(RunId accepted) {
    if (!accepted.equals(run)) {
      run = accepted;
      output = new OutputEnd();
    }
  }

  @Override
  public void output(Stream stream, byte[] data) {
    output.take(stream, pass(stream, data));
  }

  /** The digest tells it. */
  @Override
  public void sayVerdict(RunEvent.Exit exit, Optional<Usual> usual) {}
}
