package dev.toxserver.e2e;

import java.io.IOException;

/** Sends signals as a user does. */
final class Signal {
  private Signal() {}

  static void send(String name, long pid) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, String.valueOf(pid))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new AssertionError("kill -s " + name + " " + pid + " failed");
    }
  }
}
