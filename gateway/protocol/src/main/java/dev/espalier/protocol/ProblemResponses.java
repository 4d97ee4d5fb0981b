package dev.espalier.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Writes problems as HTTP answers, and says which problem an exception of the framework is. */
final class ProblemResponses {

  private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

  private static final int MAX_ERRORS = 100;
  private static final int MAX_TEXT = 200;

  private ProblemResponses() {}

  static Response respond(Problem problem, Throwable failure, ContainerRequestContext request) {
    String requestId = requestId(request);
    if (problem.status() >= 500) {
      LOG.errorf(failure, "request %s failed: %s", requestId, problem.code());
    }
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.body(requestId));
    if (problem.status() == 503) {
      response.header(HttpHeaders.RETRY_AFTER, Problem.RETRY_AFTER_SECONDS);
    }
    return response.build();
  }

  /** The filter's, or the header's for a request that found no endpoint and so met no filter. */
  private static String requestId(ContainerRequestContext request) {
    if (request.getProperty(RequestContextFilter.REQUEST_ID) instanceof String id) {
      return id;
    }
    String sent = request.getHeaderString(RequestContext.REQUEST_ID_HEADER);
    return RequestContext.isRequestId(sent) ? sent : UUID.randomUUID().toString();
  }

  static Problem problemOf(Throwable failure) {
    if (failure instanceof ProblemException e) {
      return e.problem();
    }
    if (failure instanceof ConstraintViolationException e) {
      return invalid(e);
    }
    if (failure instanceof JsonProcessingException e) {
      return json(e);
    }
    if (failure instanceof WebApplicationException e) {
      return e.getCause() instanceof JsonProcessingException cause ? json(cause) : webProblem(e);
    }
    return Problem.of(ErrorCode.INTERNAL, null);
  }

  private static Problem invalid(ConstraintViolationException e) {
    List<Map<String, String>> errors =
        e.getConstraintViolations().stream()
            .map(v -> error(field(v), v.getMessage()))
            .sorted((a, b) -> a.toString().compareTo(b.toString()))
            .limit(MAX_ERRORS)
            .toList();
    return Problem.of(ErrorCode.INVALID, "see errors").with("errors", errors);
  }

  /** A field's name may be the client's, and then as long as it likes. */
  private static Map<String, String> error(String field, String message) {
    return Map.of("field", Problem.cut(field, MAX_TEXT), "message", Problem.cut(message, MAX_TEXT));
  }

  /** The path inside the body, without the method and parameter it was bound to. */
  private static String field(ConstraintViolation<?> violation) {
    String path =
        StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
            .skip(2)
            .map(Path.Node::toString)
            .collect(Collectors.joining("."));
    return snakeCase(path.isEmpty() ? lastNode(violation.getPropertyPath()) : path);
  }

  private static String lastNode(Path path) {
    String last = "";
    for (Path.Node node : path) {
      last = node.toString();
    }
    return last;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** Not JSON, or too deep: 400. JSON of another shape than ours: 422, with the field's path. */
  private static Problem json(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping
        && (e.getCause() instanceof InputCoercionException
            || !(e.getCause() instanceof StreamReadException))
        && !(e.getCause() instanceof StreamConstraintsException)) {
      String field =
          mapping.getPath().stream()
              .map(r -> r.getFieldName() != null ? r.getFieldName() : "[" + r.getIndex() + "]")
              .collect(Collectors.joining("."))
              .replace(".[", "[");
      return Problem.of(ErrorCode.INVALID, "see errors")
          .with("errors", List.of(error(field, "is unknown here or of another type")));
    }
    return Problem.of(ErrorCode.MALFORMED_BODY, "the body is not JSON that we can read");
  }

  private static Problem webProblem(WebApplicationException e) {
    return switch (e.getResponse().getStatus()) {
      // JAX-RS calls a parameter of another type "not found".
      case 404 ->
          e.getCause() instanceof NumberFormatException
              ? Problem.of(ErrorCode.INVALID, "a parameter is no number, or too large")
              : Problem.of(ErrorCode.NOT_FOUND, null);
      case 405 -> Problem.of(ErrorCode.METHOD_NOT_ALLOWED, null);
      case 406 -> Problem.of(ErrorCode.NOT_ACCEPTABLE, null);
      case 413 -> Problem.of(ErrorCode.BODY_TOO_LARGE, null);
      case 415 -> Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, null);
      case 503 -> Problem.of(ErrorCode.UNAVAILABLE, null);
      case 400, 422 -> Problem.of(ErrorCode.MALFORMED_BODY, null);
      default -> Problem.of(ErrorCode.INTERNAL, null);
    };
  }
}
