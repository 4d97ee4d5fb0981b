package dev.espalier.gateway;

import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import java.net.URI;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An issuer of tokens: it publishes its key, and signs what a test wants signed. */
final class ScriptedIssuer implements AutoCloseable {

  static final String NAME = "https://issuer.example";
  static final String AUDIENCE = "espalier";

  private static final String KEY_ID = "k";

  private final ScriptedServer server = ScriptedServer.start();
  private final PublicJsonWebKey own = key();
  private final PublicJsonWebKey strange = key();

  ScriptedIssuer() {
    String keys = new JsonWebKeySet(own).toJson();
    server.otherwise(request -> Reply.json(200, keys));
  }

  URI keys() {
    return server.uri().resolve("/keys");
  }

  /** A token for the tenant, good for five minutes but for the change. */
  String token(String tenant, Consumer<JwtClaims> change) throws JoseException {
    return signed(own, tenant, change);
  }

  /** The same, signed by somebody else under the same id of a key. */
  String forged(String tenant) throws JoseException {
    return signed(strange, tenant, claims -> {});
  }

  @Override
  public void close() {
    server.close();
  }

  private static String signed(PublicJsonWebKey key, String tenant, Consumer<JwtClaims> change)
      throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setSubject("user-1");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setClaim("tenant", tenant);
    claims.setClaim("scope", "openid memory");
    change.accept(claims);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue("RS256");
    signature.setKeyIdHeaderValue(KEY_ID);
    signature.setKey(key.getPrivateKey());
    signature.setPayload(claims.toJson());
    return signature.getCompactSerialization();
  }

  private static PublicJsonWebKey key() {
    try {
      PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(KEY_ID);
      return key;
    } catch (JoseException e) {
      throw new AssertionError("every Java makes RSA keys", e);
    }
  }
}
