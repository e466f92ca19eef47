package dev.recount.command.issue;

import dev.recount.events.Label;
import java.util.Collection;
import java.util.Map;

/**
 * Finds labels by name. Implementations may cache a label permanently, because labels never change and are never
 * removed.
 */
public interface LabelDirectory {

    /** The existing labels with these names. */
    Map<String, Label> find(Collection<String> names);
}
