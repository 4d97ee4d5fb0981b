package dev.espalier.helm.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the chart rendered, and the secrets that it names.
 *
 * @param secrets the values by secret and key
 */
record Release(List<JsonNode> objects, Map<String, Map<String, String>> secrets) {

  JsonNode one(String kind, String name) {
    return of(kind)
        .filter(it -> it.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new RehearsalException("the chart made no " + kind + " " + name));
  }

  Stream<JsonNode> of(String kind) {
    return objects.stream().filter(it -> it.path("kind").asText().equals(kind));
  }

  /** The pod that a deployment, a job or a test makes. */
  JsonNode podOf(String kind, String name) {
    JsonNode object = one(kind, name);
    return kind.equals("Pod") ? object : object.at("/spec/template");
  }

  /** The variables of a container, with what the secrets hold. */
  Map<String, String> environment(JsonNode container) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (JsonNode variable : container.path("env")) {
      JsonNode secret = variable.at("/valueFrom/secretKeyRef");
      String value =
          secret.isMissingNode()
              ? variable.path("value").asText()
              : secret(secret.path("name").asText(), secret.path("key").asText());
      environment.put(variable.path("name").asText(), value);
    }
    return environment;
  }

  static List<String> command(JsonNode container) {
    List<String> command = new ArrayList<>();
    Stream.of("command", "args")
        .flatMap(part -> StreamSupport.stream(container.path(part).spliterator(), false))
        .forEach(word -> command.add(word.asText()));
    return command;
  }

  /** Writes the config map that the pod mounts, where it mounts one. */
  String config(JsonNode pod, Path folder) {
    for (JsonNode volume : pod.at("/spec/volumes")) {
      JsonNode name = volume.at("/configMap/name");
      if (!name.isMissingNode()) {
        Path config = folder.resolve("config");
        try {
          Files.createDirectories(config);
          for (Map.Entry<String, JsonNode> file :
              one("ConfigMap", name.asText()).path("data").properties()) {
            Files.write(config.resolve(file.getKey()), file.getValue().asText().getBytes(UTF_8));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return config.toString();
      }
    }
    return "";
  }

  private String secret(String name, String key) {
    String value = secrets.getOrDefault(name, Map.of()).get(key);
    if (value == null) {
      throw new RehearsalException("there is no secret " + name + " with " + key);
    }
    return value;
  }
}
