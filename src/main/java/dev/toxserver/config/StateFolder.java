package dev.toxserver.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Where a server keeps its runs. Not in the project: root, serving a project that is another
 * user's, would write where that user could put links.
 */
public final class StateFolder {
  private StateFolder() {}

  /**
   * The folder that is named, or one for this server alone: of its user, its working directory and
   * its address. None if the user has no home.
   */
  public static Optional<Path> of(
      Settings settings, ServerConfig.Listen listen, Environment environment) {
    Optional<Path> named = settings.optionalPath(Setting.STATE_DIR);
    return named.isPresent()
        ? named.map(environment.folder()::resolve)
        : base(environment.variables()).map(base -> base.resolve(name(listen, environment)));
  }

  /** As the XDG base directory specification has it. */
  static Optional<Path> base(Map<String, String> variables) {
    Optional<Path> named = in(variables.get("XDG_STATE_HOME"), "tox-server");
    return named.isPresent() ? named : in(variables.get("HOME"), ".local/state/tox-server");
  }

  private static Optional<Path> in(String folder, String name) {
    return folder == null || !folder.startsWith("/")
        ? Optional.empty()
        : Optional.of(Path.of(folder, name));
  }

  private static String name(ServerConfig.Listen listen, Environment environment) {
    Path folder = environment.folder().toAbsolutePath().normalize();
    String project = folder.getFileName() == null ? "root" : folder.getFileName().toString();
    CRC32 sum = new CRC32();
    sum.update((folder + " " + listen.address(listen.port())).getBytes(StandardCharsets.UTF_8));
    return "%s-%08x".formatted(project, sum.getValue());
  }
}
