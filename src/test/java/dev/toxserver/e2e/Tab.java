package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A tab of a browser: what its user sees and does. All waiting is for a condition, up to a
 * deadline.
 */
final class Tab {
  private static final String BUTTONS =
      """
      const buttons = [...document.querySelectorAll('button')]
        .filter((each) => each.textContent.trim() === arguments[0] && each.checkVisibility());
      """;

  private final ChromeDriver driver;

  /** A new one, which from now on is the one that the driver drives. */
  Tab(ChromeDriver driver) {
    this.driver = driver;
    driver.switchTo().newWindow(WindowType.TAB);
  }

  /** Loads an address, though only what is behind its # may differ from where the tab is. */
  void go(String address) {
    driver.get("about:blank");
    driver.get(address);
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** What follows is about the page in the only frame. */
  void enterFrame() {
    driver.switchTo().frame(0);
  }

  /** What is in the line for addresses. */
  String address() {
    return driver.getCurrentUrl();
  }

  /** Waits until that is as it should be. */
  void awaitAddress(Predicate<String> isExpected) {
    await().atMost(Captured.DEADLINE).until(() -> isExpected.test(address()));
  }

  /** What a script returns, which may be a promise. */
  Object script(String body, Object... arguments) {
    return driver.executeScript(
        "return (async () => {" + body + "}).apply(null, arguments)", arguments);
  }

  /** Waits until a script returns true; what else it returns is told if it never does. */
  void awaitScript(String body, Object... arguments) {
    await()
        .atMost(Captured.DEADLINE)
        .untilAsserted(() -> assertThat(script(body, arguments)).isEqualTo(true));
  }

  /** All text that can be seen. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Waits until a text can be seen. */
  void awaitText(String expected) {
    awaitText(text -> text.contains(expected), expected);
  }

  /** Waits until a text can be seen no more. */
  void awaitNoText(String unexpected) {
    awaitText(text -> !text.contains(unexpected), "the end of " + unexpected);
  }

  private void awaitText(Predicate<String> isExpected, String what) {
    try {
      await().atMost(Captured.DEADLINE).until(() -> isExpected.test(text()));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(what + " did not come; until now: " + text(), e);
    }
  }

  /** The elements that a CSS selector finds. */
  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The buttons with this name that can be seen. */
  List<?> buttons(String name) {
    return (List<?>) script(BUTTONS + "return buttons;", name);
  }

  /** Waits for the button of a name, and presses it: at once, since the page may be drawn anew. */
  void press(String button) {
    String press = BUTTONS + "buttons[0]?.click(); return buttons.length === 1;";
    await().atMost(Captured.DEADLINE).until(() -> (boolean) script(press, button));
  }

  /** Clicks on the first element that a CSS selector finds. */
  void click(String selector) {
    all(selector).get(0).click();
  }

  /** Types, into whatever has the focus. */
  void type(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** The run that its list has under this id, as the user sees it; or nothing. */
  String row(String run) {
    List<WebElement> links = all("[role=row] a[href='#/runs/%s']".formatted(run));
    return links.isEmpty() ? "" : links.get(0).findElement(By.xpath("../..")).getText();
  }

  /** What axe-core finds wrong for people who don't see or don't use a mouse, each in one line. */
  List<?> violations() throws IOException {
    driver.executeScript(Files.readString(NodeScripts.file("node_modules/axe-core/axe.min.js")));
    return (List<?>)
        script(
            """
        const { violations } = await axe.run();
        return violations.map(({ id, nodes }) =>
          [id, ...nodes.map(({ html, any }) => html + any.map(({ message }) => message))].join(' ')
        );
        """);
  }

  /**
   * The same in light and dark, on screens of 1200 and of 360 pixels, and what is too wide there.
   */
  List<String> violationsAnywhere() throws IOException {
    List<String> found = new ArrayList<>();
    for (String scheme : List.of("dark", "light")) {
      for (int width : new int[] {360, 1200}) {
        scheme(scheme);
        width(width);
        String where = String.join(" ", scheme, "" + width);
        violations().forEach(each -> found.add(where + ": " + each));
        if (!(boolean) script("return document.documentElement.scrollWidth <= innerWidth")) {
          found.add(where + ": too wide");
        }
      }
    }
    return found;
  }

  /** Asks the browser for something by its own protocol. */
  Map<String, Object> ask(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  /** Has the page take the user's system for a light or a dark one. */
  void scheme(String lightOrDark) {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", lightOrDark);
    ask("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Gives the page a screen of this width. */
  void width(int pixels) {
    Map<String, Object> screen =
        Map.of("width", pixels, "height", 740, "deviceScaleFactor", 1, "mobile", pixels < 600);
    ask("Emulation.setDeviceMetricsOverride", screen);
  }
}
