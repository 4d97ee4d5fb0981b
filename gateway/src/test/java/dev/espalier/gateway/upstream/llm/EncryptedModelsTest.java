package dev.espalier.gateway.upstream.llm;

import static dev.espalier.gateway.upstream.llm.ModelsUnderTest.chat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.gateway.upstream.llm.ModelsUnderTest.Setup;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is spoken to in TLS, under a certificate for {@code localhost}. */
class EncryptedModelsTest {

  private static final String PASSWORD = "for tests";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";

  @TempDir Path directory;

  private final ModelsUnderTest models = new ModelsUnderTest();
  private final Setup setup = new Setup();
  private String keys;
  private int port;

  @BeforeEach
  void listen() throws Exception {
    keys = directory.resolve("keys.p12").toString();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "model",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys,
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
    HttpServer server =
        models
            .vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(new PfxOptions().setPath(keys).setPassword(PASSWORD)))
            .requestHandler(
                request ->
                    request
                        .response()
                        .end("{\"choices\":[{\"message\":{\"content\":\"secret\"}}]}"));
    port =
        server.listen(0, "localhost").toCompletionStage().toCompletableFuture().join().actualPort();
  }

  @AfterEach
  void close() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_PASSWORD);
    models.close();
  }

  @Test
  void speaksToWhomItCanTrust() {
    System.setProperty(TRUST_STORE, keys);
    System.setProperty(TRUST_PASSWORD, PASSWORD);
    models.with(setup, URI.create("https://localhost:" + port));

    assertEquals("one", models.whole(chat()).headers().get("X-Espalier-Upstream"));
  }

  @Test
  void sendsNothingUnderAnotherName() {
    System.setProperty(TRUST_STORE, keys);
    System.setProperty(TRUST_PASSWORD, PASSWORD);
    models.with(setup, URI.create("https://127.0.0.1:" + port));

    assertEquals(503, models.refusal(chat()).status());
  }

  @Test
  void sendsNothingToAStranger() {
    models.with(setup, URI.create("https://localhost:" + port));

    assertEquals(503, models.refusal(chat()).status());
  }
}
