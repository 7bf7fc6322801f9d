package dev.toxserver.protocol;

/**
 * That a run is a runner's to execute.
 *
 * @param session as in {@link RunnerJoin}, when it was placed
 * @param name as in {@link RunnerOrder.Start}: no other placement has it
 * @param nextSeq the number of the first event that the runner publishes
 * @param goneMillis as in {@link RunnerJoin}, when it was placed: the runner's own times
 */
public record Placement(
    RunnerName runner, String session, String name, long nextSeq, long goneMillis) {
  /** Where its events are kept. */
  public NatsSubjects.Log log(RunId run) {
    return new NatsSubjects.Log(runner, run, name);
  }
}
