/**
 * Chat memories that keep their history. The frameworks overwrite a list of messages each time;
 * here an overwrite becomes an append of what is new, and a note of which turns the list shows.
 */
@NullMarked
package dev.espalier.memory.client;

import org.jspecify.annotations.NullMarked;
