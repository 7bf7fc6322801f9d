package dev.toxserver.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  private static final RunId RUN = new RunId("a");
  private static final RunRecord RECORD =
      RunRecord.accepted(new Request.Run(RUN, List.of("-e"), Optional.empty()), Optional.empty());

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = temporary.resolve("new/state");
  }

  @Test
  void aSecondServerIsRefusedUntilTheFirstHasLeft() throws IOException {
    try (Archive first = open()) {
      assertThat(first.load()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessage("another server uses " + folder);
    }
    open().close();
  }

  @Test
  void whatWasSavedLastIsFoundTheOldestFirst() throws IOException {
    RunRecord ended = RECORD.startedOn(Optional.empty()).ended(exit(7));
    try (Archive archive = open()) {
      archive.save(accepted("newer", 2_000).ended(exit(0)));
      archive.save(accepted("older", 1_000).ended(exit(0)));
      archive.save(RECORD);
      archive.save(ended);
    }
    try (Archive archive = open()) {
      assertThat(archive.load())
          .extracting(run -> run.id().value())
          .containsExactly("older", "newer", "a");
      assertThat(archive.load()).last().isEqualTo(ended);
    }
  }

  @Test
  void aDraftThatADyingServerLeftIsReplacedAndNeverRead() throws IOException {
    try (Archive archive = open()) {
      archive.save(RECORD.ended(exit(0)));
      Files.writeString(folder.resolve("a/run.json.new"), "{\"id\":");
      assertThat(archive.load()).hasSize(1);
      archive.save(RECORD.ended(exit(1)));
      assertThat(archive.load().get(0).returncode()).hasValue(1);
      assertThat(folder.resolve("a/run.json.new")).doesNotExist();
    }
  }

  /** As after a power failure: what was written last is not on the disk yet. */
  @ParameterizedTest
  @ValueSource(strings = {"run.json", "run.json.new"})
  void whereTheNewestRecordIsEmptyTheOneBeforeIsTaken(String newest) throws IOException {
    try (Archive archive = open()) {
      archive.save(RECORD);
      archive.save(RECORD.ended(exit(7)));
    }
    Files.delete(folder.resolve("a/run.json"));
    Files.createFile(folder.resolve("a").resolve(newest));
    try (Archive archive = open()) {
      assertThat(archive.load()).containsExactly(RECORD);
      archive.save(RECORD.ended(exit(8)));
      Files.writeString(folder.resolve("a/run.json"), "");
      assertThat(archive.load()).containsExactly(RECORD);
    }
  }

  /** The older record is moved aside first: what is renamed over a file waits for a busy disk. */
  @Test
  void aDraftInWhosePlaceADyingServerLeftNoRecordIsTheRecord() throws IOException {
    try (Archive archive = open()) {
      archive.save(RECORD.ended(exit(7)));
    }
    Files.move(folder.resolve("a/run.json"), folder.resolve("a/run.json.new"));
    try (Archive archive = open()) {
      assertThat(archive.load().get(0).returncode()).hasValue(7);
      assertThat(folder.resolve("a/run.json")).exists();
      assertThat(folder.resolve("a/run.json.new")).doesNotExist();
    }
  }

  @Test
  void aFirstDraftThatADyingServerLeftHalfWrittenIsIgnored() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/run.json.new"), "{\"id\":");
    try (Archive archive = open()) {
      assertThat(archive.load()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"id\":\"../b\"}", "\0"})
  void whatIsNoRecordIsIgnored(String content) throws IOException {
    try (Archive archive = open()) {
      archive.save(RECORD);
      Files.createDirectory(folder.resolve("b"));
      Files.writeString(folder.resolve("b/run.json"), content);
      Files.createDirectory(folder.resolve("empty"));
      Files.writeString(folder.resolve("file"), "rubbish");
      assertThat(archive.load()).extracting(RunRecord::id).containsExactly(RUN);
    }
  }

  @Test
  void aRecordInAnothersFolderIsIgnoredForForgettingItWouldTakeTheWrongOne() throws IOException {
    try (Archive archive = open()) {
      archive.save(RECORD);
      Files.createDirectory(folder.resolve("b"));
      Files.copy(folder.resolve("a/run.json"), folder.resolve("b/run.json"));
      assertThat(archive.load()).hasSize(1);
    }
  }

  @Test
  void whatIsDeletedIsGoneWithItsOutputAndNothingElseIs() throws IOException {
    try (Archive archive = open()) {
      archive.save(RECORD);
      archive.newSpool(RUN).append(Entries.stdout(0, 10, 10));
      archive.save(accepted("b", 1_000));
      archive.delete(RUN);
      archive.delete(new RunId("never-there"));
      assertThat(folder.resolve("a")).doesNotExist();
      assertThat(archive.load()).extracting(run -> run.id().value()).containsExactly("b");
    }
  }

  @Test
  void deletingFollowsNoLink() throws IOException {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("file"), "stays");
    try (Archive archive = open()) {
      archive.save(RECORD);
      Files.createSymbolicLink(folder.resolve("a/link"), outside);
      archive.delete(RUN);
    }
    assertThat(outside.resolve("file")).hasContent("stays");
  }

  @Test
  void nobodyElseCanLookIntoIt() throws IOException {
    try (Archive archive = open()) {
      archive.save(RECORD);
      archive.newSpool(RUN).append(Entries.stdout(0, 1, 10));
    }
    try (var all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .as(each.toString())
            .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void aFolderOfAnotherUserIsRefusedAndNothingIsLeftInIt() throws Exception {
    Path others = Files.createDirectory(temporary.resolve("others"));
    assumeTrue(sh("chown 65534 " + others), "only root gives files away");
    assertThatThrownBy(() -> Archive.open(others, 1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(others + " belongs to another user, ");
    assertThat(others).isEmptyDirectory();
  }

  @Test
  @Timeout(30)
  void aPipeInThePlaceOfTheLockIsNotWaitedFor() throws Exception {
    Files.createDirectories(folder);
    assertThat(sh("mkfifo " + folder.resolve(".lock"))).isTrue();
    assertThatThrownBy(this::open).hasMessageEndingWith(".lock is no regular file");
  }

  @Test
  void whereThereIsNoRoomForWhatBecameOfARunItsOutputMakesRoom() throws Exception {
    try (Archive archive = open()) {
      archive.begin(RECORD);
      archive.newSpool(RUN).append(Entries.stdout(0, 10, 10));
      // A draft that can't be made stands for a disk without room.
      Path draft = folder.resolve("a/run.json.new");
      Files.createDirectories(draft.resolve("in-the-way"));
      assertThatThrownBy(() -> archive.end(RECORD.ended(exit(0)))).isInstanceOf(IOException.class);
      assertThat(archive.spoolOf(RUN).last()).isEmpty();
    }
  }

  private static boolean sh(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", command).start().waitFor() == 0;
  }

  @Test
  void whereAFileOrALinkIsInTheWayNothingIsKept() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> Archive.open(file, 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Archive.open(file.resolve("state"), 1))
        .isInstanceOf(IOException.class);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);
    assertThatThrownBy(() -> Archive.open(link, 1)).isInstanceOf(IOException.class);
  }

  private static RunEvent.Exit exit(int returncode) {
    return new RunEvent.Exit(3, returncode, false, Optional.empty());
  }

  private Archive open() throws IOException {
    return Archive.open(folder, 1_000_000);
  }

  private static RunRecord accepted(String id, long millis) {
    RunRecord now =
        RunRecord.accepted(
            new Request.Run(new RunId(id), List.of(), Optional.empty()), Optional.empty());
    return new RunRecord(
        now.id(),
        now.asked(),
        millis,
        now.started(),
        now.ended(),
        now.exit(),
        now.lost(),
        now.missing(),
        now.results(),
        now.runner());
  }
}
