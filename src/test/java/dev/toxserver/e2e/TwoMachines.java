package dev.toxserver.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces with a cable between, each as a machine of its own; for root, on Linux.
 * They go when the processes are gone that hold them.
 */
final class TwoMachines implements AutoCloseable {
  /** The address of the first. */
  static final String ADDRESS = "10.99.0.1";

  private final Process first = hold();
  private final Process second = hold();

  TwoMachines() throws IOException, InterruptedException {
    onFirst("ip", "link", "set", "lo", "up");
    String there = String.valueOf(second.pid());
    onFirst("ip", "link", "add", "left", "type", "veth", "peer", "name", "right", "netns", there);
    onFirst("ip", "addr", "add", ADDRESS + "/24", "dev", "left");
    onFirst("ip", "link", "set", "left", "up");
    on(second, "ip", "addr", "add", "10.99.0.2/24", "dev", "right");
    on(second, "ip", "link", "set", "right", "up");
  }

  /** Whether this user can make them here. */
  static boolean arePossible() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-n", "ip", "link").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A command that is run on the first. */
  List<String> first(List<String> command) {
    return in(first, command);
  }

  /** A command that is run on the second. */
  List<String> second(List<String> command) {
    return in(second, command);
  }

  /** Pulls the cable out for some time. */
  void apart(long seconds) throws IOException, InterruptedException {
    onFirst("ip", "link", "set", "left", "down");
    TimeUnit.SECONDS.sleep(seconds);
    onFirst("ip", "link", "set", "left", "up");
  }

  /** For some time, what the first sends is lost, and it is not told. */
  void oneWay(long seconds) throws IOException, InterruptedException {
    onFirst("ip", "route", "add", "blackhole", "10.99.0.2/32");
    TimeUnit.SECONDS.sleep(seconds);
    onFirst("ip", "route", "del", "blackhole", "10.99.0.2/32");
  }

  private void onFirst(String... command) throws IOException, InterruptedException {
    on(first, command);
  }

  private static void on(Process machine, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(in(machine, List.of(command))).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  private static List<String> in(Process machine, List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("nsenter", "-t", String.valueOf(machine.pid()), "-n"));
    all.addAll(command);
    return all;
  }

  private static Process hold() throws IOException {
    Process holder = new ProcessBuilder("unshare", "-n", "sh", "-c", "echo up; exec cat").start();
    if (holder.getInputStream().read() < 0) {
      throw new IOException("no network namespace can be made");
    }
    return holder;
  }

  @Override
  public void close() {
    first.destroy();
    second.destroy();
  }
}
