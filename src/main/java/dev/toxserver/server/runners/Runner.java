package dev.toxserver.server.runners;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A place where runs are carried out, in this process or elsewhere, and those of tox that are there
 * now. Belongs to the server's context.
 */
public final class Runner {
  private final RunnerAddresses addresses;
  private final String version;
  private final Set<RunId> busy = new HashSet<>();
  private Labels labels = Labels.NONE;
  private int capacity;
  private String address = "";
  private boolean away;

  Runner(RunnerName name, String version) {
    this.addresses = new RunnerAddresses(name);
    this.version = version;
  }

  /** Where it takes its orders. */
  public RunnerAddresses addresses() {
    return addresses;
  }

  /** What it is called, if it is not in the server's own process. */
  public Optional<RunnerName> remoteName() {
    return Optional.of(name()).filter(name -> !name.equals(RunnerName.LOCAL));
  }

  /** A run of tox is placed with it. */
  public void take(RunId run) {
    busy.add(run);
  }

  /** The run has ended. */
  public void release(RunId run) {
    busy.remove(run);
  }

  RunnerName name() {
    return addresses.name();
  }

  Labels labels() {
    return labels;
  }

  /** What it has and takes from now on. */
  void offers(Labels newLabels, int newCapacity) {
    labels = newLabels;
    capacity = newCapacity;
  }

  /** Its connection has broken, and it is expected back. */
  void away() {
    away = true;
  }

  /** It is there, at an address. */
  void isAt(String newAddress) {
    address = newAddress;
    away = false;
  }

  /** Whether it takes no runs any more. */
  boolean isLeaving() {
    return capacity == 0;
  }

  /** Whether it would take orders now. */
  boolean isThere() {
    return !away && !isLeaving();
  }

  /** How many more runs of tox it would take now. */
  int room() {
    return isThere() ? Math.max(0, capacity - busy.size()) : 0;
  }

  RunnerStatus status() {
    return new RunnerStatus(
        name().value(), state(), labels, capacity, busy.size(), address, version);
  }

  private RunnerStatus.State state() {
    if (away) {
      return RunnerStatus.State.AWAY;
    }
    if (isLeaving()) {
      return RunnerStatus.State.LEAVING;
    }
    return busy.isEmpty() ? RunnerStatus.State.IDLE : RunnerStatus.State.BUSY;
  }
}
