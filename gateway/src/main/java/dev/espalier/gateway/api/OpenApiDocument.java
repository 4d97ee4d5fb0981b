package dev.espalier.gateway.api;

import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.config.ParsedConfig;
import dev.espalier.gateway.core.OpenApiMerge;
import dev.espalier.gateway.upstream.Upstream;
import dev.espalier.gateway.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The API of all services and of the gateway's own dialects in one document; the services' parts
 * are fetched from them and kept for a short while.
 */
@Singleton
final class OpenApiDocument implements Handler<RoutingContext> {

  private static final Logger LOG = Logger.getLogger(OpenApiDocument.class);
  private static final String SOURCE = "/q/openapi?format=json";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private record Edition(Future<Buffer> text, long bornNanos) {}

  private static final String COMMON = "openapi/gateway.json";

  private final Upstreams upstreams;
  private final GatewayConfig config;
  private final JsonObject common = described(COMMON);
  private final Map<String, JsonObject> own = new TreeMap<>();
  private final String version;
  private volatile @Nullable Edition latest;

  @Inject
  OpenApiDocument(
      Upstreams upstreams,
      GatewayConfig config,
      @Any Instance<Dialect> dialects,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.upstreams = upstreams;
    this.config = config;
    this.version = version;
    dialects.forEach(
        dialect ->
            dialect
                .description()
                .ifPresent(resource -> own.put(dialect.name(), described(resource))));
  }

  @Override
  public void handle(RoutingContext context) {
    context.request().resume();
    current()
        .onSuccess(
            text ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(text))
        .onFailure(context::fail);
  }

  private static JsonObject described(String resource) {
    try (InputStream stream =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
      return new JsonObject(Buffer.buffer(Objects.requireNonNull(stream, resource).readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private Future<Buffer> current() {
    Edition edition = latest;
    if (edition == null
        || System.nanoTime() - edition.bornNanos > config.openApiMaxAge().toNanos()) {
      edition = new Edition(fetch(), System.nanoTime());
      latest = edition;
    }
    return edition.text;
  }

  private Future<Buffer> fetch() {
    Map<String, Future<JsonObject>> documents = new LinkedHashMap<>();
    for (Upstream upstream : upstreams.all()) {
      documents.put(upstream.name(), upstream.fetch(SOURCE, PATIENCE).map(Buffer::toJsonObject));
    }
    return Future.join(documents.values().stream().toList())
        .otherwiseEmpty()
        .map(done -> merge(documents));
  }

  private Buffer merge(Map<String, Future<JsonObject>> documents) {
    OpenApiMerge merge =
        new OpenApiMerge(config.maxHeaderSize().asLongValue(), config.maxUriSize().asLongValue());
    merge.add("gateway", common.getMap(), config.maxBodySize().asLongValue());
    documents.forEach(
        (service, document) -> {
          if (document.succeeded() && document.result().containsKey("openapi")) {
            merge.add(
                service, document.result().getMap(), ParsedConfig.maxBodyBytes(config, service));
          } else {
            LOG.warnf("no API description from %s", service);
            merge.addMissing(service);
          }
        });
    own.forEach(
        (dialect, document) ->
            merge.add(dialect, document.getMap(), config.maxBodySize().asLongValue()));
    return new JsonObject(merge.document("Espalier", version)).toBuffer();
  }
}
