package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a process has written to one of its streams until now; read on a thread, without a bound.
 */
final class Captured {
  /** Longer where much else goes on: whoever starts the tests knows. */
  static final Duration DEADLINE =
      Duration.ofSeconds(Long.getLong("tox-server.tests.deadline", 30));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CountDownLatch ended = new CountDownLatch(1);

  Captured(InputStream in) {
    Thread reader = new Thread(() -> read(in), "captured");
    reader.setDaemon(true);
    reader.start();
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** The same without the time in a run's verdict, which is never the same. */
  String textWithoutTime() {
    return text()
        .replaceAll("(?m)^(\\[.*] \\w+) (in|after) \\d+\\.\\d s( \\(usual: .*\\))?$", "$1");
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  int size() {
    return bytes.size();
  }

  /** Waits until a text has come; no longer than the stream is open. */
  void awaitText(String expected) {
    try {
      await().atMost(DEADLINE).until(() -> text().contains(expected) || ended.getCount() == 0);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(expected + " did not come; until now: " + text(), e);
    }
    assertThat(text()).contains(expected);
  }

  /** Waits until the other side has closed the stream. */
  void awaitEnd() throws InterruptedException {
    if (!ended.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the stream is still open; until now: " + text());
    }
  }

  private void read(InputStream in) {
    try (in) {
      in.transferTo(bytes);
    } catch (IOException e) {
      bytes.writeBytes(("<" + e + ">").getBytes(StandardCharsets.UTF_8));
    } finally {
      ended.countDown();
    }
  }
}
