package dev.toxserver.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.OnContext;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.TokenReply;
import dev.toxserver.protocol.TokenRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How narrow tokens are made, kept, found and revoked. */
@ExtendWith(VertxExtension.class)
class TokensTest {
  private static final TokenRequest.Create READ =
      new TokenRequest.Create(Scope.READ, List.of(), OptionalLong.empty());

  @TempDir private Path home;

  private final Links links = new Links(run -> Optional.empty(), 1);

  private Vertx vertx;
  private Context context;
  private Path folder;
  private Tokens tokens;

  @BeforeEach
  void begin(Vertx vertx) {
    this.vertx = vertx;
    context = vertx.getOrCreateContext();
    folder = home.resolve("state");
    open(10, 100_000);
  }

  @Test
  void aTokenIsFoundByItsSecretAloneAlsoByTheNextServer() throws Exception {
    String secret = await(create(READ)).secret();
    for (Tokens each : List.of(tokens, reopened())) {
      assertThat(each.find(secret).orElseThrow().scope()).isEqualTo(Scope.READ);
      char last = secret.charAt(secret.length() - 1);
      String wrong = secret.substring(0, secret.length() - 1) + (last == '0' ? '1' : '0');
      assertThat(each.find(wrong)).isEmpty();
      assertThat(each.find(secret.substring(0, secret.lastIndexOf('_') + 1))).isEmpty();
      assertThat(each.find("")).isEmpty();
      assertThat(each.find("toxs_")).isEmpty();
    }
  }

  @Test
  void noSecretIsKeptAndNobodyElseCanReadTheFile() throws Exception {
    String secret = await(create(READ)).secret();
    Path file = folder.resolve("tokens.json");
    assertThat(Files.readString(file))
        .contains("sha256")
        .doesNotContain(secret.substring(secret.lastIndexOf('_') + 1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(tokens.all().toString()).doesNotContain(secret);
  }

  @Test
  void aRevokedOneIsFoundNoMoreNeitherByTheNextServer() throws Exception {
    TokenReply.Created first = await(create(READ));
    TokenReply.Created second = await(create(READ));
    List<String> ended = new ArrayList<>();
    tokens.onRevoked(ended::add);
    await(revoke(first.status().id()));
    assertThat(ended).containsExactly(first.status().id());
    for (Tokens each : List.of(tokens, reopened())) {
      assertThat(each.find(first.secret())).isEmpty();
      assertThat(each.find(second.secret())).isPresent();
      assertThat(each.all().tokens()).containsExactly(second.status());
    }
    assertThat(why(revoke(first.status().id()))).contains("there is no token");
  }

  @Test
  void severalThatAreAskedForAtOnceAreAllKept() throws Exception {
    List<Future<TokenReply.Created>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(create(READ));
    }
    await(Future.all(all));
    assertThat(reopened().all().tokens()).hasSize(10);
  }

  @Test
  void thereIsABoundForHowManyAndForHowMuch() throws Exception {
    open(3, 4_096);
    await(create(READ));
    await(create(READ));
    String last = await(create(READ)).status().id();
    assertThat(why(create(READ)))
        .isEqualTo("there are 3 tokens, and no room for more: revoke some");
    await(revoke(last));
    TokenRequest.Create longest =
        new TokenRequest.Create(Scope.RUN, Collections.nCopies(1_024, "\""), OptionalLong.empty());
    assertThat(why(create(longest))).startsWith("there are 2 tokens, and no room for more");
    await(create(READ));
  }

  @Test
  void onesPatternsHaveABound() {
    assertThatThrownBy(
            () ->
                tokens.create(
                    new TokenRequest.Create(
                        Scope.RUN, List.of("a".repeat(1_025)), OptionalLong.empty())))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void whereNothingCanBeKeptOrNobodyIsAskedForATokenThereIsNone() throws Exception {
    assertThat(why(new Tokens(Optional.empty(), true, links).create(READ)))
        .contains("start it with --state-dir");
    assertThat(
            why(new Tokens(Optional.of(TokenStore.in(vertx, folder)), false, links).create(READ)))
        .contains("asks nobody for a token");
    Files.writeString(folder, "in the way");
    assertThat(why(create(READ))).startsWith("there is none, since it can't be kept: ");
    assertThat(tokens.all().tokens()).isEmpty();
  }

  @Test
  void whatIsNoFileOfTokensLetsNobodyInAndTheServerStarts() throws Exception {
    String secret = await(create(READ)).secret();
    Path file = folder.resolve("tokens.json");
    String kept = Files.readString(file);
    for (String damaged : List.of("", "[]", "{\"tokens\":7}", kept.replace("sha256", "sha"))) {
      Files.writeString(file, damaged);
      assertThat(reopened().find(secret)).isEmpty();
    }
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(reopened().find(secret)).isEmpty();
    Files.delete(file);
    new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
    assertThat(reopened().find(secret)).isEmpty();
    Files.delete(file);
    Path elsewhere = Files.writeString(home.resolve("elsewhere"), kept);
    Files.createSymbolicLink(file, elsewhere);
    assertThat(reopened().find(secret)).isEmpty();
  }

  private Tokens reopened() throws Exception {
    Tokens again = new Tokens(Optional.of(TokenStore.in(vertx, folder)), true, links);
    await(OnContext.call(context, again::open));
    return again;
  }

  private void open(int most, int mostBytes) {
    tokens = new Tokens(Optional.of(TokenStore.in(vertx, folder)), true, links, most, mostBytes);
  }

  private Future<TokenReply.Created> create(TokenRequest.Create request) throws Exception {
    return OnContext.call(context, () -> tokens.create(request));
  }

  private Future<TokenReply.Revoked> revoke(String id) throws Exception {
    return OnContext.call(context, () -> tokens.revoke(id));
  }

  private static String why(Future<?> refused) throws Exception {
    return await(refused.map("").otherwise(Throwable::getMessage));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
