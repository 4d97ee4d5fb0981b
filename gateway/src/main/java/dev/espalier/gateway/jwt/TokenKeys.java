package dev.espalier.gateway.jwt;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Where the public keys of an issuer come from. Reading them blocks. */
@FunctionalInterface
interface TokenKeys {

  Duration PATIENCE = Duration.ofSeconds(5);
  int MAX_CHARACTERS = 1 << 20;

  /**
   * @throws IOException if they cannot be had now
   */
  List<JsonWebKey> read() throws IOException;

  /** One key in a PEM file, read once. */
  static TokenKeys ofFile(Path file) {
    try {
      String pem = Files.readString(file);
      byte[] encoded =
          Base64.getMimeDecoder()
              .decode(pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").strip());
      List<JsonWebKey> keys = List.of(PublicJsonWebKey.Factory.newPublicJwk(publicKey(encoded)));
      return () -> keys;
    } catch (IOException | JoseException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("public-key-file: is no PEM of an RSA or EC key", e);
    }
  }

  /** The issuer's JWKS document, read whenever it is asked for. */
  static TokenKeys ofUrl(URI url) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
    return () -> {
      try {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200 || response.body().length() > MAX_CHARACTERS) {
          throw new IOException("the issuer's keys were answered with " + response.statusCode());
        }
        return new JsonWebKeySet(response.body()).getJsonWebKeys();
      } catch (JoseException e) {
        throw new IOException("the issuer's keys are none", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    };
  }

  private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    }
  }
}
