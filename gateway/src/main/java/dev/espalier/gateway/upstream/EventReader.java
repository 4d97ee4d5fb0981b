package dev.espalier.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the server-sent events of a service, one at a time. */
public final class EventReader {

  private static final int MAX_LINE_BYTES = 4 << 20;

  /**
   * An event.
   *
   * @param id with which the stream can be taken up again after it; null where it has none
   * @param name the type, {@code message} where it has none
   */
  public record Event(@Nullable String id, String name, String data) {}

  private final Consumer<Event> consumer;
  private final StringBuilder data = new StringBuilder();
  private @Nullable String id;
  private @Nullable String name;

  private EventReader(Consumer<Event> consumer) {
    this.consumer = consumer;
  }

  /**
   * Reads a paused response. Succeeds at its end; fails where it breaks off or a line is too long.
   */
  public static Future<Void> read(HttpClientResponse response, Consumer<Event> consumer) {
    Promise<Void> end = Promise.promise();
    EventReader reader = new EventReader(consumer);
    RecordParser lines = RecordParser.newDelimited("\n", response).maxRecordSize(MAX_LINE_BYTES);
    lines.exceptionHandler(
        broken -> {
          end.tryFail(broken);
          response.request().reset();
        });
    lines.endHandler(over -> end.tryComplete());
    lines.handler(reader::line);
    response.resume();
    return end.future();
  }

  private void line(Buffer bytes) {
    String line = bytes.toString();
    if (line.endsWith("\r")) {
      line = line.substring(0, line.length() - 1);
    }
    if (line.isEmpty()) {
      dispatch();
      return;
    }
    int colon = line.indexOf(':');
    if (colon == 0) {
      return;
    }
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "id" -> id = value;
      case "event" -> name = value;
      case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
      default -> {}
    }
  }

  private void dispatch() {
    if (!data.isEmpty()) {
      consumer.accept(new Event(id, name == null ? "message" : name, data.toString()));
    }
    data.setLength(0);
    name = null;
  }
}
