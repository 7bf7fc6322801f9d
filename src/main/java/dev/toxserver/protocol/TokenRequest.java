package dev.toxserver.protocol;

import java.util.List;
import java.util.OptionalLong;

/** What is asked about tokens that may less than the server's own, with which it is asked. */
public sealed interface TokenRequest extends Request {
  /** The longest that a token can last, in seconds: ten years. */
  long MAX_SECONDS = 10L * 366 * 24 * 60 * 60;

  @Override
  default String command() {
    return "token";
  }

  /**
   * Make one.
   *
   * @param scope what it may
   * @param args patterns of the arguments with which it may run tox; without any, with all
   * @param seconds for how long, from 1 to {@link #MAX_SECONDS}; if empty, until it is revoked
   */
  record Create(Scope scope, List<String> args, OptionalLong seconds) implements TokenRequest {
    /** Takes a copy of the patterns. */
    public Create {
      args = List.copyOf(args);
    }

    @Override
    public String address() {
      return Addresses.TOKEN_CREATE;
    }
  }

  /**
   * Make one that may read one run, and nothing else.
   *
   * @param id the run, or {@link RunId#LAST}
   * @param seconds the longest that it lasts, from 1 to {@link #MAX_SECONDS}; if empty, as long as
   *     the server lets it
   */
  record Share(RunId id, OptionalLong seconds) implements TokenRequest {
    @Override
    public String address() {
      return Addresses.SHARE;
    }

    @Override
    public String command() {
      return "share";
    }
  }

  /** Revoke one: whoever is connected with it is so no more. */
  record Revoke(String id) implements TokenRequest {
    @Override
    public String address() {
      return Addresses.TOKEN_REVOKE;
    }
  }

  /** Tell which there are. */
  record All() implements TokenRequest {
    @Override
    public String address() {
      return Addresses.TOKENS;
    }
  }
}
