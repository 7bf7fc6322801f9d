package dev.toxserver.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A control group that limits how many processes and threads there may be, as a container's does
 * (docker's {@code --pids-limit}). Takes root and a writable hierarchy, of either version.
 */
final class PidsGroup {
  private static final Path V1 = Path.of("/sys/fs/cgroup/pids");
  private static final Path V2 = Path.of("/sys/fs/cgroup");

  private final Path folder;

  private PidsGroup(Path folder) {
    this.folder = folder;
  }

  /** Makes one, without a limit; empty where that is not possible. */
  static Optional<PidsGroup> make() {
    Path root = Files.isDirectory(V1) ? V1 : V2;
    Path folder = root.resolve("tox-server-test-" + ProcessHandle.current().pid());
    try {
      if (root.equals(V2)) {
        Files.writeString(V2.resolve("cgroup.subtree_control"), "+pids");
      }
      Files.createDirectories(folder);
      PidsGroup group = new PidsGroup(folder);
      group.lift();
      return Optional.of(group);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The command, in the group from its first moment on. */
  List<String> around(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", folder + "/cgroup.procs"));
    all.addAll(command);
    return all;
  }

  /** From now on there may be so many more than there are. */
  void allowMore(int more) throws IOException {
    int now = Integer.parseInt(Files.readString(folder.resolve("pids.current")).strip());
    limit(String.valueOf(now + more));
  }

  void lift() throws IOException {
    limit("max");
  }

  private void limit(String most) throws IOException {
    Files.writeString(folder.resolve("pids.max"), most);
  }

  /** All that was in it must have ended. */
  void remove() {
    await()
        .atMost(Captured.DEADLINE)
        .ignoreException(IOException.class)
        .until(() -> Files.deleteIfExists(folder));
  }
}
