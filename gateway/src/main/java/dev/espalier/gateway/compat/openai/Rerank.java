package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.core.llm.Tokens;
import dev.espalier.gateway.core.rank.Cascade;
import dev.espalier.gateway.embed.LocalEncoder;
import dev.espalier.gateway.upstream.llm.ModelCalls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents in the order of their relevance, in the form that Cohere and Jina share. */
@Singleton
final class Rerank {

  /** What is here without an upstream: no cross-encoder, and its answers say so. */
  static final String MODEL = "bm25-e5-small-v2";

  private static final int MAX_DOCUMENTS = 1000;

  private static final Members MEMBERS =
      new Members()
          .text("query")
          .list("documents")
          .whole("top_n", 1, Integer.MAX_VALUE)
          .flag("return_documents");

  private final ModelCalls models;
  private final Embeddings embeddings;

  @Inject
  Rerank(ModelCalls models, Embeddings embeddings) {
    this.models = models;
    this.embeddings = embeddings;
  }

  void answer(RoutingContext context, ChatTurn turn) {
    JsonObject body = turn.body();
    ChatRequest.checkModel(body);
    MEMBERS.check(body);
    String query = body.getString("query");
    if (query == null || query.isBlank()) {
      throw Members.invalid("query", "query must be a text");
    }
    List<String> documents = documents(body.getJsonArray("documents"));
    if (!turn.model().equals(MODEL)) {
      models
          .whole(turn.toCall(Operation.RERANK))
          .onSuccess(answer -> Answers.whole(context, answer))
          .onFailure(context::fail);
      return;
    }
    Cascade cascade = new Cascade(query, documents);
    List<String> texts = new ArrayList<>();
    texts.add(LocalEncoder.QUERY + query);
    cascade.candidates().forEach(i -> texts.add(LocalEncoder.PASSAGE + documents.get(i)));
    long tokens = texts.stream().mapToLong(text -> Tokens.likely(Tokens.bytes(text))).sum();
    embeddings
        .encode(turn, Operation.RERANK, texts, tokens)
        .onSuccess(
            encoded -> {
              List<float[]> vectors = encoded.vectors();
              List<Cascade.Ranked> ranked =
                  cascade.rank(vectors.get(0), vectors.subList(1, vectors.size()));
              Answers.json(context, encoded.headers(), answer(body, ranked, tokens).toBuffer());
            })
        .onFailure(context::fail);
  }

  private static JsonObject answer(JsonObject body, List<Cascade.Ranked> ranked, long tokens) {
    Integer topN = body.getInteger("top_n");
    JsonArray asked = body.getJsonArray("documents");
    boolean showsDocuments = Boolean.TRUE.equals(body.getBoolean("return_documents"));
    JsonArray results = new JsonArray();
    for (Cascade.Ranked one :
        ranked.subList(0, Math.min(ranked.size(), topN == null ? ranked.size() : topN))) {
      JsonObject result =
          new JsonObject().put("index", one.index()).put("relevance_score", one.score());
      if (showsDocuments) {
        Object document = asked.getValue(one.index());
        result.put(
            "document",
            document instanceof String text ? new JsonObject().put("text", text) : document);
      }
      results.add(result);
    }
    return new JsonObject()
        .put("model", MODEL)
        .put("results", results)
        .put("usage", new JsonObject().put("prompt_tokens", tokens).put("total_tokens", tokens))
        .put(
            "meta",
            new JsonObject()
                .put(
                    "method",
                    "BM25 over these documents, then cosine of e5-small-v2; no cross-encoder")
                .put("documents", ranked.size())
                .put("embedded", Math.min(ranked.size(), Cascade.EMBEDDED)));
  }

  private static List<String> documents(@Nullable JsonArray documents) {
    if (documents == null || documents.isEmpty() || documents.size() > MAX_DOCUMENTS) {
      throw Members.invalid(
          "documents", "documents must be a list of 1 to " + MAX_DOCUMENTS + " texts");
    }
    List<String> texts = new ArrayList<>();
    for (Object document : documents) {
      Object text = document instanceof JsonObject object ? object.getValue("text") : document;
      if (!(text instanceof String string)) {
        throw Members.invalid("documents", "a document must be a text, or an object with one");
      }
      texts.add(string);
    }
    return texts;
  }
}
