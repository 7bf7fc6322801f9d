package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {
  private static final LogLevel INFO = new LogLevel(20);
  private static final LogLevel DEBUG = new LogLevel(10);

  @AfterEach
  void leaveLoggingAsItWas() throws IOException {
    Logger.getLogger("dev.toxserver").setLevel(null);
    LogManager.getLogManager().readConfiguration();
  }

  @Test
  void aRecordIsOneLineWithTheCommandInFront() {
    assertThat(format(INFO, "^C to exit", null)).isEqualTo("[serve] ^C to exit");
  }

  @Test
  void noTraceIsShownUnlessAtDebug() {
    IOException thrown = new IOException("disk full");

    assertThat(format(INFO, "stopped", thrown)).isEqualTo("[serve] stopped");
    assertThat(format(DEBUG, "stopped", thrown))
        .startsWith("[serve] stopped\njava.io.IOException: disk full\n\tat ")
        .doesNotEndWith("\n");
  }

  @Test
  void whatAClientSentCanNotForgeALineNorDriveTheTerminal() {
    assertThat(format(INFO, "bad: x\n[serve] forged\r\033[2Jgone\u009b", null))
        .isEqualTo("[serve] bad: x?[serve] forged??[2Jgone?");
  }

  @Test
  void theLevelIsThatOfTheCommandLineForOursAndWarningForOthers() {
    Logging.start("serve", INFO, Optional.empty());

    assertThat(Logger.getLogger("dev.toxserver.server.Any").isLoggable(Level.INFO)).isTrue();
    assertThat(Logger.getLogger("dev.toxserver.server.Any").isLoggable(Level.FINE)).isFalse();
    assertThat(Logger.getLogger("io.other").isLoggable(Level.WARNING)).isTrue();
    assertThat(Logger.getLogger("io.other").isLoggable(Level.INFO)).isFalse();
  }

  @Test
  void theFileSetsTheLevelsOfSingleLoggersAndNoHandlers(@TempDir Path folder) throws IOException {
    Path file = folder.resolve(Logging.FILE);
    Files.writeString(
        file, "handlers=java.util.logging.ConsoleHandler\n.level=SEVERE\nio.other.level=FINE\n");

    Logging.start("serve", DEBUG, Optional.of(file));

    assertThat(Logger.getLogger("").getHandlers()).hasSize(1);
    assertThat(Logger.getLogger("io.other").isLoggable(Level.FINE)).isTrue();
    assertThat(Logger.getLogger("io.another").isLoggable(Level.WARNING)).isFalse();
  }

  @Test
  void aFileThatCanNotBeReadIsRefusedByName(@TempDir Path folder) {
    Path missing = folder.resolve(Logging.FILE);

    assertThatThrownBy(() -> Logging.start("serve", INFO, Optional.of(missing)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(missing.toString());
  }

  private static String format(LogLevel level, String message, Throwable thrown) {
    Logging.start("serve", level, Optional.empty());
    Formatter formatter = Logger.getLogger("").getHandlers()[0].getFormatter();
    LogRecord record = new LogRecord(Level.INFO, message);
    record.setThrown(thrown);
    return formatter.format(record);
  }
}
