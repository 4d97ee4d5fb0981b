package dev.espalier.protocol;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to every operation of a service's description that it may answer with a problem. */
public class ProblemsInOpenApi implements OASFilter {

  private static final String SCHEMA = "Problem";

  @Override
  public Operation filterOperation(Operation operation) {
    operation.getResponses().removeAPIResponse("400");
    operation
        .getResponses()
        .addAPIResponse("4XX", problem("The request is at fault"))
        .addAPIResponse("5XX", problem("A service is at fault"));
    return operation;
  }

  @Override
  public void filterOpenAPI(OpenAPI openApi) {
    if (openApi.getComponents() == null) {
      openApi.setComponents(OASFactory.createComponents());
    }
    openApi.getComponents().addSchema(SCHEMA, schema());
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
        .addProperty("type", member(Schema.SchemaType.STRING))
        .addProperty("title", member(Schema.SchemaType.STRING))
        .addProperty("status", member(Schema.SchemaType.INTEGER))
        .addProperty("detail", member(Schema.SchemaType.STRING))
        .addProperty("code", member(Schema.SchemaType.STRING))
        .addProperty("retryable", member(Schema.SchemaType.BOOLEAN))
        .addProperty("request_id", member(Schema.SchemaType.STRING));
  }

  private static Schema member(Schema.SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }
}
