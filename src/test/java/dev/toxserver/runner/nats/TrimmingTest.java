package dev.toxserver.runner.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.HubReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrimmingTest {
  private final List<String> asked = new ArrayList<>();
  private final List<Promise<HubReply>> answers = new ArrayList<>();
  private final Trimming trimming = new Trimming(this::ask);

  @Test
  void aLongBeginningIsDeletedInPiecesThatHubsTakeOneAfterTheOther() {
    trimming.below(1_200);
    assertThat(asked).containsExactly("0-500");

    answers.get(0).complete(new HubReply.Done());
    trimming.below(1_300);
    answers.get(1).complete(new HubReply.Done());
    answers.get(2).complete(new HubReply.Done());

    assertThat(asked).containsExactly("0-500", "500-1000", "1000-1300");
  }

  private Future<HubReply> ask(long from, long below) {
    asked.add(from + "-" + below);
    Promise<HubReply> answer = Promise.promise();
    answers.add(answer);
    return answer.future();
  }
}
