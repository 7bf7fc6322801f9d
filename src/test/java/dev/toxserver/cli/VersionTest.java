package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void theCommitIsShownByItsFirstSevenDigits() {
    assertThat(Version.commit(manifest("commit=" + ID + " dirty=false"))).hasValue("0123456");
  }

  @Test
  void changesThatWereNotCommittedAreTold() {
    assertThat(Version.commit(manifest("commit=" + ID + " dirty=true"))).hasValue("0123456-dirty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "commit=${git.commit.id.full} dirty=${git.dirty}", "commit= dirty="})
  void whatWasBuiltWithoutARepositoryHasNoCommit(String attribute) {
    assertThat(Version.commit(manifest(attribute))).isEmpty();
  }

  @Test
  void outsideAJarThereIsNoCommit() {
    assertThat(Version.commit(new Attributes())).isEmpty();
    assertThat(Version.withCommit()).isEqualTo(Version.current());
  }

  private static Attributes manifest(String commit) {
    Attributes attributes = new Attributes();
    attributes.putValue("Build-Commit", commit);
    return attributes;
  }
}
