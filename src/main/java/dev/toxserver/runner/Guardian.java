package dev.toxserver.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A small shell process that outlives the server, even if that is killed: when its standard input
 * ends, it ends every process of every run that is left. See guardian.sh beside this class.
 *
 * <p>Thread-safe. Blocking: call it on a worker.
 */
final class Guardian {
  private static final Logger LOG = Logger.getLogger(Guardian.class.getName());

  private final Process process;

  private Guardian(Process process) {
    this.process = process;
  }

  /** Starts it; in a session of its own where possible, so that ^C on a terminal spares it. */
  static Guardian start(Cookie cookie) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "if command -v setsid >/dev/null; then exec setsid sh -c \"$@\"; fi; exec sh -c \"$@\"",
            "sh",
            ShellScript.read("guardian.sh"),
            "tox-server-guardian",
            cookie.server());
    return new Guardian(
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** From now on, this process group ends with the server. */
  void watch(long group) {
    tell("+ " + group);
  }

  /** Nothing of the group is left. */
  Void forget(long group) {
    tell("- " + group);
    return null;
  }

  /** Lets it go, when all runs have ended. */
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
