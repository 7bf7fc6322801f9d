package dev.toxserver.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace, as a machine with a network of its own; for root, on Linux. It goes when the
 * process is gone that holds it.
 */
final class NetworkNamespace implements AutoCloseable {
  private final Process holder;

  NetworkNamespace() throws IOException {
    holder = new ProcessBuilder("unshare", "-n", "sh", "-c", "echo up; exec cat").start();
    if (holder.getInputStream().read() < 0) {
      throw new IOException("no network namespace can be made");
    }
  }

  /** Whether this user can do so in one here. */
  static boolean allows(String... command) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("unshare", "-n"));
    all.addAll(List.of(command));
    try {
      return new ProcessBuilder(all).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What ip calls it. */
  String pid() {
    return String.valueOf(holder.pid());
  }

  /** A command that is run there. */
  List<String> in(List<String> command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "-t", pid(), "-n"));
    all.addAll(command);
    return all;
  }

  void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(in(List.of(command))).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  @Override
  public void close() {
    holder.destroy();
  }
}
