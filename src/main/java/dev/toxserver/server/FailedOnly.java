package dev.toxserver.server;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes of a run another that has tox do again only what has failed, or was asked for with {@code
 * -e} and never begun: {@code -e} with these environments in place of its own. All other arguments
 * stay, and what follows {@code --} is not looked at.
 */
final class FailedOnly {
  private static final String ENVIRONMENTS = "-e";
  private static final String END_OF_OPTIONS = "--";

  /** A name that means itself: tox expands braces and takes a comma for the end of one. */
  private static final Pattern NAME = Pattern.compile("\\w[\\w.+-]*");

  private FailedOnly() {}

  /**
   * What is to be done again of a run.
   *
   * @throws RefusedException if nothing is known of its environments, or none of them has failed
   */
  static Invocation of(RunRecord run) {
    RunResults results =
        run.results()
            .orElseThrow(
                () ->
                    refused(
                        ErrorCode.NOT_FOUND,
                        run.id(),
                        "nothing is known of its environments; 'serve --results' collects that"));
    List<String> kept = new ArrayList<>();
    Set<String> environments = split(run.invocation().args(), kept);
    results.environments().forEach(each -> environments.remove(each.name()));
    environments.addAll(results.failed());
    if (environments.isEmpty()) {
      throw refused(ErrorCode.CONFLICT, run.id(), "no environment of it has failed");
    }
    if (!environments.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw refused(ErrorCode.CONFLICT, run.id(), "its environments have names that -e can't take");
    }
    int end = kept.indexOf(END_OF_OPTIONS);
    kept.addAll(end < 0 ? kept.size() : end, List.of(ENVIRONMENTS, String.join(",", environments)));
    return run.invocation().with(kept);
  }

  /** The environments that arguments name one by one; all other arguments are kept. */
  private static Set<String> split(List<String> args, List<String> kept) {
    Set<String> named = new LinkedHashSet<>();
    int end = args.contains(END_OF_OPTIONS) ? args.indexOf(END_OF_OPTIONS) : args.size();
    for (int i = 0; i < end; i++) {
      String arg = args.get(i);
      if (!arg.startsWith(ENVIRONMENTS)) {
        kept.add(arg);
        continue;
      }
      boolean apart = arg.equals(ENVIRONMENTS) && i + 1 < end;
      String names = apart ? args.get(++i) : arg.substring(ENVIRONMENTS.length());
      for (String name : names.split(",")) {
        if (NAME.matcher(name).matches() && !name.equals("ALL")) {
          named.add(name);
        }
      }
    }
    kept.addAll(args.subList(end, args.size()));
    return named;
  }

  private static RefusedException refused(ErrorCode code, RunId id, String why) {
    return new RefusedException(code, "rerun: of the run " + id + ": " + why);
  }
}
