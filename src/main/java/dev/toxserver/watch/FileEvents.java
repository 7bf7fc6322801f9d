package dev.toxserver.watch;

import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.hashing.FileHasher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import io.methvin.watchservice.MacOSXListeningWatchService;

/**
 * Where the events of files come from: the JDK, by inotify on Linux; on macOS, where the JDK looks
 * only every other second, FSEvents by way of the library.
 */
final class FileEvents {
  private static final double MAC_LATENCY_SECONDS = 0.02;

  private FileEvents() {}

  static DirectoryWatcher.Builder builder(FileTreeVisitor visitor) {
    DirectoryWatcher.Builder builder = DirectoryWatcher.builder().fileTreeVisitor(visitor);
    boolean isMac = System.getProperty("os.name").startsWith("Mac");
    return isMac
        ? builder.watchService(new MacOSXListeningWatchService(new Mac(visitor)))
        : builder;
  }

  /** The library's own settings, but for half a second by which it would hold back each event. */
  private record Mac(FileTreeVisitor fileTreeVisitor)
      implements MacOSXListeningWatchService.Config {
    @Override
    public double latency() {
      return MAC_LATENCY_SECONDS;
    }

    @Override
    public FileHasher fileHasher() {
      return null;
    }
  }
}
