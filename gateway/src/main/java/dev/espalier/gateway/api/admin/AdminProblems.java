package dev.espalier.gateway.api.admin;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.util.Map;

/** What the operator's API refuses. */
final class AdminProblems {

  private AdminProblems() {}

  static ProblemException tenantNotFound(String id) {
    return refusal(404, "admin.tenant_not_found", "There is no such tenant", id);
  }

  static ProblemException tenantExists(String id) {
    return refusal(409, "admin.tenant_exists", "There is such a tenant already", id);
  }

  static ProblemException keyNotFound(String id) {
    return refusal(404, "admin.key_not_found", "There is no such key", id);
  }

  static ProblemException keyRevoked(String id) {
    return refusal(409, "admin.key_revoked", "The key is revoked, for ever", id);
  }

  static ProblemException budgetNotFound(String id) {
    return refusal(404, "admin.budget_not_found", "There is no such budget", id);
  }

  static ProblemException noDatabase() {
    return refusal(
        404,
        "admin.no_database",
        "This installation has configured keys only",
        "set quarkus.datasource.jdbc.url");
  }

  static ProblemException invalid(String detail) {
    return new ProblemException(Problem.of(ErrorCode.INVALID, detail));
  }

  private static ProblemException refusal(int status, String code, String title, String detail) {
    return new ProblemException(new Problem(status, code, title, detail, false, Map.of()));
  }
}
