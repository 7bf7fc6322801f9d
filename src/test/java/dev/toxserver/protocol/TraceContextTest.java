package dev.toxserver.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

  @Test
  void whatVariablesSayIsUnderstoodAndHandedOn() {
    Map<String, String> variables = Map.of("TRACEPARENT", PARENT, "TRACESTATE", "a=1,b=2");

    TraceContext context = TraceContext.of(variables).orElseThrow();

    assertThat(context).isEqualTo(new TraceContext(TRACE, SPAN, true, Optional.of("a=1,b=2")));
    Map<String, String> given = new HashMap<>();
    context.putInto(given);
    assertThat(given).isEqualTo(variables);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-what-will-be"
      })
  void laterVersionsAndFlagsAreRead(String parent) {
    assertThat(TraceContext.of(parent, null))
        .contains(new TraceContext(TRACE, SPAN, false, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no context",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void whatIsNotValidIsIgnored(String parent) {
    assertThat(TraceContext.of(parent, "a=1")).isEmpty();
  }

  @Test
  void aStateThatNobodyHasToHandOnIsLeftOut() {
    assertThat(TraceContext.of(PARENT, "x".repeat(512)).orElseThrow().state()).isPresent();
    assertThat(TraceContext.of(PARENT, "x".repeat(513)).orElseThrow().state()).isEmpty();
    assertThat(TraceContext.of(PARENT, "a=1\nb=2").orElseThrow().state()).isEmpty();
  }

  @Test
  void aChildIsOfTheSameTraceAndARootOfOneOfItsOwn() {
    TraceContext parent = TraceContext.of(PARENT, "a=1").orElseThrow();
    TraceContext child = parent.child();
    TraceContext root = TraceContext.root();

    assertThat(child.trace()).isEqualTo(TRACE);
    assertThat(child.span()).matches("[0-9a-f]{16}").isNotEqualTo(SPAN);
    assertThat(child.state()).contains("a=1");
    assertThat(root.trace()).isNotEqualTo(TraceContext.root().trace());
    assertThat(TraceContext.of(root.parent(), null)).contains(root);
  }

  @Test
  void whatAnotherTraceHasNotedDoesNotStay() {
    Map<String, String> variables = new HashMap<>(Map.of("TRACESTATE", "other=1"));
    TraceContext.root().putInto(variables);
    assertThat(variables).containsOnlyKeys("TRACEPARENT");
  }
}
