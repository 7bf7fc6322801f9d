package dev.toxserver.runner.terminal;

import dev.toxserver.protocol.TerminalSize;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A terminal that the server opens itself (see pty(7)): Java opens the master, and all that is
 * asked of C is {@link Ioctl}.
 *
 * <p>The server never opens the program's end. One that leads a session, as a container's first
 * process does, would get it as its own terminal, and die of its hang-up.
 *
 * <p>Thread-safe.
 */
final class PseudoTerminal implements Terminal {
  private static final String MULTIPLEXER = "/dev/ptmx";

  // <asm-generic/ioctls.h>; where the numbers are others (MIPS, PowerPC, SPARC), the first call
  // fails.
  private static final long TIOCSPTLCK = 0x4004_5431L;
  private static final long TIOCGPTN = 0x8004_5430L;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;

  /** In the input flags, a terminal's first four bytes: a character may have several bytes. */
  private static final int IUTF8 = 0x4000;

  /** The kernel's struct termios has 36 bytes. */
  private static final int ENOUGH = 128;

  private final Ioctl ioctl;
  private final RandomAccessFile master;
  private final int descriptor;
  private final String slave;
  private final ServerEnd end;
  private boolean closed;

  private PseudoTerminal(Ioctl ioctl, RandomAccessFile master, int descriptor) throws IOException {
    this.ioctl = ioctl;
    this.master = master;
    this.descriptor = descriptor;
    ioctl.call(descriptor, TIOCSPTLCK, argument());
    ByteBuffer number = argument();
    ioctl.call(descriptor, TIOCGPTN, number);
    this.slave = "/dev/pts/" + number.getInt(0);
    if (!new File(slave).exists()) {
      throw new IOException("there is no " + slave);
    }
    this.end =
        new ServerEnd(
            new FileInputStream(master.getFD()),
            new FileOutputStream(master.getFD()).getChannel(),
            slave);
  }

  /**
   * Opens one.
   *
   * @throws IOException if there is none to be had: the system's limit, no /dev/pts
   */
  static PseudoTerminal open(Ioctl ioctl, TerminalSize size) throws IOException {
    synchronized (PseudoTerminal.class) {
      Set<Integer> others = descriptorsOfMasters();
      RandomAccessFile master = new RandomAccessFile(MULTIPLEXER, "rw");
      try {
        Set<Integer> own = descriptorsOfMasters();
        own.removeAll(others);
        if (own.size() != 1) {
          throw new IOException("/proc does not show which file a terminal is");
        }
        PseudoTerminal terminal = new PseudoTerminal(ioctl, master, own.iterator().next());
        terminal.takeUtf8();
        terminal.setSize(size);
        return terminal;
      } catch (IOException e) {
        master.close();
        throw e;
      }
    }
  }

  @Override
  public String gate() {
    return slave;
  }

  @Override
  public List<String> wrap(List<String> command, Map<String, String> environment) {
    return command;
  }

  @Override
  public boolean hasKeeper() {
    return false;
  }

  @Override
  public String name(Process process) {
    return slave;
  }

  @Override
  public Optional<ServerEnd> serverEnd() {
    return Optional.of(end);
  }

  @Override
  public void resize(Process process, TerminalSize size) throws IOException {
    synchronized (PseudoTerminal.class) {
      if (!closed) {
        setSize(size);
      }
    }
  }

  /** Never while another is opened: the number of its file must not become the other's. */
  @Override
  public void close() {
    synchronized (PseudoTerminal.class) {
      closed = true;
      try {
        master.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Without it, to erase an ä leaves half of it. */
  private void takeUtf8() throws IOException {
    ByteBuffer settings = argument();
    ioctl.call(descriptor, TCGETS, settings);
    ioctl.call(descriptor, TCSETS, settings.putInt(0, settings.getInt(0) | IUTF8));
  }

  private void setSize(TerminalSize size) throws IOException {
    ioctl.call(
        descriptor,
        TIOCSWINSZ,
        argument().putShort(0, (short) size.rows()).putShort(2, (short) size.columns()));
  }

  private static ByteBuffer argument() {
    return ByteBuffer.allocateDirect(ENOUGH).order(ByteOrder.nativeOrder());
  }

  /** Java tells no one the number of a file that it has opened. */
  private static Set<Integer> descriptorsOfMasters() {
    Set<Integer> found = new HashSet<>();
    File folder = new File("/proc/self/fd");
    String[] open = folder.list();
    for (String each : open == null ? new String[0] : open) {
      try {
        if (Files.readSymbolicLink(new File(folder, each).toPath()).endsWith("ptmx")) {
          found.add(Integer.valueOf(each));
        }
      } catch (IOException e) {
        // Closed meanwhile.
      }
    }
    return found;
  }
}
