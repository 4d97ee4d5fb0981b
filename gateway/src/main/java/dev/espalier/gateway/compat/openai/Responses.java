package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.upstream.llm.AnswerStream;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The responses API, as far as it keeps nothing: a chat in other words. */
@Singleton
final class Responses {

  private final Chats chats;

  @Inject
  Responses(Chats chats) {
    this.chats = chats;
  }

  /**
   * @param request as it came; the turn has its translation
   */
  void answer(RoutingContext context, JsonObject request, ChatTurn turn) {
    Optional<MemoryWish> wish = MemoryWish.of(context.request().headers(), request);
    if (turn.isStream()) {
      chats.stream(turn, wish)
          .onSuccess(answer -> stream(context, request, turn, answer))
          .onFailure(context::fail);
      return;
    }
    ResponseDraft draft = draft(request, turn, event -> {});
    chats
        .whole(turn, wish)
        .onSuccess(
            answer -> {
              draft.add(answer.json());
              Answers.json(context, answer.headers(), draft.end(answer.usage()).toBuffer());
            })
        .onFailure(context::fail);
  }

  private static void stream(
      RoutingContext context, JsonObject request, ChatTurn turn, AnswerStream answer) {
    EventWriter events = new EventWriter(context, answer);
    ResponseDraft draft =
        draft(request, turn, event -> events.named(event.getString("type"), event.encode()));
    draft.begin();
    answer
        .read(chunk -> draft.add(chunk.json()))
        .onSuccess(draft::end)
        .onFailure(failure -> draft.fail(Answers.error(context, failure).getJsonObject("error")))
        .onComplete(end -> events.end());
  }

  private static ResponseDraft draft(
      JsonObject request, ChatTurn turn, Consumer<JsonObject> events) {
    return new ResponseDraft(request, turn.requestId(), Instant.now().getEpochSecond(), events);
  }
}
