package dev.toxserver.server.door.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetTest {
  private static final List<String> FILES =
      Stream.of(new File(Asset.class.getResource("/page/").getPath()).list()).sorted().toList();

  @Test
  void allFilesOfThePageAreServedAndNoOthers() {
    assertThat(Asset.NAMES).containsExactlyInAnyOrderElementsOf(FILES);
  }

  @Test
  void eachHasATypeThatBrowsersKnowAndIsRead() throws Exception {
    for (String name : FILES) {
      Asset asset = Asset.at("/" + name).orElseThrow();

      assertThat(asset.type()).matches("text/(html|css|javascript); charset=utf-8|image/svg\\+xml");
      assertThat(asset.read()).isNotEmpty();
    }
  }

  @Test
  void noPathLeadsOutOfTheFolder() {
    assertThat(List.of("/../pom.xml", "/page/index.html", "//index.html", "/package.json", "/%2e"))
        .map(Asset::at)
        .containsOnly(Optional.empty());
  }
}
