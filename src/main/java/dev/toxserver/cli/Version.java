package dev.toxserver.cli;

import java.util.Optional;

/** The program's version. */
final class Version {
  private Version() {}

  /** What the jar's manifest says; outside a jar there is none. */
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unreleased");
  }
}
