package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TestFacts;
import dev.toxserver.server.shared.Absences.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbsencesTest {
  private static final String AWAY = "a: the runner r1 is away; the run waits for it for 12.5 s";
  private static final Placement PLACEMENT =
      TestFacts.placed(new Life(new RunId("a"), 1), 1, "r1", 12_500).placement();
  private static final String BACK = "a: the runner r1 is back";

  private final List<String> told = new ArrayList<>();
  private final Absences absences =
      new Absences((run, notice) -> told.add(run + ": " + notice.message()));
  private final Map<RunId, Placement> placed = Map.of(new RunId("a"), PLACEMENT);

  @Test
  void eachAbsenceIsToldOnceAndEachReturn() {
    look(Presence.HEARD, Presence.SILENT, Presence.SILENT, Presence.HEARD, Presence.HEARD);
    assertThat(told).containsExactly(AWAY, BACK);

    look(Presence.SILENT);
    assertThat(told).containsExactly(AWAY, BACK, AWAY);
  }

  @Test
  void anotherRunnerOfItsNameIsNotItsReturn() {
    look(Presence.SILENT, Presence.UNKNOWN);
    assertThat(told).containsExactly(AWAY);
  }

  @Test
  void aRunnerThatHasGotTheRunOfOneThatIsLostWasNeverAway() {
    look(Presence.SILENT);
    Placement second = TestFacts.placed(new Life(new RunId("a"), 1), 2, "r2").placement();
    absences.look(Map.of(new RunId("a"), second), placement -> Presence.HEARD);
    assertThat(told).containsExactly(AWAY);
  }

  @Test
  void ofARunThatHasEndedNothingIsTold() {
    look(Presence.SILENT);
    absences.look(Map.of(), placement -> Presence.HEARD);
    look(Presence.HEARD);
    assertThat(told).containsExactly(AWAY);
  }

  private void look(Presence... presences) {
    for (Presence presence : presences) {
      absences.look(placed, placement -> presence);
    }
  }
}
