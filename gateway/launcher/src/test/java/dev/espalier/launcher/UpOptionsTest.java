package dev.espalier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpOptionsTest {

  @Test
  void hasTheDocumentedDefaults() {
    UpOptions options = UpOptions.parse(List.of(), Map.of());

    assertEquals(8080, options.port(ServiceSpec.GATEWAY));
    assertEquals(8083, options.port(ServiceSpec.BEHIND_GATEWAY.get(0)));
    assertEquals(8085, options.databasePort());
    assertNull(options.external());
    assertNull(options.apiKey());
  }

  @Test
  void readsBothFormsOfAnOption() {
    UpOptions options =
        UpOptions.parse(List.of("--port", "9000", "--data-dir=/var/lib/espalier"), Map.of());

    assertEquals(9000, options.port(ServiceSpec.GATEWAY));
    assertEquals(Path.of("/var/lib/espalier"), options.dataDirectory());
  }

  @Test
  void takesTheExternalDatabaseFromTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "ESPALIER_DATABASE_URL", "jdbc:postgresql://db/espalier",
            "ESPALIER_DATABASE_USER", "owner",
            "ESPALIER_DATABASE_PASSWORD", "secret");

    UpOptions options = UpOptions.parse(List.of("--database-user", "other"), environment);

    assertEquals(
        new DatabaseAccess("jdbc:postgresql://db/espalier", "other", "secret"), options.external());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused("unknown option --prot; --help lists them all", "--prot", "9000");
    assertRefused("--port needs a value", "--port");
    assertRefused("--port needs a port between 1 and 65535, not 99999", "--port", "99999");
    assertRefused("--memory-port needs a port between 1 and 65535, not x", "--memory-port", "x");
    assertRefused(
        "--database-url starts with jdbc:postgresql:", "--database-url", "postgres://db/espalier");
    assertRefused(
        "--database-url needs --database-user and a password",
        "--database-url",
        "jdbc:postgresql://db/espalier");
  }

  private static void assertRefused(String message, String... arguments) {
    LaunchException refused =
        assertThrows(LaunchException.class, () -> UpOptions.parse(List.of(arguments), Map.of()));
    assertEquals(message, refused.getMessage());
  }
}
