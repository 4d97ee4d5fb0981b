package dev.espalier.gateway.compat.mcp;

import java.util.List;

/** Tools that belong together. */
interface Toolbox {

  List<Tool> tools();
}
