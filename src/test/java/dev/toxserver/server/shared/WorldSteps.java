package dev.toxserver.server.shared;

import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunFacts.State;
import dev.toxserver.server.shared.World.Hub;
import dev.toxserver.server.shared.World.Job;
import dev.toxserver.server.shared.World.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All that can happen next in a {@link World}: each step leads to another. */
final class WorldSteps {

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
      step(w -> finish(w, h, WorldJobs.work(w, h, job)));
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
}
