package dev.toxserver.runner;

import dev.toxserver.protocol.RunId;
import java.util.Map;
import java.util.UUID;

/**
 * The mark in the environment of everything that this server's runs start, by which it is found
 * again wherever it moved: double-forked, in a session or a process group of its own.
 *
 * @param server what all runs of this server share
 */
record Cookie(String server) {
  /**
   * tox hands only some variables on to its commands. tox 4 lets everything through that begins
   * with VIRTUALENV_ (its documentation, pass_env); tox 3 is told by {@link #TOX3_PASS}.
   */
  static final String VARIABLE = "VIRTUALENV_TOX_SERVER_RUN";

  private static final String TOX3_PASS = "TOX_TESTENV_PASSENV";

  static Cookie random() {
    return new Cookie(VARIABLE + "=" + UUID.randomUUID());
  }

  /** What one run's processes carry. */
  String of(RunId id) {
    return server + "." + id;
  }

  /** Puts the mark into the environment of a run. */
  void mark(Map<String, String> environment, RunId id) {
    environment.put(VARIABLE, of(id).substring(VARIABLE.length() + 1));
    environment.merge(TOX3_PASS, VARIABLE, (given, added) -> given + " " + added);
  }
}
