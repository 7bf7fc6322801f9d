package dev.toxserver.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toxserver.config.FolderTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A Chromium without a window, driven by Selenium, that ends with all that it has started. */
final class Chromium implements AutoCloseable {
  private static final List<String> BROWSERS = List.of("chromium", "google-chrome");

  private final Path profile;
  private final ChromeDriver driver;

  /**
   * Starts one with a folder of its own. Where there is none, the test is skipped.
   *
   * @param switches of its command line, beside those that it needs
   */
  Chromium(String... switches) throws IOException {
    Optional<Path> browser = BROWSERS.stream().flatMap(Chromium::onThePath).findFirst();
    Optional<Path> chromedriver = onThePath("chromedriver").findFirst();
    assumeTrue(
        browser.isPresent() && chromedriver.isPresent(), "chromium or chromedriver is missing");
    profile = Files.createTempDirectory("chromium");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow().toFile());
    options.addArguments("--headless", "--disable-gpu", "--no-first-run", "--disable-sync");
    // It has no sandbox for root, and a container has little shared memory.
    options.addArguments("--no-sandbox", "--disable-dev-shm-usage", "--disable-breakpad");
    options.addArguments("--disable-background-networking", "--disable-component-update");
    options.addArguments("--user-data-dir=" + profile);
    options.addArguments(switches);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .withLogFile(profile.resolve("chromedriver.log").toFile())
                .build(),
            options);
  }

  ChromeDriver driver() {
    return driver;
  }

  /** The processes that its pages live in. */
  List<ProcessHandle> renderers() throws IOException {
    List<ProcessHandle> renderers = new ArrayList<>();
    for (ProcessHandle process : processes()) {
      if (Proc.commandLine(process.pid()).contains("--type=renderer")) {
        renderers.add(process);
      }
    }
    return renderers;
  }

  /** Closes all its tabs but the first, which nobody uses. */
  void closeTabs() {
    List<String> tabs = new ArrayList<>(driver.getWindowHandles());
    String first = tabs.remove(0);
    for (String tab : tabs) {
      driver.switchTo().window(tab).close();
    }
    driver.switchTo().window(first);
  }

  /**
   * Those of its processes that are alive: each names its folder, or is a child of one that does.
   */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(this::namesTheProfile)
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct()
        .toList();
  }

  /** Where it keeps everything; deleted with its end. */
  Path folder() {
    return profile;
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = processes();
    try {
      driver.quit();
    } finally {
      all.forEach(ProcessHandle::destroyForcibly);
      await().atMost(Captured.DEADLINE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
      FolderTree.delete(profile);
    }
  }

  private boolean namesTheProfile(ProcessHandle process) {
    try {
      return Proc.commandLine(process.pid()).contains(profile.toString());
    } catch (IOException e) {
      // It has ended.
      return false;
    }
  }

  private static Stream<Path> onThePath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable);
  }
}
