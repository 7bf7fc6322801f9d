package dev.toxserver.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Machines with a network between them, which can fall apart: each a network namespace with a cable
 * to a bridge. For root, on Linux; it goes when the processes are gone that hold it.
 */
final class Network implements Machines, AutoCloseable {
  private static final String BRIDGE = "bridge";

  /** Whoever is on it reaches the others on it, and nobody else. */
  private static final String ISLAND = "island";

  private final NetworkNamespace hub = new NetworkNamespace();
  private final Map<String, NetworkNamespace> machines = new LinkedHashMap<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final List<List<String>> parted = new ArrayList<>();

  Network(String... names) throws IOException, InterruptedException {
    for (String bridge : List.of(BRIDGE, ISLAND)) {
      hub.run("ip", "link", "add", "name", bridge, "type", "bridge");
      hub.run("ip", "link", "set", "dev", bridge, "up");
    }
    for (String name : names) {
      add(name);
    }
  }

  /** Whether this user can make one here. */
  static boolean isPossible() throws InterruptedException {
    return NetworkNamespace.allows("ip", "link", "add", "name", BRIDGE, "type", "bridge");
  }

  private void add(String name) throws IOException, InterruptedException {
    NetworkNamespace machine = new NetworkNamespace();
    machines.put(name, machine);
    addresses.put(name, "10.99.0." + machines.size());
    hub.run(
        "ip",
        "link",
        "add",
        "name",
        name,
        "type",
        "veth",
        "peer",
        "name",
        "cable",
        "netns",
        machine.pid());
    plug(name, BRIDGE);
    hub.run("ip", "link", "set", "dev", name, "up");
    machine.run("ip", "link", "set", "dev", "lo", "up");
    machine.run("ip", "addr", "add", address(name) + "/24", "dev", "cable");
    machine.run("ip", "link", "set", "dev", "cable", "up");
  }

  @Override
  public List<String> on(String machine, List<String> command) {
    return machines.get(machine).in(command);
  }

  @Override
  public String address(String machine) {
    return addresses.get(machine);
  }

  /** These machines and all others lose each other, and nobody is told. */
  void part(String... apart) throws IOException, InterruptedException {
    for (String machine : apart) {
      plug(machine, ISLAND);
    }
  }

  /** One loses these others, and they it; nobody is told. */
  void part(String one, List<String> others) throws IOException, InterruptedException {
    for (String other : others) {
      route("add", one, other);
      route("add", other, one);
      parted.add(List.of(one, other));
    }
  }

  private void route(String verb, String from, String to) throws IOException, InterruptedException {
    machines.get(from).run("ip", "route", verb, "blackhole", address(to) + "/32");
  }

  /** All reach each other again. */
  void mend() throws IOException, InterruptedException {
    for (List<String> two : parted) {
      route("del", two.get(0), two.get(1));
      route("del", two.get(1), two.get(0));
    }
    parted.clear();
    for (String machine : machines.keySet()) {
      plug(machine, BRIDGE);
    }
  }

  private void plug(String machine, String bridge) throws IOException, InterruptedException {
    hub.run("ip", "link", "set", "dev", machine, "master", bridge);
  }

  @Override
  public void close() {
    machines.values().forEach(NetworkNamespace::close);
    hub.close();
  }
}
