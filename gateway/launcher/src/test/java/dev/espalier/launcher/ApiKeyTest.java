package dev.espalier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyTest {

  @TempDir Path data;

  @Test
  void isGeneratedOnceAndReadableByItsOwnerAlone() throws IOException {
    ApiKey first = ApiKey.of(null, data);

    assertEquals(first, ApiKey.of(null, data));
    assertTrue(first.value().matches("esp_[A-Za-z0-9_-]{32}"));
    Path file = data.resolve("secrets/api-key");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void isTheConfiguredOneWhenThereIsOne() {
    ApiKey key = ApiKey.of("abc", data);

    assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", key.sha256());
    assertEquals("ApiKey", key.toString());
  }
}
