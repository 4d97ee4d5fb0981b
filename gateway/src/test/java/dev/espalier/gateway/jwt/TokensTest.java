package dev.espalier.gateway.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.access.Admittance;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  private static final Tokens.Expectation EXPECTATION =
      new Tokens.Expectation("https://issuer.example", "espalier", "tenant", "scope");

  private static PublicJsonWebKey rsa;
  private static PublicJsonWebKey ec;

  private final Tokens tokens = new Tokens(EXPECTATION, () -> List.of(rsa, ec));

  @BeforeAll
  static void makeKeys() throws Exception {
    rsa = RsaJwkGenerator.generateJwk(2048);
    rsa.setKeyId("r");
    ec = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    ec.setKeyId("e");
  }

  @BeforeEach
  void read() {
    tokens.refresh();
  }

  @Test
  void letsATokenInWithItsTenantAndScopes() throws Exception {
    for (String signed : List.of(token(rsa, "RS256", it -> {}), token(ec, "ES256", it -> {}))) {
      assertTrue(Tokens.isToken(signed));
      Admittance.Admitted admitted = assertInstanceOf(Admittance.Admitted.class, tokens.of(signed));
      assertEquals(
          new Caller("token:user-1", "acme", Set.of(Scope.MEMORY, Scope.MODELS)),
          admitted.caller());
    }
  }

  @Test
  void readsScopesFromAListAndNeverGrantsInternal() throws Exception {
    Admittance.Admitted admitted =
        assertInstanceOf(
            Admittance.Admitted.class,
            tokens.of(
                token(
                    rsa,
                    "RS256",
                    it -> it.setStringListClaim("scope", List.of("graphs", "internal", "x")))));

    assertEquals(Set.of(Scope.GRAPHS), admitted.caller().scopes());
  }

  @Test
  void refusesEveryOtherToken() throws Exception {
    refused(token(rsa, "RS256", it -> it.setIssuer("https://other.example")));
    refused(token(rsa, "RS256", it -> it.setAudience("another")));
    refused(token(rsa, "RS256", it -> it.unsetClaim("aud")));
    refused(token(rsa, "RS256", it -> it.unsetClaim("exp")));
    refused(token(rsa, "RS256", it -> it.setExpirationTimeMinutesInTheFuture(-1)));
    refused(token(rsa, "RS256", it -> it.setNotBeforeMinutesInThePast(-2)));
    refused(token(rsa, "RS256", it -> it.unsetClaim("sub")));
    refused(token(rsa, "RS256", it -> it.setSubject("a\nb")));
    refused(token(rsa, "RS256", it -> it.unsetClaim("tenant")));
    refused(token(rsa, "RS256", it -> it.setClaim("tenant", "../acme")));
    refused(token(rsa, "RS256", it -> it.setClaim("tenant", List.of("acme"))));
    refused(token(rsa, "RS512", it -> {}));
    refused("e30.e30.");
    PublicJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
    stranger.setKeyId("r");
    refused(token(stranger, "RS256", it -> {}));
    String sound = token(rsa, "RS256", it -> {});
    refused(sound.substring(0, sound.length() - 4) + "AAAA");
  }

  @Test
  void refusesATokenThatIsSignedWithThePublicKeyAsASecretOrNotAtAll() throws Exception {
    byte[] known = rsa.getPublicKey().getEncoded();
    refused(signed(new HmacKey(known), "HS256", "r", claims()));
    JsonWebSignature none = new JsonWebSignature();
    none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    none.setAlgorithmHeaderValue("none");
    none.setPayload(claims().toJson());
    refused(none.getCompactSerialization());
  }

  @Test
  void decidesNothingBeforeTheKeysWereRead() throws Exception {
    Tokens early = new Tokens(EXPECTATION, () -> List.of(rsa));

    assertInstanceOf(Admittance.Undecided.class, early.of(token(rsa, "RS256", it -> {})));
  }

  @Test
  void readsKeysFromAnAddressAndKeepsThemWhenItFails() throws Exception {
    try (ScriptedServer issuer = ScriptedServer.start()) {
      issuer.reply(Reply.json(200, new JsonWebKeySet(rsa).toJson()), Reply.status(500));
      Tokens remote = new Tokens(EXPECTATION, TokenKeys.ofUrl(URI.create(issuer.uri() + "/keys")));

      remote.refresh();
      assertInstanceOf(Admittance.Admitted.class, remote.of(token(rsa, "RS256", it -> {})));
      remote.refresh();
      assertInstanceOf(Admittance.Admitted.class, remote.of(token(rsa, "RS256", it -> {})));
    }
  }

  @Test
  void readsAKeyFromAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("key.pem");
    String encoded =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(ec.getPublicKey().getEncoded());
    Files.writeString(
        file, "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
    Tokens local = new Tokens(EXPECTATION, TokenKeys.ofFile(file));
    local.refresh();

    assertInstanceOf(Admittance.Admitted.class, local.of(token(ec, "ES256", it -> {})));
  }

  private void refused(String token) {
    assertInstanceOf(Admittance.Refused.class, tokens.of(token), token);
  }

  private static String token(PublicJsonWebKey key, String algorithm, Consumer<JwtClaims> change)
      throws Exception {
    JwtClaims claims = claims();
    change.accept(claims);
    return signed(key.getPrivateKey(), algorithm, key.getKeyId(), claims);
  }

  private static String signed(Key key, String algorithm, String keyId, JwtClaims claims)
      throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKeyIdHeaderValue(keyId);
    signature.setKey(key);
    signature.setPayload(claims.toJson());
    return signature.getCompactSerialization();
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("https://issuer.example");
    claims.setAudience("espalier");
    claims.setSubject("user-1");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setIssuedAtToNow();
    claims.setClaim("tenant", "acme");
    claims.setClaim("scope", "openid memory models");
    return claims;
  }
}
