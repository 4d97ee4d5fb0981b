/** What every command of the terminal shares: options, refusals, the machine. */
@NullMarked
package dev.espalier.measuring.command;

import org.jspecify.annotations.NullMarked;
