package dev.espalier.gateway;

import dev.espalier.testkit.PostgresResource;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedLlm;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * The services behind the gateway under test: {@code memory} is patient, {@code brittle} has a
 * breaker that opens at once, {@code narrow} lets one request wait, {@code wire} is a bare socket,
 * and nobody listens at {@code absent}. {@code model} is a language model.
 */
public final class ScriptedServices implements QuarkusTestResourceLifecycleManager {

  static final String KEY = "a key for tests";
  private static final String SHA256_OF_KEY =
      "aae24849842d7082b66f57ce8270bd04da2c39ffb97df22803c270983032c4e5";

  /** A key of another tenant. */
  static final String OTHER_KEY = "a key of others";

  private static final String SHA256_OF_OTHER_KEY =
      "489ef7238821cf09a0150381e111f241cbddc82ca910a4a3f0a6ada51e57db22";

  private final PostgresResource postgres = new PostgresResource();

  /** A key of our own services. */
  static final String SERVICE_KEY = "a key of services";

  private static final String SHA256_OF_SERVICE_KEY =
      "d475214c80c140dffc3a1ab49b5db74d83fbbf106e1aaf6d7759c0126a03b174";

  private static ScriptedServer memory;
  private static ScriptedServer reasoning;
  private static ScriptedServer kg;
  private static ScriptedServer brittle;
  private static ScriptedServer narrow;
  private static ServerSocket wire;
  private static ScriptedLlm model;
  private static ScriptedIssuer issuer;

  static ScriptedServer memory() {
    return memory;
  }

  static ScriptedServer reasoning() {
    return reasoning;
  }

  static ScriptedServer kg() {
    return kg;
  }

  static ScriptedServer brittle() {
    return brittle;
  }

  static ScriptedServer narrow() {
    return narrow;
  }

  static ScriptedLlm model() {
    return model;
  }

  static ScriptedIssuer issuer() {
    return issuer;
  }

  static ServerSocket wire() {
    return wire;
  }

  /** The request for this target, skipping what other tests left behind. */
  static ReceivedRequest await(ScriptedServer server, String target) throws InterruptedException {
    ReceivedRequest received;
    do {
      received = server.awaitRequest();
    } while (!received.target().equals(target));
    return received;
  }

  @Override
  public Map<String, String> start() {
    memory = ScriptedServer.start().otherwise(request -> Reply.json(200, "{}"));
    reasoning = ScriptedServer.start();
    kg = ScriptedServer.start();
    brittle = ScriptedServer.start();
    narrow = ScriptedServer.start();
    wire = loopback();
    postgres.init(Map.of("schema", "gateway", "vectors", "none"));
    Map<String, String> config = new HashMap<>(postgres.start());
    model = new ScriptedLlm();
    config.put("quarkus.http.http2", "true");
    config.put("espalier.gateway.keys.local.sha256", SHA256_OF_KEY);
    config.put("espalier.gateway.keys.local.tenant", "local");
    config.put("espalier.gateway.keys.other.sha256", SHA256_OF_OTHER_KEY);
    config.put("espalier.gateway.keys.other.tenant", "others");
    config.put("espalier.gateway.keys.service.sha256", SHA256_OF_SERVICE_KEY);
    config.put("espalier.gateway.keys.service.tenant", "services");
    config.put("espalier.gateway.keys.service.scopes", "internal");
    issuer = new ScriptedIssuer();
    config.put("espalier.gateway.jwt.issuer", ScriptedIssuer.NAME);
    config.put("espalier.gateway.jwt.audience", ScriptedIssuer.AUDIENCE);
    config.put("espalier.gateway.jwt.jwks-url", issuer.keys().toString());
    config.put("espalier.gateway.mem0.model", "steady-2");
    config.put("espalier.gateway.mcp.max-sessions", "20");
    config.put("espalier.gateway.max-body-size", "64K");
    config.put("espalier.gateway.open-api-max-age", "0S");
    service(config, "memory", memory.uri().toString(), "/v1/conversations");
    config.put("espalier.gateway.services.memory.breaker.requests", "10000");
    service(config, "reasoning", reasoning.uri().toString(), "/v1/searches");
    config.put("espalier.gateway.services.reasoning.breaker.requests", "10000");
    service(config, "kg", kg.uri().toString(), "/v1/kgs,/v1/models");
    config.put("espalier.gateway.services.kg.breaker.requests", "10000");
    service(config, "brittle", brittle.uri().toString(), "/v1/brittle");
    config.put("espalier.gateway.services.brittle.breaker.requests", "4");
    config.put("espalier.gateway.services.brittle.breaker.delay", "0.2S");
    config.put("espalier.gateway.services.brittle.timeout", "0.3S");
    service(config, "narrow", narrow.uri().toString(), "/v1/narrow");
    config.put("espalier.gateway.services.narrow.places", "1");
    config.put("espalier.gateway.services.narrow.max-waiting", "1");
    config.put("espalier.gateway.services.narrow.timeout", "0.5S");
    config.put("espalier.gateway.services.narrow.scope", "search");
    service(config, "wire", "http://127.0.0.1:" + wire.getLocalPort(), "/v1/wire");
    service(config, "absent", "http://127.0.0.1:" + closedPort(), "/v1/absent");
    config.put("espalier.gateway.services.absent.breaker.requests", "10000");
    config.put("espalier.gateway.memory.timeout", "8S");
    model(config, "steady", "steady-1,steady-2");
    return config;
  }

  @Override
  public void stop() {
    memory.close();
    reasoning.close();
    kg.close();
    brittle.close();
    narrow.close();
    model.close();
    issuer.close();
    close(wire);
    postgres.stop();
  }

  private static void service(Map<String, String> config, String name, String url, String path) {
    config.put("espalier.gateway.services." + name + ".url", url);
    config.put("espalier.gateway.services." + name + ".paths", path);
  }

  private static void model(Map<String, String> config, String name, String models) {
    String prefix = "espalier.gateway.llm.upstreams." + name + ".";
    config.put(prefix + "url", model.baseUri().toString());
    config.put(prefix + "api-key", "key-of-" + name);
    config.put(prefix + "models", models);
    config.put(prefix + "allow-private-addresses", "true");
    config.put(prefix + "breaker.requests", "10000");
    config.put(prefix + "max-attempts", "1");
  }

  private static int closedPort() {
    ServerSocket socket = loopback();
    close(socket);
    return socket.getLocalPort();
  }

  private static ServerSocket loopback() {
    try {
      return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
