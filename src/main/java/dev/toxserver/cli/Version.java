package dev.toxserver.cli;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program's version. */
final class Version {
  private static final String COMMIT_ATTRIBUTE = "Build-Commit";

  /** Where the build saw no repository, the names of Maven's properties stand there instead. */
  private static final Pattern COMMIT =
      Pattern.compile("commit=([0-9a-f]{7})[0-9a-f]* dirty=(true|false)");

  private Version() {}

  /** What the jar's manifest says; outside a jar there is none. */
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unreleased");
  }

  /** The same with the commit, if the manifest knows it: {@code 0.1.0 (abc1234-dirty)}. */
  static String withCommit() {
    return current() + commit(manifest()).map(" (%s)"::formatted).orElse("");
  }

  /**
   * The commit's first digits, marked if the sources that were built were not quite that commit.
   */
  static Optional<String> commit(Attributes manifest) {
    Matcher commit =
        COMMIT.matcher(Objects.requireNonNullElse(manifest.getValue(COMMIT_ATTRIBUTE), ""));
    return commit.matches()
        ? Optional.of(commit.group(1) + (commit.group(2).equals("true") ? "-dirty" : ""))
        : Optional.empty();
  }

  /** That of the jar of this very class; no attributes outside a jar. */
  private static Attributes manifest() {
    URL here = Version.class.getResource("Version.class");
    try {
      return here != null && here.openConnection() instanceof JarURLConnection jar
          ? Objects.requireNonNullElseGet(jar.getMainAttributes(), Attributes::new)
          : new Attributes();
    } catch (IOException unreadable) {
      return new Attributes(); // A version without its commit is better than none.
    }
  }
}
