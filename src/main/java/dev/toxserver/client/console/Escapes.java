package dev.toxserver.client.console;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Finds among the keys those that are meant for the client. As in ssh, {@code ~} at the start of a
 * line begins them: a line starts behind a return or newline that was typed. What is meant for the
 * program is passed on at once, but for such a {@code ~}, which waits for the key behind it.
 */
public final class Escapes {
  /** What the client is asked for. */
  public enum Wish {
    /** {@code ~.}: leave, whatever the connection and the program do. */
    LEAVE,
    /** {@code ~?}: say which of these keys there are. */
    HELP,
    /** {@code ~^Z}, or {@code ^Z} alone: suspend the client. */
    SUSPEND
  }

  private static final byte CTRL_Z = 26;

  private final boolean suspendsOnCtrlZ;
  private final Consumer<Wish> onWish;
  private boolean atLineStart = true;
  private boolean begun;

  /**
   * Stands at the start of a line.
   *
   * @param suspendsOnCtrlZ whether {@code ^Z} alone is for the client; else it is the program's
   * @param onWish takes each wish when its key is met
   */
  public Escapes(boolean suspendsOnCtrlZ, Consumer<Wish> onWish) {
    this.suspendsOnCtrlZ = suspendsOnCtrlZ;
    this.onWish = onWish;
  }

  /** Takes keys, and returns those of them that are the program's. */
  public byte[] pass(byte[] typed) {
    ByteArrayOutputStream programs = new ByteArrayOutputStream(typed.length + 1);
    for (byte key : typed) {
      if (begun) {
        begun = false;
        escape(key, programs);
      } else if (key == '~' && atLineStart) {
        begun = true;
      } else {
        plain(key, programs);
      }
    }
    return programs.toByteArray();
  }

  private void escape(byte key, ByteArrayOutputStream programs) {
    switch (key) {
      case '.' -> onWish.accept(Wish.LEAVE);
      case '?' -> onWish.accept(Wish.HELP);
      case CTRL_Z -> onWish.accept(Wish.SUSPEND);
      case '~' -> plain(key, programs);
      default -> {
        plain((byte) '~', programs);
        plain(key, programs);
      }
    }
  }

  private void plain(byte key, ByteArrayOutputStream programs) {
    if (key == CTRL_Z && suspendsOnCtrlZ) {
      onWish.accept(Wish.SUSPEND);
    } else {
      programs.write(key);
      atLineStart = key == '\r' || key == '\n';
    }
  }
}
