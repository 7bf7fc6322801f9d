package dev.toxserver.cli;

import dev.toxserver.config.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of ours that stood after the word run, and so went to tox. */
final class Misplaced {
  /** Short options that mean something to tox: it does not fail on those. */
  private static final Set<String> OF_TOX = Set.of("-p", "-h", "-b", "-l");

  private static final Set<String> WITHOUT_VALUE =
      Set.of(DetachOption.FLAG, JsonOption.FLAG, DigestOption.FLAG);

  private Misplaced() {}

  /**
   * What to do about the first of them, in one line.
   *
   * @param args tox's; what follows "--" there is not for tox either
   */
  static Optional<String> hint(List<String> args) {
    Set<String> ours = flags();
    for (String arg : args) {
      if (arg.equals("--")) {
        return Optional.empty();
      }
      String flag = arg.split("=", 2)[0];
      if (ours.contains(flag)) {
        return Optional.of(
            "tox-server: "
                + flag
                + " went to tox, as all does that follows the word run; our own options stand before it:"
                + " tox-server "
                + flag
                + (WITHOUT_VALUE.contains(flag) ? "" : " …")
                + " run …");
      }
    }
    return Optional.empty();
  }

  private static Set<String> flags() {
    Set<String> flags = new HashSet<>(RunOptions.FLAGS);
    for (Setting setting : SettingOptions.GLOBAL) {
      flags.addAll(setting.flags());
    }
    flags.removeAll(OF_TOX);
    return flags;
  }
}
