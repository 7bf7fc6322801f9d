package dev.toxserver.watch;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeEvent.EventType;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.helpers.NOPLogger;

/**
 * A folder of the user's and all below it, but for what is ignored: there, nothing is watched, so
 * that an environment of tox with its thousand folders costs nothing.
 */
final class WatchedFolder {
  private final Path root;
  private final Ignored ignored;
  private final Git git;
  private final Consumer<Path> onSave;
  private final Consumer<String> onTrouble;

  private DirectoryWatcher watcher;
  private Set<Path> gitIgnores = Set.of();
  private volatile boolean incomplete;
  private boolean limitTold;

  /**
   * Watches nothing before {@link #open}.
   *
   * @param root an absolute path
   * @param onSave takes what was saved, made or deleted, ignored or not, as an absolute path
   * @param onTrouble takes a line for the user
   */
  WatchedFolder(
      Path root, Ignored ignored, Git git, Consumer<Path> onSave, Consumer<String> onTrouble) {
    this.root = root;
    this.ignored = ignored;
    this.git = git;
    this.onSave = onSave;
    this.onTrouble = onTrouble;
  }

  Git git() {
    return git;
  }

  /**
   * Begins to watch; blocks while it goes through all folders.
   *
   * @throws IOException if nothing can be watched
   */
  void open() throws IOException {
    incomplete = false;
    gitIgnores = git.ignoredFolders();
    DirectoryWatcher opened =
        FileEvents.builder(this::visit)
            .path(root)
            .listener(new Listener())
            // Hashes would be of the contents of all files.
            .fileHashing(false)
            .logger(NOPLogger.NOP_LOGGER)
            .build();
    watcher = opened;
    CompletableFuture<Void> ended = opened.watchAsync(WatchedFolder::inBackground);
    if (ended.isCompletedExceptionally()) {
      opened.close();
      throw new IOException(ended.handle((nothing, failure) -> failure.getMessage()).join());
    }
    ended.thenRun(() -> gone(opened));
  }

  /** Begins anew if it may have missed a new folder, with what git ignores now. */
  void openAgainIfIncomplete() throws IOException {
    if (incomplete) {
      close();
      open();
    }
  }

  /** Watches nothing more. */
  void close() throws IOException {
    watcher.close();
  }

  /** Those of some paths that are in this folder and not ignored. */
  Collection<Path> relevant(Collection<Path> paths) {
    Collection<Path> own =
        paths.stream()
            .filter(path -> path.startsWith(root))
            .filter(path -> path.equals(root) || !ignored.holds(root.relativize(path)))
            .toList();
    Set<Path> others = own.isEmpty() ? Set.of() : git.ignored(own);
    return own.stream().filter(path -> !others.contains(path)).toList();
  }

  /**
   * The library's own way through a tree: without what is ignored, and without an end by an error.
   */
  private void visit(Path start, FileTreeVisitor.Callback onFolder, FileTreeVisitor.Callback onFile)
      throws IOException {
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (isPruned(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            watch(folder, onFolder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            onFile.call(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private boolean isPruned(Path folder) {
    return !folder.equals(root)
        && (gitIgnores.contains(folder) || ignored.holds(root.relativize(folder)));
  }

  /** One that is deleted meanwhile is no trouble; the system's limit is. */
  private void watch(Path folder, FileTreeVisitor.Callback onFolder) {
    try {
      onFolder.call(folder);
    } catch (IOException e) {
      if (Files.isDirectory(folder) && !limitTold) {
        limitTold = true;
        onTrouble.accept(
            "not all folders are watched, as "
                + folder
                + ": "
                + e.getMessage()
                + "; raise fs.inotify.max_user_watches, or leave folders out with --ignore");
      }
    }
  }

  private void lostTrack() {
    incomplete = true;
    onSave.accept(root);
  }

  private void gone(DirectoryWatcher opened) {
    if (!Files.isDirectory(root) && opened == watcher) {
      onTrouble.accept(root + " is gone: nothing is watched there any more");
    }
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "tox-server-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private final class Listener implements DirectoryChangeListener {
    @Override
    public void onEvent(DirectoryChangeEvent event) {
      if (event.eventType() == EventType.OVERFLOW) {
        lostTrack();
      } else if (!event.isDirectory() || event.eventType() == EventType.DELETE) {
        // A new folder's files are told one by one.
        onSave.accept(event.path());
      }
    }

    /** One is an overflow, for which version 0.19.1 looks up the hash of no path. */
    @Override
    public void onException(Exception e) {
      lostTrack();
    }
  }
}
