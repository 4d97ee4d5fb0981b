package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.core.llm.TokenUsage;
import dev.espalier.gateway.upstream.llm.AnswerStream;
import dev.espalier.gateway.upstream.llm.ModelCalls;
import dev.espalier.gateway.upstream.llm.WholeAnswer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Chats, whoever answers them, with the memory of their conversation where they have one. */
@Singleton
final class Chats {

  private final ModelCalls models;
  private final SearchModels searches;
  private final ChatMemory memory;

  @Inject
  Chats(ModelCalls models, SearchModels searches, ChatMemory memory) {
    this.models = models;
    this.searches = searches;
    this.memory = memory;
  }

  /** The whole answer, stored. */
  Future<WholeAnswer> whole(ChatTurn turn, Optional<MemoryWish> wish) {
    if (wish.isEmpty()) {
      return ask(turn);
    }
    return memory
        .recall(turn, wish.get())
        .compose(
            remembered ->
                ask(turn.with(remembered.body()))
                    .compose(
                        answer ->
                            remembered
                                .answered(text(answer.json(), "message"), false)
                                .map(
                                    isStored ->
                                        new WholeAnswer(
                                            answer.text(),
                                            answer.json(),
                                            answer.usage(),
                                            headers(remembered, answer.headers(), isStored)))));
  }

  /** The answer as it is written; stored when it has ended, before its reader hears of the end. */
  Future<AnswerStream> stream(ChatTurn turn, Optional<MemoryWish> wish) {
    if (wish.isEmpty()) {
      return open(turn);
    }
    return memory
        .recall(turn, wish.get())
        .compose(
            remembered ->
                open(turn.with(remembered.body()))
                    .map(answer -> new StoredStream(answer, remembered)));
  }

  private Future<WholeAnswer> ask(ChatTurn turn) {
    return isSearch(turn) ? searches.whole(turn) : models.whole(turn.toCall(Operation.CHAT));
  }

  private Future<AnswerStream> open(ChatTurn turn) {
    return isSearch(turn) ? searches.stream(turn) : models.stream(turn.toCall(Operation.CHAT));
  }

  private static boolean isSearch(ChatTurn turn) {
    return turn.model().startsWith(SearchModels.PREFIX);
  }

  private static Map<String, String> headers(
      Remembered remembered, Map<String, String> others, boolean isStored) {
    Map<String, String> headers = new LinkedHashMap<>(others);
    headers.putAll(remembered.headers());
    if (!isStored) {
      headers.put(ChatMemory.STATE_HEADER, "not-stored");
    }
    return headers;
  }

  /** What the first choice says; the others are alternatives that nobody took. */
  private static String text(JsonObject document, String member) {
    if (document.getValue("choices") instanceof JsonArray choices) {
      for (Object item : choices) {
        if (item instanceof JsonObject choice
            && Integer.valueOf(0).equals(choice.getValue("index", 0))
            && choice.getValue(member) instanceof JsonObject message) {
          return MessageText.of(message.getValue("content"));
        }
      }
    }
    return "";
  }

  /** Collects what goes by. */
  private static final class StoredStream implements AnswerStream {

    private final AnswerStream answer;
    private final Remembered remembered;
    private final StringBuilder content = new StringBuilder();

    StoredStream(AnswerStream answer, Remembered remembered) {
      this.answer = answer;
      this.remembered = remembered;
    }

    @Override
    public Map<String, String> headers() {
      return Chats.headers(remembered, answer.headers(), true);
    }

    @Override
    public Future<TokenUsage> read(Handler<Chunk> reader) {
      return answer
          .read(
              chunk -> {
                content.append(text(chunk.json(), "delta"));
                reader.handle(chunk);
              })
          .transform(
              end ->
                  remembered
                      .answered(content.toString(), end.failed())
                      .transform(
                          stored ->
                              end.succeeded()
                                  ? Future.succeededFuture(end.result())
                                  : Future.failedFuture(end.cause())));
    }

    @Override
    public void pause() {
      answer.pause();
    }

    @Override
    public void resume() {
      answer.resume();
    }
  }
}
