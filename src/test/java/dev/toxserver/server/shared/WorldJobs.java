package dev.toxserver.server.shared;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.TestFacts;
import dev.toxserver.server.shared.World.Job;
import dev.toxserver.server.shared.World.Runner;
import java.util.List;
import java.util.Optional;

/** The steps of what a hub does in a {@link World}. */
final class WorldJobs {
  private static final Life LIFE = new Life(new RunId("a"), 1);

  private static final Fact.Asked ASKED = TestFacts.asked(LIFE, new Invocation(List.of()), false);
  private static final Fact.Asked RETRIED = TestFacts.asked(LIFE, new Invocation(List.of()), true);

  private WorldJobs() {}

  /** The next step; what is left of it then. */
  static Optional<Job> work(World w, int h, Job job) {
    return switch (job.kind()) {
      case "accept" -> accept(w, job);
      case "claims" -> claim(w, h, job);
      case "ends" -> end(w, job);
      default -> sweep(w, h, job);
    };
  }

  private static Optional<Job> accept(World w, Job job) {
    if (job.step() == 0) {
      w.ticket = true;
      return Optional.of(job.next());
    }
    w.create(asked(w));
    return Optional.empty();
  }

  private static Fact.Asked asked(World w) {
    return w.rules.retry() ? RETRIED : ASKED;
  }

  /** Create, acknowledge, answer. */
  private static Optional<Job> claim(World w, int h, Job job) {
    switch (job.step()) {
      case 0 -> {
        boolean isKnown = w.view(w.hubs.get(h)).asked().isPresent();
        if (!isKnown && !w.ticket) {
          // Only a hub that has not heard of it yet is to be asked again.
          boolean exists = w.truth().asked().isPresent();
          return exists ? Optional.empty() : Optional.of(job.next("gone"));
        }
        w.create(asked(w));
        RunFacts run = w.view(w.hubs.get(h)).with(asked(w), 1);
        Fact decided =
            run.placed().map(Fact.class::cast).or(run::end).orElseGet(() -> place(w, run, job));
        boolean isIts =
            decided instanceof Fact.Placed placed
                && placed.placement().session().equals(job.session());
        return Optional.of(job.next(isIts ? decided.name() : "gone"));
      }
      case 1 -> {
        w.ticket = false;
        return Optional.of(job.next());
      }
      default -> {
        answerClaim(w, job);
        return Optional.empty();
      }
    }
  }

  private static Fact place(World w, RunFacts run, Job job) {
    RunnerName name = new RunnerName("r" + job.runner());
    return w.create(
        new Fact.Placed(LIFE, run.number(), new Placement(name, job.session(), "p", 0, 0), 0));
  }

  /** Whoever asked may be dead, or have had its answer of another hub, or have ended it already. */
  private static void answerClaim(World w, Job job) {
    Runner runner = w.runners.get(job.runner());
    boolean waits = runner.phase().equals("claims");
    if (waits && World.session(job.runner(), runner.session()).equals(job.session())) {
      String start = job.found() + " " + job.session();
      boolean gone = job.found().equals("gone") || w.started.contains(start);
      if (!gone) {
        w.started.add(start);
      }
      w.runners.set(
          job.runner(),
          gone
              ? Runner.idle(runner.session())
              : new Runner(runner.session(), "runs", job.found(), 0));
    }
  }

  /** The log's end, the fact, the answer. */
  private static Optional<Job> end(World w, Job job) {
    Runner runner = w.runners.get(job.runner());
    switch (job.step()) {
      case 0 -> {
        if (!runner.phase().equals("ends")) {
          return Optional.empty();
        }
        String there = w.write(runner.placement(), runner.written(), "exit");
        return Optional.of(job.next(runner.placement() + "=" + (there.isEmpty() ? "exit" : there)));
      }
      case 1 -> {
        String[] found = job.found().split("=");
        ended(w, numberOf(found[0]), found[1]);
        return Optional.of(job.next());
      }
      default -> {
        boolean same = World.session(job.runner(), runner.session()).equals(job.session());
        if (same && runner.phase().equals("ends")) {
          w.runners.set(job.runner(), Runner.idle(runner.session()));
        }
        return Optional.empty();
      }
    }
  }

  /** Where the log ends, as far as is known; its end; the fact. */
  private static Optional<Job> sweep(World w, int h, Job job) {
    if (job.step() == 0) {
      String placement = w.view(w.hubs.get(h)).placed().orElseThrow().name();
      return Optional.of(job.next(placement + "=" + w.log(placement).size()));
    }
    String[] found = job.found().split("=");
    if (job.step() == 1) {
      int index = Integer.parseInt(found[1]);
      String last = index == 0 ? "out" : w.log(found[0]).get(index - 1);
      String there = last.equals("out") ? w.write(found[0], index, "lost") : last;
      return there.equals("out")
          ? Optional.empty()
          : Optional.of(job.next(found[0] + "=" + (there.isEmpty() ? "lost" : there)));
    }
    ended(w, numberOf(found[0]), found[1]);
    return Optional.empty();
  }

  private static void ended(World w, int number, String how) {
    boolean again = how.equals("lost") && w.rules.retry() && number == 1;
    int returncode = how.equals("exit") ? 0 : RunEvent.Exit.LOST;
    w.create(
        again
            ? new Fact.Again(LIFE, number, 0, "lost")
            : TestFacts.ended(LIFE, number, returncode));
  }

  private static int numberOf(String placement) {
    return Integer.parseInt(placement.substring(placement.indexOf('.') + 1));
  }
}
