package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python 3.11's base64.b85encode made of the same bytes. */
class Base85Test {
  @ParameterizedTest
  @CsvSource({"hello,Xk~0{Zv", "ab,VPX", "abc,VPaz", "'',''"})
  void textIsWrittenAsPythonWritesIt(String text, String encoded) {
    assertThat(Base85.encode(text.getBytes())).isEqualTo(encoded);
  }

  @Test
  void bytesBelowZeroAreTakenForWhatTheyStandFor() {
    byte[] most = {-1, -1, -1, -1};
    assertThat(Base85.encode(most)).isEqualTo("|NsC0");
    assertThat(Base85.encode(new byte[] {-1})).isEqualTo("{{");
  }
}
