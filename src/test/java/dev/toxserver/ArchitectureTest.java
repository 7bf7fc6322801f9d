package dev.toxserver;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.door.Subscriptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the order in which packages may import each other; package-info.java tells it. */
class ArchitectureTest {
  private static final String ROOT = "dev.toxserver";
  private static final JavaClasses CLASSES = importClasses();

  /** What each package may import; cli deploys the verticles, so it sees the runner too. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry(
              "cli",
              List.of(
                  "server", "runner", "client", "agent", "watch", "matrix", "protocol", "config")),
          Map.entry("agent", List.of("client", "protocol", "config")),
          Map.entry("watch", List.of()),
          Map.entry("matrix", List.of("protocol")),
          Map.entry("server", List.of("nats", "protocol", "config")),
          Map.entry("client", List.of("link", "protocol", "config")),
          Map.entry("link", List.of("protocol", "config")),
          Map.entry("nats", List.of("protocol", "config")),
          Map.entry("runner", List.of("link", "nats", "protocol", "config")),
          Map.entry("protocol", List.of()),
          Map.entry("config", List.of()));

  /** What each room may import; the package that it is a room of may import all of them. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry("server.door", List.of("server.tokens", "protocol", "config")),
          Map.entry("server.door.page", List.of()),
          Map.entry("server.door.zmtp", List.of("protocol")),
          Map.entry("server.tokens", List.of("protocol", "config")),
          Map.entry("server.runners", List.of("server.door", "protocol", "config")),
          Map.entry(
              "server.delivery", List.of("server.door", "server.journal", "protocol", "config")),
          Map.entry("server.journal", List.of("protocol", "config")),
          Map.entry(
              "server.shared",
              List.of(
                  "server.door",
                  "server.delivery",
                  "server.journal",
                  "server.runners",
                  "server.tokens",
                  "nats",
                  "protocol",
                  "config")),
          Map.entry("agent.mcp", List.of("agent", "client", "protocol")),
          Map.entry("server.trace", List.of("server.journal", "protocol", "config")),
          Map.entry("client.console", List.of("protocol")),
          Map.entry("client.paths", List.of("protocol")),
          Map.entry("runner.placed", List.of("protocol", "config")),
          Map.entry("runner.remote", List.of("runner.placed", "link", "protocol", "config")),
          Map.entry("runner.nats", List.of("runner.placed", "nats", "protocol", "config")),
          Map.entry("runner.report", List.of("protocol", "config")),
          Map.entry("runner.terminal", List.of("protocol")));

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyThoseToItsRight(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), MAY_IMPORT.get(name).stream())
            .map(ArchitectureTest::inside)
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(inside(name))
        .should()
        .onlyDependOnClassesThat(outsideTheProjectOr(allowed))
        .check(CLASSES);
  }

  static Stream<String> rooms() {
    return ROOMS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomImportsOnlyThoseBelowIt(String room) {
    String[] allowed =
        Stream.concat(Stream.of(room), ROOMS.get(room).stream())
            .map(ArchitectureTest::inside)
            .toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(inside(room))
        .should()
        .onlyDependOnClassesThat(outsideTheProjectOr(allowed))
        .check(CLASSES);
  }

  @Test
  void deliveryKnowsConnectionsAndNoTransport() {
    noClasses()
        .that()
        .resideInAPackage(inside("server.delivery"))
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "io.vertx.core.net..",
                    "io.vertx.core.http..",
                    "io.vertx.core.internal..",
                    "io.vertx.ext..",
                    "io.netty..")
                .or(
                    JavaClass.Predicates.resideInAPackage(inside("server.door"))
                        .and(
                            not(
                                JavaClass.Predicates.belongToAnyOf(
                                    Connection.class,
                                    Connections.class,
                                    Subscriptions.class,
                                    RefusedException.class)))))
        .check(CLASSES);
  }

  @Test
  void onlyOneWireAndWhoAcceptsConnectionsKnowSockets() {
    noClasses()
        .that()
        .resideInAPackage(inside("server"))
        .and()
        .haveNameNotMatching(".*\\.door\\.(TcpWire|Guard|ProbeSocket|ZmtpListener)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.vertx.core.net.NetSocket")
        .check(CLASSES);
  }

  @Test
  void serverAndClientNeverImportEachOther() {
    noClasses()
        .that()
        .resideInAPackage(inside("server"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("client"))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(inside("client"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("server"))
        .check(CLASSES);
  }

  @Test
  void onlyARunnerElsewhereKnowsLinks() {
    noClasses()
        .that()
        .resideInAPackage(inside("runner"))
        .and()
        .resideOutsideOfPackage(inside("runner.remote"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(inside("link"), inside("runner.remote"))
        .check(CLASSES);
  }

  @Test
  void mainImportsOnlyTheCommandLineAndTheConfiguration() {
    classes()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .onlyDependOnClassesThat(outsideTheProjectOr(ROOT, inside("cli"), inside("config")))
        .check(CLASSES);
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES)
        .extracting(each -> each.getPackageName())
        .containsOnly(
            Stream.concat(
                    Stream.of(ROOT),
                    Stream.concat(packages(), rooms()).map(name -> ROOT + "." + name))
                .toArray(String[]::new));
  }

  /** Leases, graces and silences would be as long as somebody sets the clock. */
  @Test
  void whoWaitsForSomebodyLooksAtNoClockThatCanBeSet() {
    noClasses()
        .that()
        .resideInAnyPackage(
            inside("server.runners"),
            inside("server.door"),
            inside("server.delivery"),
            inside("runner.remote"),
            inside("link"))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Instant")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .check(CLASSES);
  }

  /** Without what other jars hold: their names are enough here, and reading them takes seconds. */
  private static JavaClasses importClasses() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter().importPath(Path.of("target", "classes"));
  }

  private static DescribedPredicate<JavaClass> outsideTheProjectOr(String... packages) {
    return DescribedPredicate.<JavaClass>describe(
        "outside the project or in " + Arrays.toString(packages),
        type ->
            !type.getPackageName().startsWith(ROOT)
                || JavaClass.Predicates.resideInAnyPackage(packages).test(type));
  }

  private static String inside(String name) {
    return ROOT + "." + name + "..";
  }
}
