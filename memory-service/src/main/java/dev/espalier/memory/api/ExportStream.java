package dev.espalier.memory.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.transfer.Export;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Writes conversations to a client, at the client's pace. */
@ApplicationScoped
class ExportStream {

  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(30);

  private final Export export;
  private final ObjectMapper json;
  private final Clock clock;

  ExportStream(Export export, ObjectMapper json, Clock clock) {
    this.export = export;
    this.json = json;
    this.clock = clock;
  }

  StreamingOutput of(String tenant, List<Conversation> conversations) {
    return out -> {
      NdjsonWriter writer = new NdjsonWriter(out, json);
      for (Conversation conversation : conversations) {
        export.write(
            () -> new Scope(tenant, clock.instant().plus(PAGE_TIMEOUT)), conversation, writer);
      }
    };
  }
}
