package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final Budget budget = new Budget(100);
  private final List<String> givenUp = new ArrayList<>();
  private final Budget.Holder first = () -> givenUp.add("first");
  private final Budget.Holder second = () -> givenUp.add("second");
  private final Budget.Holder third = () -> givenUp.add("third");

  @Test
  void upToTheLimitNobodyIsGivenUp() {
    budget.hold(first, 60);
    budget.hold(second, 40);

    assertThat(givenUp).isEmpty();
    assertThat(budget.total()).isEqualTo(100);
  }

  @Test
  void whoHasHeldSomeForTheLongestIsGivenUpFirstHoweverOftenItHoldsMore() {
    budget.hold(first, 10);
    budget.hold(second, 80);
    budget.hold(first, 20);
    budget.hold(third, 1);

    assertThat(givenUp).containsExactly("first");
    assertThat(budget.total()).isEqualTo(81);
  }

  @Test
  void asManyAreGivenUpAsMustBe() {
    budget.hold(first, 1);
    budget.hold(second, 90);
    budget.hold(third, 99);

    assertThat(givenUp).containsExactly("first", "second");
    assertThat(budget.total()).isEqualTo(99);
  }

  @Test
  void whoHasLetGoInTheMeantimeIsAgainTheYoungest() {
    budget.hold(first, 50);
    budget.hold(second, 50);
    budget.hold(first, 0);
    budget.hold(first, 50);
    budget.hold(third, 1);

    assertThat(givenUp).containsExactly("second");
  }

  @Test
  void whatLetsGoWhileItIsGivenUpIsNotCountedTwice() {
    Budget.Holder polite =
        new Budget.Holder() {
          @Override
          public void giveUp() {
            budget.hold(this, 0);
            givenUp.add("polite");
          }
        };
    budget.hold(polite, 100);
    budget.hold(second, 100);

    assertThat(givenUp).containsExactly("polite");
    assertThat(budget.total()).isEqualTo(100);
  }
}
