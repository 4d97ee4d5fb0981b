package dev.espalier.gateway.compat.mcp;

import dev.espalier.protocol.Problem;
import java.util.Collection;
import java.util.Map;

/** The problems that only this dialect has. */
final class McpProblems {

  private McpProblems() {}

  static Problem hostRefused() {
    return refusal(403, "mcp.host_refused", "The gateway does not go by this name");
  }

  static Problem originRefused() {
    return refusal(403, "mcp.origin_refused", "Pages from this origin may not call");
  }

  static Problem sessionNotFound() {
    return refusal(404, "mcp.session_not_found", "There is no such session; initialize again");
  }

  static Problem tooManySessions(int most) {
    return new Problem(
            429,
            "mcp.too_many_sessions",
            "The tenant has as many sessions as it may; end one, or wait until one has been idle",
            null,
            true,
            Map.of())
        .with("most", most);
  }

  static Problem versionUnsupported(Collection<String> supported) {
    return refusal(400, "mcp.version_unsupported", "This version of the protocol is not spoken")
        .with("supported", supported);
  }

  static Problem headerMismatch(String header) {
    return refusal(400, "mcp.header_mismatch", "A header and the message contradict each other")
        .with("header", header);
  }

  static Problem graphNotFound(Collection<String> names) {
    return refusal(404, "mcp.graph_not_found", "There is no graph of this name")
        .with("graphs", names);
  }

  static Problem searchFailed(String code) {
    return new Problem(502, code, "The search failed", null, true, Map.of());
  }

  private static Problem refusal(int status, String code, String title) {
    return new Problem(status, code, title, null, false, Map.of());
  }
}
