package dev.toxserver.client.paths;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes a link (OSC 8) of each path below the server's folder in a terminal's output, to the user's
 * own file of that name. All that was there stays as it is, to the byte: a link only goes around
 * it.
 *
 * <p>Nothing is held back for what may come, and no bytes are kept: a path that is cut in two by
 * the end of a chunk gets no link. For one thread at a time.
 */
public final class PathLinks {
  /** As on Linux; what is longer is no path. */
  private static final int MAX_PATH = 4096;

  /** A chunk of short paths and long folders would grow without end. */
  private static final int MAX_ADDED = 1024 * 1024;

  private static final String END_OF_PATH = "\"'`<>()[]{}|;,:*?";
  private static final String INSIDE_OF_PATH = "_-./~+@%";
  private static final byte[] END_OF_URI = ascii("\033\\");
  private static final byte[] CLOSE = ascii("\033]8;;\033\\");
  private static final byte[] HEX = ascii("0123456789ABCDEF");

  private final byte[] root;
  private final byte[] open;
  private final Sequences sequences = new Sequences();
  private byte previous = '\n';

  /**
   * For what one stream prints.
   *
   * @param root the folder that the server serves, as it is called over there; absolute, and not
   *     the root of all
   * @param here the same folder on the user's side; absolute
   */
  public PathLinks(String root, String here) {
    this.root = (root + "/").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream uri = new ByteArrayOutputStream();
    uri.writeBytes(ascii("\033]8;;file://"));
    byte[] folder = (here + "/").getBytes(StandardCharsets.UTF_8);
    encode(folder, 0, folder.length, uri);
    open = uri.toByteArray();
  }

  /** The next bytes with links in them; the same array, if there are none. */
  public byte[] apply(byte[] data) {
    ByteArrayOutputStream out = null;
    int copied = 0;
    int added = 0;
    for (int i = 0; i < data.length; i++) {
      if (!sequences.isText(data[i])) {
        previous = 0;
        continue;
      }
      int end = added < MAX_ADDED ? endOfPath(data, i) : -1;
      if (end > 0) {
        out = out == null ? new ByteArrayOutputStream(data.length * 2) : out;
        out.write(data, copied, i - copied);
        int before = out.size();
        out.writeBytes(open);
        encode(data, i + root.length, end, out);
        out.writeBytes(END_OF_URI);
        added += out.size() - before + CLOSE.length;
        out.write(data, i, end - i);
        out.writeBytes(CLOSE);
        copied = end;
        i = end - 1;
      }
      previous = data[i];
    }
    if (out == null) {
      return data;
    }
    out.write(data, copied, data.length - copied);
    return out.toByteArray();
  }

  /** Where a path ends that begins here; not above 0 if none does, or its end is yet to come. */
  private int endOfPath(byte[] data, int start) {
    if (data[start] != '/' || sequences.isLinked() || isInsideOfPath(previous)) {
      return -1;
    }
    int name = start + root.length;
    if (name >= data.length || !matches(data, start)) {
      return -1;
    }
    boolean quoted = previous == '"' || previous == '\'';
    int end = quoted ? endOfQuoted(data, name) : -1;
    if (end < 0) {
      end = endOfWord(data, name);
    }
    return end > name && end - start <= MAX_PATH && staysBelow(data, name, end) ? end : -1;
  }

  private boolean matches(byte[] data, int start) {
    for (int i = 0; i < root.length; i++) {
      if (data[start + i] != root[i]) {
        return false;
      }
    }
    return true;
  }

  /** As Python writes a path, which may have blanks in it. */
  private int endOfQuoted(byte[] data, int from) {
    for (int i = from; i < data.length && isVisible(data[i]); i++) {
      if (data[i] == previous) {
        return i;
      }
    }
    return -1;
  }

  private static int endOfWord(byte[] data, int from) {
    for (int i = from; i < data.length; i++) {
      if (!isVisible(data[i]) || data[i] == ' ' || END_OF_PATH.indexOf(data[i]) >= 0) {
        int end = i;
        while (end > from && data[end - 1] == '.') {
          end--;
        }
        return end;
      }
    }
    return -1;
  }

  /** A link never leads to a file that is none of the project's. */
  private static boolean staysBelow(byte[] data, int from, int end) {
    int dots = 0;
    int others = 0;
    for (int i = from; i <= end; i++) {
      if (i == end || data[i] == '/') {
        if (dots == 2 && others == 0) {
          return false;
        }
        dots = 0;
        others = 0;
      } else if (data[i] == '.') {
        dots++;
      } else {
        others++;
      }
    }
    return true;
  }

  private static boolean isVisible(byte each) {
    return each < 0 || each >= ' ' && each != 0x7f;
  }

  private static boolean isInsideOfPath(byte each) {
    return each < 0 || isLetterOrDigit(each) || INSIDE_OF_PATH.indexOf(each) >= 0;
  }

  private static boolean isLetterOrDigit(byte each) {
    return each >= '0' && each <= '9' || each >= 'A' && each <= 'Z' || each >= 'a' && each <= 'z';
  }

  private static void encode(byte[] path, int from, int end, ByteArrayOutputStream uri) {
    for (int i = from; i < end; i++) {
      byte each = path[i];
      if (isLetterOrDigit(each) || "-._~/".indexOf(each) >= 0) {
        uri.write(each);
      } else {
        uri.write('%');
        uri.write(HEX[each >> 4 & 0xf]);
        uri.write(HEX[each & 0xf]);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
