package dev.espalier.gateway.api.admin;

import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.api.Dialect;
import dev.espalier.gateway.api.Envelope;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.ops.AccessRefresh;
import dev.espalier.gateway.ops.DatabaseSwitch;
import dev.espalier.gateway.ops.DatabaseThreads;
import dev.espalier.persistence.TransactionFailure;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** The operator's API at {@code /v1/admin}. */
@Singleton
final class AdminDialect implements Dialect {

  private static final String ROOT = "/v1/admin";
  private static final int MAX_BODY_BYTES = 65_536;

  private final TenantOperations tenants;
  private final KeyOperations keys;
  private final BudgetOperations budgets;
  private final UsageOperations usage;
  private final AccessRefresh refresh;
  private final DatabaseSwitch database;
  private final DatabaseThreads threads;
  private final BodyReader bodies = new BodyReader(MAX_BODY_BYTES);

  @Inject
  AdminDialect(
      TenantOperations tenants,
      KeyOperations keys,
      BudgetOperations budgets,
      UsageOperations usage,
      AccessRefresh refresh,
      DatabaseSwitch database,
      DatabaseThreads threads) {
    this.tenants = tenants;
    this.keys = keys;
    this.budgets = budgets;
    this.usage = usage;
    this.refresh = refresh;
    this.database = database;
    this.threads = threads;
  }

  @Override
  public String name() {
    return "admin";
  }

  @Override
  public boolean speaks(String method, String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/");
  }

  @Override
  public Scope scope(String method, String path) {
    return Scope.ADMIN;
  }

  @Override
  public Envelope envelope() {
    return Envelope.PROBLEM;
  }

  @Override
  public Optional<String> description() {
    return Optional.of("openapi/admin.json");
  }

  @Override
  public void open(Router router) {
    read(router, "/tenants", tenants::list);
    read(router, "/tenants/:id", tenants::get);
    write(router, HttpMethod.POST, "/tenants", tenants::create);
    write(router, HttpMethod.PATCH, "/tenants/:id", tenants::change);
    read(router, "/keys", keys::list);
    read(router, "/keys/:id", keys::get);
    write(router, HttpMethod.POST, "/keys", keys::create);
    write(router, HttpMethod.PATCH, "/keys/:id", keys::change);
    write(router, HttpMethod.POST, "/keys/:id/revoke", keys::revoke);
    write(router, HttpMethod.POST, "/keys/:id/rotate", keys::rotate);
    read(router, "/budgets", budgets::list);
    read(router, "/budgets/:id", budgets::get);
    write(router, HttpMethod.POST, "/budgets", budgets::create);
    write(router, HttpMethod.PATCH, "/budgets/:id", budgets::change);
    write(router, HttpMethod.DELETE, "/budgets/:id", budgets::delete);
    read(router, "/usage", usage::calls);
    read(router, "/usage/days", usage::days);
    router.route(ROOT + "/*").handler(AdminDialect::refuse);
  }

  private void read(Router router, String path, Operation operation) {
    router
        .get(ROOT + path)
        .handler(
            context -> {
              context.request().resume();
              run(context, operation);
            });
  }

  private void write(Router router, HttpMethod method, String path, Operation operation) {
    router
        .route(method, ROOT + path)
        .handler(
            context -> {
              requireJson(context);
              bodies.handle(context);
            })
        .handler(
            context ->
                run(
                    context,
                    it -> {
                      Operation.Answer answer = operation.run(it);
                      // So that this replica knows before its caller does.
                      refresh.now();
                      return answer;
                    }));
  }

  private void run(RoutingContext context, Operation operation) {
    if (!database.isOn()) {
      throw AdminProblems.noDatabase();
    }
    Context event = context.vertx().getOrCreateContext();
    try {
      Future.fromCompletionStage(
              CompletableFuture.supplyAsync(() -> operation.run(context), threads), event)
          .onSuccess(answer -> write(context, answer))
          .onFailure(failure -> context.fail(explained(failure)));
    } catch (RejectedExecutionException e) {
      throw new ProblemException(Problem.of(ErrorCode.OVERLOADED, null), e);
    }
  }

  private static void write(RoutingContext context, Operation.Answer answer) {
    context.response().setStatusCode(answer.status());
    // What is in it is nobody else's, and a key is in some.
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (answer.body() == null) {
      context.response().end();
      return;
    }
    Buffer body = answer.body().toBuffer();
    context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body);
  }

  private static Throwable explained(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && !(cause instanceof ProblemException || cause instanceof TransactionFailure)) {
      cause = cause.getCause();
    }
    if (cause instanceof TransactionFailure gone) {
      ErrorCode code =
          switch (gone.reason()) {
            case DATABASE_READ_ONLY -> ErrorCode.DATABASE_READ_ONLY;
            case DATABASE_UNAVAILABLE -> ErrorCode.DATABASE_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> ErrorCode.DEADLINE_EXCEEDED;
          };
      return new ProblemException(Problem.of(code, gone.getMessage()), gone);
    }
    return cause;
  }

  private static void requireJson(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    boolean isJson =
        type == null || type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    if (!isJson) {
      throw new ProblemException(Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, null));
    }
  }

  /** An address of ours that is none, or that has no such method. */
  private static void refuse(RoutingContext context) {
    throw new ProblemException(
        Problem.of(
            context.normalizedPath().matches(ROOT + "/(tenants|keys|budgets|usage)(/[^/]+)?")
                ? ErrorCode.METHOD_NOT_ALLOWED
                : ErrorCode.NOT_FOUND,
            null));
  }
}
