package dev.toxserver.server.shared;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunFacts.State;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.TestFacts;
import dev.toxserver.server.shared.World.Hub;
import dev.toxserver.server.shared.World.Job;
import dev.toxserver.server.shared.World.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All that can happen next in a {@link World}: each step leads to another. */
final class WorldSteps {
  private static final Life LIFE = new Life(new RunId("a"), 1);

  private static final Fact.Asked ASKED = TestFacts.asked(LIFE, new Invocation(List.of()), false);
  private static final Fact.Asked RETRIED = TestFacts.asked(LIFE, new Invocation(List.of()), true);

  private final World world;
  private final List<World> next = new ArrayList<>();

  private WorldSteps(World world) {
    this.world = world;
  }

  static List<World> from(World world) {
    WorldSteps steps = new WorldSteps(world);
    for (int i = 0; i < 2; i++) {
      steps.ofRunner(i);
      steps.ofHub(i);
    }
    return steps.next;
  }

  private void step(Consumer<World> change) {
    World other = world.copy();
    change.accept(other);
    next.add(other);
  }

  private void ofRunner(int r) {
    Runner runner = world.runners.get(r);
    if (runner.phase().equals("idle") && world.ticket && world.deliveries > 0) {
      step(
          w -> {
            w.deliveries--;
            w.runners.set(r, runner.in("claims"));
          });
    }
    if (runner.phase().equals("runs")) {
      if (runner.written() == 0) {
        step(w -> output(w, r));
      }
      step(w -> w.runners.set(r, runner.in("ends")));
    }
    if (world.crashes > 0 && !runner.phase().equals("idle")) {
      step(
          w -> {
            w.crashes--;
            w.runners.set(r, Runner.idle(runner.session() + 1));
          });
    }
  }

  /** Whose log was ended ends its program. */
  private static void output(World w, int r) {
    Runner runner = w.runners.get(r);
    boolean kept = w.write(runner.placement(), 0, "out").isEmpty();
    w.runners.set(
        r,
        kept
            ? new Runner(runner.session(), "runs", runner.placement(), 1)
            : Runner.idle(runner.session()));
  }

  private void ofHub(int h) {
    Hub hub = world.hubs.get(h);
    // What it has seen matters when it begins something.
    if (hub.seen() < world.facts.size() && hub.job().isEmpty()) {
      step(w -> w.hubs.set(h, new Hub(w.facts.size(), hub.job())));
    }
    if (hub.job().isPresent()) {
      Job job = hub.job().get();
      step(w -> finish(w, h, work(w, h, job)));
      if (job.kind().equals("claims") && job.step() == 1) {
        // The acknowledgement is lost: somebody is given the ticket again.
        step(w -> finish(w, h, Optional.of(job.next())));
      }
      if (world.crashes > 0) {
        step(
            w -> {
              w.crashes--;
              w.hubs.set(h, new Hub(w.facts.size(), Optional.empty()));
            });
      }
    } else {
      requests(h);
      repairs(h);
    }
  }

  private static void finish(World w, int h, Optional<Job> rest) {
    w.hubs.set(h, new Hub(w.hubs.get(h).seen(), rest));
  }

  private void begin(int h, Job job) {
    step(w -> finish(w, h, Optional.of(job)));
  }

  private static boolean isSweep(Job job) {
    return job.kind().equals("sweeps");
  }

  /** A runner asks any hub, and again another. */
  private void requests(int h) {
    for (int r = 0; r < 2; r++) {
      Runner runner = world.runners.get(r);
      if (runner.phase().equals("claims") || runner.phase().equals("ends")) {
        begin(h, new Job(runner.phase(), r, World.session(r, runner.session()), 0, ""));
      }
    }
  }

  private void repairs(int h) {
    RunFacts run = world.view(world.hubs.get(h));
    if (run.state() == State.PLACED) {
      String session = run.placed().orElseThrow().placement().session();
      boolean isSuspect = world.rules.wrongly() || world.isDead(session) || world.isIdle(session);
      boolean isSwept = world.hubs.get(1 - h).job().filter(WorldSteps::isSweep).isPresent();
      if (isSuspect && (!isSwept || world.sweeps > 0)) {
        step(
            w -> {
              w.sweeps -= isSwept ? 1 : 0;
              finish(w, h, Optional.of(new Job("sweeps", 0, "", 0, "")));
            });
      }
    } else if (run.state() == State.QUEUED && run.number() > 1 && !world.ticket) {
      step(
          w -> {
            w.ticket = true;
            w.deliveries = Math.max(1, w.deliveries);
          });
    }
  }

  private static Optional<Job> work(World w, int h, Job job) {
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
        new Fact.Placed(LIFE, run.number(), new Placement(name, job.session(), "p", 0), 0));
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
