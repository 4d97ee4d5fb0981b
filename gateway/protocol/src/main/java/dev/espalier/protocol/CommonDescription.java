package dev.espalier.protocol;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * What is the same in the descriptions of all services: every operation may answer with a problem,
 * and what is written while it is sent has no schema, since it has neither members nor a size.
 */
public class CommonDescription implements OASFilter {

  private static final String SCHEMA = "Problem";
  private static final String EVENTS = "text/event-stream";
  private static final String SSE = "#/components/schemas/Sse";
  private static final String STREAM = "#/components/schemas/StreamingOutput";

  /** What the scanner makes of the types of JAX-RS. */
  private static final List<String> FRAMEWORK =
      List.of("MediaType", "OutboundSseEvent", "Sse", "StreamingOutput");

  @Override
  public Operation filterOperation(Operation operation) {
    operation.getResponses().removeAPIResponse("400");
    operation
        .getResponses()
        .addAPIResponse("4XX", problem("The request is at fault"))
        .addAPIResponse("5XX", problem("A service is at fault"));
    if (isOfTheFramework(operation.getRequestBody())) {
      operation.setRequestBody(null);
    }
    return operation;
  }

  @Override
  public APIResponse filterAPIResponse(APIResponse response) {
    if (response.getContent() != null) {
      response
          .getContent()
          .getMediaTypes()
          .forEach(
              (type, media) -> {
                Schema schema = media.getSchema();
                if (type.equals(EVENTS) || schema != null && STREAM.equals(schema.getRef())) {
                  media.setSchema(null);
                }
              });
    }
    return response;
  }

  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    if (openApi.getComponents() == null) {
      openApi.setComponents(OASFactory.createComponents());
    }
    FRAMEWORK.forEach(openApi.getComponents()::removeSchema);
    openApi.getComponents().addSchema(SCHEMA, schema());
  }

  /** The scanner takes an {@code Sse} among the parameters for a body. */
  private static boolean isOfTheFramework(@Nullable RequestBody body) {
    return body != null
        && body.getContent() != null
        && body.getContent().getMediaTypes().values().stream()
            .anyMatch(media -> media.getSchema() != null && SSE.equals(media.getSchema().getRef()));
  }

  private static APIResponse problem(String description) {
    return OASFactory.createAPIResponse()
        .description(description)
        .content(
            OASFactory.createContent()
                .addMediaType(
                    Problem.MEDIA_TYPE,
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA))));
  }

  private static Schema schema() {
    return OASFactory.createSchema()
        .description("RFC 9457; some codes bring further members")
        .addType(Schema.SchemaType.OBJECT)
        .required(List.of("type", "title", "status", "code", "retryable", "request_id"))
        .addProperty("type", text(200))
        .addProperty("title", text(200))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.INTEGER)
                .format("int32")
                .minimum(BigDecimal.valueOf(400))
                .maximum(BigDecimal.valueOf(599)))
        .addProperty("detail", text(1_000))
        .addProperty("code", text(100))
        .addProperty("retryable", OASFactory.createSchema().addType(Schema.SchemaType.BOOLEAN))
        .addProperty("request_id", text(128))
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .maxItems(100)
                .items(
                    OASFactory.createSchema()
                        .addType(Schema.SchemaType.OBJECT)
                        .addProperty("field", text(200))
                        .addProperty("message", text(200))));
  }

  private static Schema text(int longest) {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING).maxLength(longest);
  }
}
