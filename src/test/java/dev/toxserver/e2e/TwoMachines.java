package dev.toxserver.e2e;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two network namespaces with a cable between, each as a machine of its own. */
final class TwoMachines implements AutoCloseable {
  /** The address of the first. */
  static final String ADDRESS = "10.99.0.1";

  private final NetworkNamespace first = new NetworkNamespace();
  private final NetworkNamespace second = new NetworkNamespace();

  TwoMachines() throws IOException, InterruptedException {
    first.run("ip", "link", "set", "lo", "up");
    first.run(
        "ip",
        "link",
        "add",
        "left",
        "type",
        "veth",
        "peer",
        "name",
        "right",
        "netns",
        second.pid());
    first.run("ip", "addr", "add", ADDRESS + "/24", "dev", "left");
    first.run("ip", "link", "set", "left", "up");
    second.run("ip", "addr", "add", "10.99.0.2/24", "dev", "right");
    second.run("ip", "link", "set", "right", "up");
  }

  /** Whether this user can make them here. */
  static boolean arePossible() throws InterruptedException {
    return NetworkNamespace.allows("ip", "link");
  }

  /** A command that is run on the first. */
  List<String> first(List<String> command) {
    return first.in(command);
  }

  /** A command that is run on the second. */
  List<String> second(List<String> command) {
    return second.in(command);
  }

  /** Pulls the cable out for some time. */
  void apart(long seconds) throws IOException, InterruptedException {
    first.run("ip", "link", "set", "left", "down");
    TimeUnit.SECONDS.sleep(seconds);
    first.run("ip", "link", "set", "left", "up");
  }

  /** For some time, what the first sends is lost, and it is not told. */
  void oneWay(long seconds) throws IOException, InterruptedException {
    first.run("ip", "route", "add", "blackhole", "10.99.0.2/32");
    TimeUnit.SECONDS.sleep(seconds);
    first.run("ip", "route", "del", "blackhole", "10.99.0.2/32");
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
