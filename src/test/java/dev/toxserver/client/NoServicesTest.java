package dev.toxserver.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.spi.JsonFactory;
import java.nio.file.spi.FileSystemProvider;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoServicesTest {
  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void asBefore() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  @Test
  void aServiceInTheJarIsNotLookedForByThisThreadNorByThoseThatItStarts() throws Exception {
    assertThat(ServiceLoader.load(JsonFactory.class)).isNotEmpty();

    NoServices.offer();

    assertThat(ServiceLoader.load(JsonFactory.class)).isEmpty();
    CompletableFuture<Long> found = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> found.complete(ServiceLoader.load(JsonFactory.class).stream().count()));
    thread.start();
    assertThat(found.get()).isZero();
  }

  @Test
  void classesAndJavasOwnServicesAreFoundAsBefore() throws Exception {
    NoServices.offer();

    ClassLoader offered = Thread.currentThread().getContextClassLoader();
    assertThat(offered.loadClass(NoServices.class.getName())).isSameAs(NoServices.class);
    assertThat(ServiceLoader.load(FileSystemProvider.class)).isNotEmpty();
  }
}
