package dev.toxserver.protocol;

import java.util.List;

/**
 * The event-bus addresses at which one runner takes its orders. No client can reach them through
 * the bridge.
 *
 * @param name the runner's name
 */
public record RunnerAddresses(RunnerName name) {
  /** Those of the runner in the server's own process. */
  public static final RunnerAddresses LOCAL = new RunnerAddresses(RunnerName.LOCAL);

  /** All that follow. */
  public List<String> all() {
    return List.of(start(), cancel(), acknowledge(), input(), resize());
  }

  /** Takes each {@link RunnerOrder.Start}, and replies when the run has begun. */
  public String start() {
    return order("start");
  }

  /** Takes each {@link RunnerOrder.Cancel}. */
  public String cancel() {
    return order("cancel");
  }

  /** Takes each {@link RunnerOrder.Acknowledge}. */
  public String acknowledge() {
    return order("acknowledge");
  }

  /** Takes each {@link RunnerOrder.Input}, and replies how far it was taken. */
  public String input() {
    return order("input");
  }

  /** Takes each {@link RunnerOrder.Resize}. */
  public String resize() {
    return order("resize");
  }

  /** Over NATS alone: here it takes what it would be answered if it joined now. */
  public String join() {
    return order("join");
  }

  /** Over NATS it listens to all of them at once. */
  public String any() {
    return order("*");
  }

  private String order(String order) {
    return "tox.runner." + name + "." + order;
  }
}
