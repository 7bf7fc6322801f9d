package dev.toxserver.runner.terminal;

import dev.toxserver.protocol.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Opens terminals in the way that this server can, which is found out when the first is wanted.
 *
 * <p>Blocking, and thread-safe.
 */
public final class Terminals {
  private static final Logger LOG = Logger.getLogger(Terminals.class.getName());

  private final Map<String, String> environment;
  private final boolean leadsSession;
  private Ioctl ioctl;
  private boolean hasScript;
  private boolean probed;

  /**
   * Those for a server's runs.
   *
   * @param environment the server's, whose PATH has the programs that are needed
   * @param leadsSession whether a program begins as the leader of a session: it gets the terminal
   *     that it opens then
   */
  public Terminals(Map<String, String> environment, boolean leadsSession) {
    this.environment = environment;
    this.leadsSession = leadsSession;
  }

  /**
   * Opens one.
   *
   * @param command what will run in it
   * @throws IOException if there is none to be had; its message says why, in a part of a sentence
   */
  public synchronized Terminal open(TerminalSize size, List<String> command)
      throws IOException, InterruptedException {
    if (!new File("/proc/self/fd").exists()) {
      throw new IOException("there is no /proc");
    }
    if (!probed) {
      probe();
      probed = true;
    }
    if (ioctl != null) {
      return PseudoTerminal.open(ioctl, size);
    }
    if (!hasScript) {
      throw new IOException(
          Ioctl.isThere()
              ? "that takes 'setsid' or 'script' of util-linux there"
              : "that takes 'script' of util-linux there, or Java 22 or later");
    }
    if (!ScriptTerminal.fits(command)) {
      throw new IOException("before Java 22, its arguments are too long for that");
    }
    return new ScriptTerminal(size);
  }

  private void probe() throws InterruptedException {
    if (Ioctl.isThere() && leadsSession) {
      try {
        ioctl = Ioctl.load();
        return;
      } catch (ReflectiveOperationException e) {
        LOG.log(Level.WARNING, "Java opens no terminals here, script has to", e);
      }
    }
    hasScript = ScriptTerminal.isThere(environment);
  }
}
