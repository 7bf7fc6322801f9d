package dev.toxserver.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tells of the user's saves, a burst at a time. */
public final class Watcher {
  private final Path from;
  private final List<WatchedFolder> folders;
  private final Consumer<Change> onSave;
  private final Consumer<String> onTrouble;
  private final Burst burst;

  /**
   * Begins to watch; blocks while it goes through all folders.
   *
   * @param from the folder in which the user stands, for the names of files
   * @param roots the folders that are watched, as absolute paths
   * @param onSave takes each burst of saves, on a thread of this class's
   * @param onTrouble takes a line for the user when something can't be watched
   * @throws IOException if nothing can be watched
   */
  public static Watcher open(
      Path from,
      List<Path> roots,
      Ignored ignored,
      Consumer<Change> onSave,
      Consumer<String> onTrouble)
      throws IOException {
    Watcher watcher = new Watcher(from, roots, ignored, onSave, onTrouble);
    for (WatchedFolder folder : watcher.folders) {
      folder.open();
    }
    // The way through fifty thousand files leaves tens of MiB behind: the system gets them back.
    System.gc();
    Thread thread = new Thread(watcher::tellForEver, "tox-server-saves");
    thread.setDaemon(true);
    thread.start();
    return watcher;
  }

  private Watcher(
      Path from,
      List<Path> roots,
      Ignored ignored,
      Consumer<Change> onSave,
      Consumer<String> onTrouble) {
    this.from = from;
    this.onSave = onSave;
    this.onTrouble = onTrouble;
    burst = new Burst(this::gitIsWriting);
    folders =
        roots.stream()
            .map(root -> new WatchedFolder(root, ignored, Git.of(root), burst::add, onTrouble))
            .toList();
  }

  /** Watches nothing more. */
  public void close() throws IOException {
    for (WatchedFolder folder : folders) {
      folder.close();
    }
  }

  private boolean gitIsWriting() {
    return folders.stream().map(WatchedFolder::git).anyMatch(Git::isWriting);
  }

  private void tellForEver() {
    try {
      while (true) {
        tell(burst.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      onTrouble.accept("nothing is watched any more: " + e.getMessage());
    }
  }

  private void tell(Set<Path> saved) throws IOException {
    for (WatchedFolder folder : folders) {
      folder.openAgainIfIncomplete();
    }
    List<String> files =
        folders.stream()
            .map(folder -> folder.relevant(saved))
            .flatMap(Collection::stream)
            .distinct()
            .map(this::name)
            .sorted()
            .toList();
    if (!files.isEmpty()) {
      onSave.accept(new Change(files));
    }
  }

  private String name(Path path) {
    if (path.equals(from)) {
      return ".";
    }
    return path.startsWith(from) ? from.relativize(path).toString() : path.toString();
  }
}
