package dev.toxserver.runner;

import dev.toxserver.runner.ProcessTable.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A small shell process that outlives the server, even if that is killed: when its standard input
 * ends, it ends every process of every run that is left. See guardian.sh beside this class.
 *
 * <p>Thread-safe. {@link #start} and {@link #dismiss} block: call them on a worker.
 */
final class Guardian {
  private static final Logger LOG = Logger.getLogger(Guardian.class.getName());

  private final Process process;

  /** The server, what has started it, and so on up to the first; and the guardian. */
  private final Set<Entry> spared;

  private Guardian(Process process) {
    this.process = process;
    this.spared = ProcessTable.lineage(ProcessHandle.current().pid());
    ProcessTable.read(process.pid()).ifPresent(spared::add);
  }

  /** Starts it; in a session of its own where possible, so that ^C on a terminal spares it. */
  static Guardian start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "if command -v setsid >/dev/null; then exec setsid sh -c \"$@\"; fi; exec sh -c \"$@\"",
            "sh",
            ShellScript.read("guardian.sh"),
            "tox-server-guardian");
    return new Guardian(
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** When the server dies, the guardian is to end this process group and all that have the mark. */
  void watch(long group, Mark mark) {
    tell("+ " + group + " " + mark);
  }

  /** The run that led this group has ended: its number may become another's. */
  void forget(long group) {
    tell("- " + group);
  }

  /** SIGINT to one process, which Java has no call for: this takes no process and no descriptor. */
  void interrupt(long pid) {
    tell("i " + pid);
  }

  /** Whether this is the guardian, the server or what started that: they get no signal, ever. */
  boolean spares(Entry entry) {
    return spared.contains(entry);
  }

  /** Ends the guardian; what it was told to watch and not to forget ends with it. */
  Void dismiss() throws InterruptedException, IOException {
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return null;
  }

  private synchronized void tell(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      in.flush();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the guardian has gone: should the server be killed, runs live on", e);
    }
  }
}
