package dev.toxserver;

import dev.toxserver.cli.ToxServer;
import dev.toxserver.config.Environment;
import dev.toxserver.config.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What is run while Java writes an archive of the classes that it has loaded: a server and its
 * clients, all in this one process, so that one archive serves both. It is in the jar, since an
 * archive holds only for the class path that it was made with.
 *
 * <p>With a folder that holds server.pem, server.key and ca.pem as its argument, TLS as well. With
 * {@code clients} and a folder that is served, only clients of that server, which they end; with a
 * file of authorities after that, over TLS.
 *
 * <p>Leaves with 0 if everything went as it should: an archive of a failure would be worth little.
 */
final class Training {
  private static final long DEADLINE_MILLIS = 60_000;

  private final Environment environment;
  private final Path folder;

  private Training(Path folder) {
    // Nobody's own variables: they might name a port, or a server that is in use.
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.keySet().retainAll(Set.of("PATH"));
    variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
    this.environment = new Environment(variables, folder, Environment.ofProcess().confFolders());
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException, ClassNotFoundException {
    // Only what has been loaded is archived.
    Class.forName("dev.toxserver.Main");
    openJar();
    Thread deadline = new Thread(Training::giveUp, "deadline");
    deadline.setDaemon(true);
    deadline.start();
    if (args.length > 1 && args[0].equals("clients")) {
      List<String> where = args.length > 2 ? List.of("--tls-ca", args[2]) : List.of();
      new Training(Path.of(args[1])).trainClients("clients", where);
      System.exit(0);
    }
    Path folder = Files.createTempDirectory("tox-server-training");
    try {
      Training training = new Training(folder);
      // Its clients find the port in the folder, as most users' do.
      training.train("tcp", List.of("-p", "0"), List.of());
      if (args.length == 1) {
        training.trainTls(Path.of(args[0]));
      }
      training.train("unix", "--socket", folder.resolve("socket").toString());
      training.tox("--help");
    } finally {
      FolderTree.delete(folder);
    }
    System.exit(0);
  }

  /** As java -jar does, to find the main class. */
  private static void openJar() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("java.class.path"))) {
      jar.getManifest();
    }
  }

  private void trainTls(Path keys) throws IOException {
    String cert = keys.resolve("server.pem").toString();
    String key = keys.resolve("server.key").toString();
    String ca = keys.resolve("ca.pem").toString();
    train("tls", List.of("-p", "0", "--tls-cert", cert, "--tls-key", key), List.of("--tls-ca", ca));
  }

  private void train(String name, String... address) {
    train(name, List.of(address), List.of(address));
  }

  /** A server at one kind of address, and every kind of request to it. */
  private void train(String name, List<String> listening, List<String> where) {
    Path state = folder.resolve(name);
    CompletableFuture<Void> server =
        inBackground(listening, "serve", "--tox", "/bin/sh", "--state-dir", state.toString());
    // A client's settings for the whole process must not be there before the server has begun.
    await(where.contains("--socket") ? state : folder.resolve(".tox-server/server.json"), server);
    tox(where, "ping");
    tox(where, "ping");
    trainClients(name, where);
    server.join();
  }

  /** Requests that people wait for, to a server that is there; the last ends it. */
  private void trainClients(String name, List<String> where) {
    tox(where, "run", "-c", "echo out; echo err >&2");
    tox(where, "run", "-c", "cat /dev/zero | head -c 300000 | tr '\\0' x");
    Path started = folder.resolve(name + "-started");
    CompletableFuture<Void> cancelled =
        inBackground(
            where, "run", "-c", "trap 'kill $!; exit 0' INT; sleep 60 & : >" + started + "; wait");
    await(started, cancelled);
    tox(where, "cancel");
    cancelled.join();
    tox(where, "quit");
  }

  private CompletableFuture<Void> inBackground(List<String> where, String... command) {
    return CompletableFuture.runAsync(
        () -> tox(where, command), task -> new Thread(task, command[0]).start());
  }

  private void tox(List<String> where, String... command) {
    tox(Stream.concat(where.stream(), Arrays.stream(command)).toArray(String[]::new));
  }

  private void tox(String... args) {
    ToxServer.startsClient(args);
    int code = new ToxServer(environment).execute(Environment.rawArguments(args));
    if (code != 0) {
      throw new IllegalStateException(Arrays.toString(args) + " left with " + code);
    }
  }

  /** Waits for a file that something makes while it runs. */
  private static void await(Path file, CompletableFuture<Void> maker) {
    while (!Files.exists(file)) {
      if (maker.isDone()) {
        maker.join();
        throw new IllegalStateException("there is no " + file);
      }
      pause(10);
    }
  }

  /** No archive is better than a process that hangs about in the background. */
  private static void giveUp() {
    pause(DEADLINE_MILLIS);
    System.err.println("tox-server: the training took too long");
    Runtime.getRuntime().halt(1);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
